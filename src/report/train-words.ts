import { lowestEpoch, type RunRecord } from "../compare/index.ts";
import { quote } from "../expr/quote.ts";
import { fixed } from "../figure/numbers.ts";
import { duration, goalWords, cost as inThree, intervalWords, percent, several, standardised } from "./phrases.ts";

/** What a run's result means, in words for a terminal and for a report. */

/** How a loss is written. */
type Write = (value: number | null) => string;

/** The test: `loss 0.123, accuracy 97.3 %`. */
export const testWords = ({ test }: RunRecord, write: Write = inThree): string =>
  `loss ${write(test.loss)}${test.accuracy === undefined ? "" : `, accuracy ${percent(test.accuracy)}`}`;

/** What the test's numbers leave open, and what they are to be held against: the answer that needs no input, or the target's own unit. */
export function testNotes({ test, dataset, regression }: RunRecord, write: Write = inThree): string[] {
  const { majority, target, counts: [, , examples] = [0, 0, 0] } = dataset ?? {};
  return [
    ...(test.accuracy === undefined || examples === 0 ? [] : [intervalWords(test.accuracy, examples)]),
    ...(majority === undefined || majority.test === null
      ? []
      : [`always answering ${quote(majority.class)}, one of the most frequent classes: ${percent(majority.test)}`]),
    ...(regression === undefined ? [] : [errorWords(regression, write)]),
    ...(target === undefined ? [] : [unitWords(target)]),
  ];
}

/** `RMSE 12.3 and MAE 9.1 in the target's unit, R² 0.96` */
export function errorWords({ rmse, mae, r2 }: NonNullable<RunRecord["regression"]>, write: Write = inThree): string {
  const errors = mae === null ? `RMSE ${write(rmse)}` : `RMSE ${write(rmse)} and MAE ${write(mae)}`;
  return `${errors} in the target's unit${r2 === null ? "" : `, R² ${fixed(r2, 3)}`}`;
}

const unitWords = ({ mean, deviation }: { readonly mean: number; readonly deviation: number }): string =>
  mean === 0 && deviation === 1
    ? "losses are mean squared errors of the target as it is"
    : `losses are mean squared errors of the standardised target, ${standardised({ mean, deviation })}`;

/** Which epoch's weights a run has ended with. */
export function weightsWords({ epochs, kept, outcome }: RunRecord, write: Write = inThree): string | null {
  const lowest = lowestEpoch(epochs);
  const last = epochs.at(-1);
  if (lowest === undefined || last === undefined) return null;
  const loss = write(lowest.validation.loss);
  if (kept !== undefined)
    return `those of epoch ${kept.epoch}, where the validation loss was lowest, ${loss}; the test figures are for these weights`;
  const own = outcome.kind === "diverged" ? "the last ones whose loss was finite" : "those of the last step";
  return lowest.epoch === last.epoch
    ? `${own}; the validation loss was lowest in the last epoch, ${loss}`
    : `${own}; the validation loss was lowest in epoch ${lowest.epoch}, ${loss}`;
}

/** What was to be reached, and whether it was: null where nothing was. */
export function targetWords({ goal, target, batches }: RunRecord, write: Write = inThree): string | null {
  if (goal === undefined) return target === undefined ? null : `reached after ${atStep(target)}`;
  const reached = target === undefined ? "not reached" : `reached after ${atStep(target)}`;
  const first = batches.losses[0] ?? null;
  const early = goal.measure === "loss" && first !== null && first <= goal.value;
  return `${goalWords(goal)}, ${reached}${early ? ` (the first batch had a loss of ${write(first)} before any step)` : ""}`;
}

const atStep = ({ step, seconds }: NonNullable<RunRecord["target"]>): string =>
  `${several(step, "step")}, ${duration(seconds)}`;
