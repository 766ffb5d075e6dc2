import type { Capability } from "../objective/objective.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Ending } from "./solution.ts";
import type { Solving } from "./solving.ts";

/** A method of minimisation with its settings. It keeps nothing itself: each run has memory of its own. */
export interface Solver {
  readonly name: string;
  /** What it asks of objectives beyond values and gradients: one of these; nothing where the list is empty. */
  readonly needsOneOf: readonly Capability[];
  /** Where a search stops if nothing is said: max |∂f/∂xᵢ|, as `tolerance` of `solve` says. 0: where float64 ends. */
  readonly tolerance: number;
  /** It ends wherever there is no slope, at saddles and maxima too, as its formula has it; no second look is taken. */
  readonly unguarded?: boolean;
  /**
   * What it does where a second look finds a lower point than the one at which it ends: goes on from there as before, or in coordinates
   * in which the curvature is 1 all around, where its directions depend on units. Without it, it ends there, as stalled; but not at saddles.
   */
  readonly resumes?: "as before" | "rescaled";
  /** Yields each point it reaches, the start first, and says how it ended where it cannot go on. */
  run(f: Evaluator, start: Float64Array): Solving<Ending>;
}

/** Where a search stops if neither the caller nor the method says. */
export const TOLERANCE = 1e-10;

/** Two solvers in one: which runs is decided by what the objective gives. */
export const either = (
  needsOneOf: readonly Capability[],
  chooses: (f: Evaluator) => Omit<Solver, "name">,
  { tolerance = TOLERANCE, resumes = "as before" }: Partial<Pick<Solver, "tolerance" | "resumes">> = {},
): Omit<Solver, "name"> => ({ needsOneOf, tolerance, resumes, run: (f, start) => chooses(f).run(f, start) });
