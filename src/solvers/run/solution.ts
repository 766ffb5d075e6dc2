import type { Ending } from "./ending.ts";
import type { Evaluations } from "./evaluator.ts";
import type { SearchState } from "./state.ts";

/** The result of a search. */
export interface Solution extends Ending {
  /** The point at which the search ended. */
  readonly x: Float64Array;
  /** f(x). */
  readonly value: number;
  /** max |∂f/∂xᵢ| at x. */
  readonly gradientNorm: number;
  /** Steps taken. */
  readonly iterations: number;
  /** How often the objective was evaluated. */
  readonly evaluations: Readonly<Evaluations>;
  /** All points, beginning with the start, if the option `path` asked for them. */
  readonly path?: SearchPath;
  /** The whole search: pass it to `solve` to continue after a limit or a signal ended it. */
  readonly state: SearchState;
}

/** Each point and its value, beginning with the start. */
export interface SearchPath {
  /** (steps taken + 1) × n, row by row. */
  readonly points: Float64Array;
  /** One for each point. */
  readonly values: Float64Array;
}
