import type { Vector } from "../expr/index.ts";
import type { Evaluation } from "../objective/index.ts";
import { type EarlyStopping, improves, keepsBest, waitedWords } from "./early-stopping.ts";
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
  /** The epoch that did best on the validation set, and the epochs since. */
  best: Best;
  /** Where the target was first reached. */
  target?: TargetReached;
}

/** The epoch that did best, by what is monitored, with its validation loss and accuracy. */
export interface Best extends Omit<Evaluation, "cutOff"> {
  /** Epochs since then. */
  readonly waited: number;
  /** Its number, and the steps taken until its end; missing before there is one. */
  readonly epoch?: number;
  readonly steps?: number;
  /** With early stopping: its weights and model state. */
  readonly w?: Vector;
  readonly s?: Vector;
}

/** The values that every run starts with. */
export const startingState = () => ({
  ...{ step: 0, seconds: 0 },
  best: { loss: Number.POSITIVE_INFINITY, waited: 0 } satisfies Best,
});

/** A finished epoch: its number, the steps until its end, and how its weights do on the validation set. */
export interface Finished {
  readonly epoch: number;
  readonly steps: number;
  readonly validation: Evaluation;
  readonly weights: Vector;
}

/** After an epoch: records whether the target was reached, and whether the epoch is the best so far. */
export function recordEpoch(
  state: RunState,
  { epoch, steps, validation, weights }: Finished,
  options: Pick<RunOptions, "target"> & EarlyStopping,
): void {
  const { step, seconds, best } = state;
  const { target } = options;
  if (target !== undefined && state.target === undefined && reaches(validation, target))
    state.target = { step, seconds };
  if (improves(validation, best, options)) {
    const kept = keepsBest(options) ? { w: weights.slice(), s: state.s.slice() } : {};
    state.best = { ...validation, waited: 0, epoch, steps, ...kept };
  } else state.best = { ...best, waited: best.waited + 1 };
}

/** The outcome of a run that ends here, before its last step; undefined if it goes on. */
export function earlyEnd(
  { step, best: { waited }, target }: RunState,
  options: Pick<RunOptions, "stopAtTarget"> & EarlyStopping,
): Outcome | undefined {
  const { stopAtTarget, patience = Number.POSITIVE_INFINITY } = options;
  if (target !== undefined && stopAtTarget) return { kind: "target", step, reason: "the target was reached" };
  // An epoch that improves never ends a run, whatever the patience.
  if (waited === 0 || waited < patience) return undefined;
  return { kind: "stopped-early", step, reason: waitedWords(waited, options) };
}

const reaches = (validation: Evaluation, target: Target): boolean =>
  "loss" in target ? validation.loss <= target.loss : (validation.accuracy ?? 0) >= target.accuracy;
