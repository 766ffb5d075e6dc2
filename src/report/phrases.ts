import { quote } from "../arguments/index.ts";
import { wilson } from "../compare/index.ts";
import { formatNumber } from "../figure/index.ts";
import type { ParameterGroup } from "../optimizers/index.ts";
import type { DataFacts, Goal } from "../train/index.ts";
import * as format from "./format.ts";

/** Phrases that sentences and notes share: names, lists, intervals, goals. */

/** `1 run`, `2 runs`, `3 passes`. */
export const several = (number: number, noun: string): string =>
  `${format.count(number)} ${noun}${number === 1 ? "" : noun.endsWith("s") ? "es" : "s"}`;

/** One and two, or one, two and three. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;

/** Up to `most` names, and the number of the others. */
export const listedShort = (words: readonly string[], most = 5): string =>
  words.length <= most + 1 ? listed(words) : listed([...words.slice(0, most), `${words.length - most} others`]);

/** A small number in words, as prose has it. */
export const inWords = (number: number): string =>
  ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"][number] ??
  format.count(number);

/** With a capital first letter. */
export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** The confidence interval of an accuracy measured on this many examples: `95 % interval 94.8–98.6 %, Wilson, 300 examples`. */
export const intervalWords = (accuracy: number, examples: number): string =>
  `95 % interval ${format.percentRange(wilson(accuracy, examples))}, Wilson, ${several(examples, "example")}`;

/** A goal with its measure: `validation loss 0.2 or less`, `validation accuracy 95 % or more`. */
export const goalWords = ({ measure, value }: Goal): string =>
  measure === "accuracy"
    ? `validation accuracy ${formatNumber(100 * value, 6)} % or more`
    : `validation loss ${formatNumber(value, 6)} or less`;

/** A data set's short name: `csv:/home/me/houses.csv` is houses.csv. */
export const dataName = (name: string): string => {
  const [, path] = /^[a-z]+:(.*)$/is.exec(name) ?? [];
  return path?.split(/[/\\]/).findLast((part) => part !== "") ?? name;
};

/** The baseline for an accuracy: always predicting one class. Empty where it is not known. */
export const majorityWords = (majority: DataFacts["majority"]): string[] =>
  majority === undefined || majority.test === null ? [] : [alwaysWords({ ...majority, accuracy: majority.test })];

/** `always predicting "no", the most frequent class, gives 93.1 %`; without `class` for folds, each of which has its own. */
export function alwaysWords({ class: name, isTied, accuracy }: Always): string {
  if (name === undefined) return `always predicting the most frequent class gives ${format.percent(accuracy)}`;
  const which = isTied ? "one of the most frequent classes" : "the most frequent class";
  return `always predicting ${quote(name)}, ${which}, gives ${format.percent(accuracy)}`;
}

interface Always {
  readonly class?: string;
  readonly isTied?: true;
  readonly accuracy: number;
}

/** `layer1: lr × 0.1`, `biases and layer2_weight: weight_decay × 0`. */
export const groupWords = ({ parameters, factors }: ParameterGroup): string =>
  `${listedShort([parameters].flat())}: ${listed(Object.entries(factors).map(([name, factor]) => `${name} × ${formatNumber(factor, 6)}`))}`;

/** The unit of a regression's losses: that of the target itself, or of the standardised target, (y − 12.3) / 4.5. */
export const unitWords = ({ mean, deviation, isKept }: NonNullable<DataFacts["target"]>): string => {
  if (mean === 0 && deviation === 1) return "losses are mean squared errors in the target's own unit";
  const standardised = `(y ${mean < 0 ? "+" : "−"} ${formatNumber(Math.abs(mean))}) / ${formatNumber(deviation)}`;
  return `losses are mean squared errors of the standardised target, ${standardised}${isKept === true ? "" : "; always predicting the mean gives about 1"}`;
};
