import { checkChoice, checkNumber, domains, whole } from "../arguments/index.ts";
import { SettingError, setting } from "../files/index.ts";
import type { Model } from "../nn/index.ts";
import type { Evaluation } from "../objective/index.ts";

/** Early stopping, as plain data. Counts as Keras does. */
export interface EarlyStopping {
  /**
   * Ends the run after this many epochs in a row without an improvement on the validation set, and restores the best weights. 0 has
   * the effect of 1.
   */
  readonly patience?: number;
  /**
   * What an improvement is: a lower loss, or, for classifiers, a higher accuracy. Without `patience` the run takes all its epochs, and
   * then restores the best weights. Default: "loss".
   */
  readonly monitor?: "loss" | "accuracy";
  /** An improvement by no more than this does not count, and its weights are not kept: 0 or more. Default 0. */
  readonly minDelta?: number;
}

/** Whether a run keeps its best weights, and ends with them. */
export const keepsBest = ({ patience, monitor }: EarlyStopping): boolean =>
  patience !== undefined || monitor !== undefined;

/** Whether an epoch is better than the best one so far. One whose loss is not finite never is. */
export function improves(
  now: Evaluation,
  best: Evaluation,
  { monitor = "loss", minDelta = 0 }: EarlyStopping,
): boolean {
  if (!Number.isFinite(now.loss)) return false;
  // The arithmetic is Keras's: the differences of two roundings decide otherwise.
  if (monitor === "loss") return now.loss + minDelta < best.loss;
  return (now.accuracy ?? Number.NaN) - minDelta > (best.accuracy ?? Number.NEGATIVE_INFINITY);
}

/** `the validation loss has not improved by more than 0.01 for 3 epochs` */
export function waitedWords(epochs: number, { monitor = "loss", minDelta = 0 }: EarlyStopping): string {
  const least = minDelta === 0 ? "" : ` by more than ${minDelta}`;
  return `the validation ${monitor} has not improved${least} for ${epochs === 1 ? "1 epoch" : `${epochs} epochs`}`;
}

/** Throws a RangeError for a value that is not allowed, and for an accuracy where the model predicts no classes. */
export function checkEarlyStopping({ loss }: Model, options: EarlyStopping): void {
  const { patience, monitor, minDelta } = options;
  if (patience !== undefined) checkNumber("patience", patience, whole(0));
  if (monitor !== undefined) checkChoice("monitor", monitor, ["loss", "accuracy"]);
  if (monitor === "accuracy" && loss.correct === undefined)
    throw new SettingError(
      `${setting("--monitor accuracy", 'monitor: "accuracy"')}: the loss ${loss.name} has no accuracy, since it is not for classes; give ${setting("--monitor loss", 'monitor: "loss"')}`,
    );
  if (minDelta === undefined) return;
  checkNumber("minDelta", minDelta, domains.notNegative);
  if (!keepsBest(options)) throw new RangeError("minDelta: nothing is watched; give patience or monitor, too");
}
