import { lowestEpoch, type RunRecord } from "../../train/index.ts";
import * as format from "../format.ts";
import { goalWords, intervalWords, majorityWords, several, unitWords } from "../phrases.ts";
import { tableLines } from "../table.ts";
import { targetColumns } from "./metric-tables.ts";
import { errorWords, metricWords } from "./metric-words.ts";

/** Sentences about a run's result, for a terminal and a report. */

/** The test: `loss 0.1230, accuracy 97.3 %`. */
export const testWords = ({ test }: RunRecord): string =>
  `loss ${format.loss(test.loss)}${test.accuracy === undefined ? "" : `, accuracy ${format.percent(test.accuracy)}`}`;

/** Notes on the test results: the accuracy's interval and baseline, and whatever else was measured. */
export function testNotes({ test, dataset, regression, metrics }: RunRecord): string[] {
  const { majority, target, counts: [, , examples] = [0, 0, 0] } = dataset ?? {};
  return [
    ...(test.accuracy === undefined || examples === 0 ? [] : [intervalWords(test.accuracy, examples)]),
    ...(test.accuracy === undefined ? [] : majorityWords(majority)),
    ...(metrics === undefined ? [] : metricWords(metrics)),
    ...(metrics === undefined && regression !== undefined ? [errorWords(regression)] : []),
    ...(metrics?.task === "regression" && metrics.targets.length > 1 ? tableLines(targetColumns, metrics.targets) : []),
    ...(target === undefined ? [] : [unitWords(target)]),
  ];
}

/** Which epoch's weights a run ended with. */
export function weightsWords({ epochs, kept, outcome }: RunRecord): string | null {
  const lowest = lowestEpoch(epochs);
  const last = epochs.at(-1);
  if (lowest === undefined || last === undefined) return null;
  const loss = format.loss(lowest.validation.loss);
  if (kept !== undefined)
    return `those of epoch ${kept.epoch}, where the validation loss was lowest, ${loss}; the test figures are for these weights`;
  const own = outcome.kind === "diverged" ? "the last ones whose loss was finite" : "those of the last step";
  return lowest.epoch === last.epoch
    ? `${own}; the validation loss was lowest in the last epoch, ${loss}`
    : `${own}; the validation loss was lowest in epoch ${lowest.epoch}, ${loss}`;
}

/** The target, and whether it was reached; null where there was none. */
export function targetWords({ goal, target, batches }: RunRecord): string | null {
  if (goal === undefined) return target === undefined ? null : `reached after ${atStep(target)}`;
  const reached = target === undefined ? "not reached" : `reached after ${atStep(target)}`;
  const first = batches.losses[0] ?? null;
  const early = goal.measure === "loss" && first !== null && first <= goal.value;
  return `${goalWords(goal)}, ${reached}${early ? ` (the first batch had a loss of ${format.loss(first)} before any step)` : ""}`;
}

const atStep = ({ step, seconds }: NonNullable<RunRecord["target"]>): string =>
  `${several(step, "step")}, ${format.duration(seconds)}`;
