import { cut } from "../../arguments/index.ts";
import { lowestEpoch, type Monitor, type RunHead, type RunRecord } from "../../train/index.ts";
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
export function weightsWords(run: RunRecord): string | null {
  const { epochs, kept, outcome } = run;
  const lowest = lowestEpoch(epochs);
  const last = epochs.at(-1);
  if (lowest === undefined || last === undefined) return null;
  if (kept !== undefined)
    return `those of epoch ${kept.epoch}${bestWords(run)}; the test figures are for these weights`;
  const loss = format.loss(lowest.validation.loss);
  const own = outcome.kind === "diverged" ? "the last ones whose loss was finite" : "those of the last step";
  const isFalling = epochs.length > 1 && outcome.kind === "completed";
  const falling = isFalling ? ": it was still falling, so more epochs may help" : "";
  return lowest.epoch === last.epoch
    ? `${own}; the validation loss was lowest in the last epoch, ${loss}${falling}`
    : `${own}; the validation loss was lowest in epoch ${lowest.epoch}, ${loss}`;
}

/** Why the epoch was kept: `, where the validation loss was lowest, 0.1230`. Empty where the record begins after it. */
function bestWords({ epochs, kept, monitor: { measure, minDelta } = LOSS }: RunRecord): string {
  const then = epochs.find(({ epoch }) => epoch === kept?.epoch)?.validation;
  if (then === undefined) return "";
  const value = measure === "loss" ? format.loss(then.loss) : format.percent(then.accuracy);
  if (minDelta > 0)
    return `, the last in which the validation ${measure} improved by more than ${minDelta}, to ${value}`;
  return `, where the validation ${measure} was ${measure === "loss" ? "lowest" : "highest"}, ${value}`;
}

/** What records of older versions do not say, since it was the only way. */
const LOSS: Monitor = { measure: "loss", minDelta: 0 };

/** What did not happen in a run that stopped early: `the validation loss did not fall below that of epoch 3`. */
export function noBetterWords({ kept, monitor: { measure, minDelta } = LOSS }: RunRecord): string | null {
  if (kept === undefined) return null;
  const least = minDelta === 0 ? "" : ` by more than ${minDelta}`;
  const better = measure === "loss" ? `fall${least} below` : `rise${least} above`;
  return `the validation ${measure} did not ${better} that of epoch ${kept.epoch}`;
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

/** How many classes are named with their weights. */
const MOST_CLASSES = 8;

/** Which weights examples have in the loss: `class weights: no 0.615, yes 2.67; examples weighted`; null where all count the same. */
export function weighingWords({ dataset }: Pick<RunHead, "dataset">): string | null {
  const { examples, classes } = dataset?.weighing ?? {};
  const all = Object.entries(classes ?? {});
  const named = all
    .slice(0, MOST_CLASSES)
    .map(([name, weight]) => `${cut(name)} ${format.setting(Number(weight.toPrecision(3)))}`);
  const words = [
    ...(all.length === 0
      ? []
      : [`class weights: ${named.join(", ")}${all.length > named.length ? `, … ${all.length} in all` : ""}`]),
    ...(examples ? ["examples weighted"] : []),
  ];
  return words.length === 0 ? null : words.join("; ");
}
