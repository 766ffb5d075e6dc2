import type { SolverState } from "../solver.ts";
import type { Coordinates } from "./coordinates.ts";
import type { Counts } from "./evaluator.ts";
import type { Iteration } from "./point.ts";

/**
 * Everything that a search is at a moment: numbers, words and vectors, which `structuredClone` copies and `writeSearch` writes. The next
 * step changes it in place: copy what is to be kept.
 */
export interface SearchState {
  /** The solver's name. */
  readonly solver: string;
  /** Where the search began. */
  readonly start: Float64Array;
  readonly counts: Counts;
  /** Where it stands. */
  here: Iteration;
  /** |f| at the start. */
  size: number;
  /** Whether it was asked whether the search may end here, and may not. */
  looked: boolean;
  /** The part of the tolerance that is kept to. */
  tighter: number;
  /** So often it went on from a lower point than its solver would have ended at, and how low it was when last counted. */
  resumed: number;
  mark: number;
  /** The coordinates of the solver's steps, where they are not the objective's own. */
  coordinates: Coordinates | null;
  /** Where to go on from, where that is not where it stands. */
  lower: { readonly x: Float64Array; readonly coordinates: Coordinates | null } | null;
  /** What the solver keeps between two steps. */
  steps: SolverState;
}
