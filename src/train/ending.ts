import type { Solution } from "../solvers/index.ts";
import type { Outcome } from "./events.ts";

/** A search's end in the words for all runs: one that was ended by its limit has taken all its steps. */
export const outcomeOf = ({ outcome, iterations: step, reason }: Solution): Outcome => ({
  kind: outcome === "maximum iterations" ? "completed" : outcome,
  step,
  reason,
});

/** The end of a run that the signal ended between two steps. */
export const interruptedAt = (step: number): Outcome => ({
  kind: "interrupted",
  step,
  reason: "the run was interrupted",
});

/** The end of a run that was interrupted while its test loss was measured. */
export const cutOffAt = (step: number): Outcome => ({
  kind: "interrupted",
  step,
  reason: "the run was interrupted before its test loss was measured",
});
