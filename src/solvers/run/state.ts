import type { SolverState } from "../solver.ts";
import type { Coordinates } from "./coordinates.ts";
import type { Counts } from "./evaluator.ts";
import type { Iteration } from "./point.ts";

/**
 * The whole state of a search: numbers, strings and vectors, which `structuredClone` copies and `writeSearch` writes. The next step changes
 * it in place; copy it to keep it.
 */
export interface SearchState {
  /** The solver's name. */
  readonly solver: string;
  /** Where the search began. */
  readonly start: Float64Array;
  /** How often the objective was evaluated. */
  readonly counts: Counts;
  /** The current point. */
  here: Iteration;
  /** |f| at the start. */
  size: number;
  /** Whether the check for an end has been made at this point, and said that the search goes on. */
  looked: boolean;
  /** A factor on the tolerance, at most 1; second looks lower it. */
  tighter: number;
  /** How often the search resumed from a lower point after its solver would have ended. */
  resumed: number;
  /** The value when `resumed` was last checked. */
  mark: number;
  /** The coordinates in which the solver works; null for the objective's own. */
  coordinates: Coordinates | null;
  /** The point to continue from, if not the current one. */
  lower: { readonly x: Float64Array; readonly coordinates: Coordinates | null } | null;
  /** The solver's own state between two steps. */
  steps: SolverState;
}
