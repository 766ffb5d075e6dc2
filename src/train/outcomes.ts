import type { Solution } from "../solvers/index.ts";
import type { Outcome } from "./events.ts";

/** The outcome of a solver's search as that of a run: at its limit of iterations, a search has completed. */
export const outcomeOf = ({ outcome, iterations: step, reason }: Solution): Outcome => ({
  kind: outcome === "maximum iterations" ? "completed" : outcome,
  step,
  reason,
});

/** The outcome of a run that the signal ended between two steps. */
export const interruptedAt = (step: number): Outcome => ({
  kind: "interrupted",
  step,
  reason: "the run was interrupted",
});

/** The outcome of a run that was interrupted while its test loss was measured. */
export const cutOffAt = (step: number): Outcome => ({
  kind: "interrupted",
  step,
  reason: "the run was interrupted before its test loss was measured",
});
