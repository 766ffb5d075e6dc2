import type { Vector } from "../expr/index.ts";
import type { Evaluation } from "../objective/index.ts";
import type { Outcome, TargetReached } from "./events.ts";
import type { RunOptions, Target } from "./options.ts";

/** How far a run has come. */
export interface Course {
  readonly w: Vector;
  /** The model's state, such as running means; empty where it has none. */
  readonly s: Vector;
  step: number;
  /** Of training: evaluations, and compiling programs, do not count. */
  seconds: number;
  /** The best validation cost, and the epochs since. */
  best: { loss: number; waited: number; w?: Vector; s?: Vector };
  target?: TargetReached;
}

/** Where every run begins. */
export const atTheStart = () => ({ step: 0, seconds: 0, best: { loss: Number.POSITIVE_INFINITY, waited: 0 } });

/**
 * After an epoch: notes whether the target was reached and which weights were the best. `weights` are those that the
 * validation cost is of.
 */
export function note(
  course: Course,
  validation: Evaluation,
  weights: Vector,
  { target, patience }: Pick<RunOptions, "target" | "patience">,
): void {
  const { step, seconds, best } = course;
  if (target !== undefined && course.target === undefined && reaches(validation, target))
    course.target = { step, seconds };
  if (validation.loss < best.loss) {
    const kept = patience === undefined ? {} : { w: weights.slice(), s: course.s.slice() };
    course.best = { loss: validation.loss, waited: 0, ...kept };
  } else best.waited++;
}

/** How a run that has come so far ends before its last step, if it does. */
export function earlyEnd(
  { step, best: { waited }, target }: Course,
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
