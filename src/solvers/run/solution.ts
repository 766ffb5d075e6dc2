import type { Ending } from "./ending.ts";
import type { Evaluations } from "./evaluator.ts";
import type { SearchState } from "./state.ts";

/** Where a search ended. */
export interface Solution extends Ending {
  readonly x: Float64Array;
  readonly value: number;
  /** max |∂f/∂xᵢ| at x. */
  readonly gradientNorm: number;
  /** Steps taken. */
  readonly iterations: number;
  readonly evaluations: Readonly<Evaluations>;
  /** The points, the start first, where they were asked for. */
  readonly path?: SearchPath;
  /** The whole search: with it `solve` goes on from here, where a limit or a signal ended it. */
  readonly state: SearchState;
}

/** Each point and its value, the start first. */
export interface SearchPath {
  /** (steps taken + 1) × n, row by row. */
  readonly points: Float64Array;
  /** One for each point. */
  readonly values: Float64Array;
}
