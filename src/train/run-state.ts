import type { Vector } from "../expr/index.ts";
import type { Evaluation } from "../objective/index.ts";
import type { Outcome, TargetReached } from "./events.ts";
import type { RunOptions, Target } from "./options.ts";

/** The state that every run has, by an update rule or a solver. */
export interface RunState {
  /** The parameters. */
  readonly w: Vector;
  /** The model's state, such as running means; empty where it has none. */
  readonly s: Vector;
  /** Steps taken. */
  step: number;
  /** Time spent on training, without evaluations and compilation. */
  seconds: number;
  /** The lowest validation loss, the epochs since, and with early stopping its weights and model state. */
  best: { loss: number; waited: number; w?: Vector; s?: Vector };
  /** Where the target was first reached. */
  target?: TargetReached;
}

/** The values that every run starts with. */
export const startingState = () => ({ step: 0, seconds: 0, best: { loss: Number.POSITIVE_INFINITY, waited: 0 } });

/**
 * After an epoch: records whether the target was reached, and whether the validation loss is the lowest so far. `weights` are
 * those that the validation loss was measured with.
 */
export function recordEpoch(
  state: RunState,
  validation: Evaluation,
  weights: Vector,
  { target, patience }: Pick<RunOptions, "target" | "patience">,
): void {
  const { step, seconds, best } = state;
  if (target !== undefined && state.target === undefined && reaches(validation, target))
    state.target = { step, seconds };
  if (validation.loss < best.loss) {
    const kept = patience === undefined ? {} : { w: weights.slice(), s: state.s.slice() };
    state.best = { loss: validation.loss, waited: 0, ...kept };
  } else best.waited++;
}

/** The outcome of a run that ends here, before its last step; undefined if it goes on. */
export function earlyEnd(
  { step, best: { waited }, target }: RunState,
  { stopAtTarget, patience = Number.POSITIVE_INFINITY }: Pick<RunOptions, "stopAtTarget" | "patience">,
): Outcome | undefined {
  if (target !== undefined && stopAtTarget) return { kind: "target", step, reason: "the target was reached" };
  // An epoch that improves never ends a run, whatever the patience.
  if (waited === 0 || waited < patience) return undefined;
  const epochs = waited === 1 ? "1 epoch" : `${waited} epochs`;
  return { kind: "stopped-early", step, reason: `the validation loss has not improved for ${epochs}` };
}

const reaches = (validation: Evaluation, target: Target): boolean =>
  "loss" in target ? validation.loss <= target.loss : (validation.accuracy ?? 0) >= target.accuracy;
