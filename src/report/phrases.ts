import { quote } from "../arguments/index.ts";
import { wilson } from "../compare/index.ts";
import { formatNumber } from "../figure/index.ts";
import type { DataFacts, Goal } from "../train/index.ts";
import * as format from "./format.ts";

/** Names, lists and what numbers mean, as sentences and notes have them. */

/** `1 run`, `2 runs`, `3 passes`. */
export const several = (number: number, noun: string): string =>
  `${format.count(number)} ${noun}${number === 1 ? "" : noun.endsWith("s") ? "es" : "s"}`;

/** One and two, or one, two and three. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;

/** A few names, and how many more there are. */
export const listedShort = (words: readonly string[], most = 5): string =>
  words.length <= most + 1 ? listed(words) : listed([...words.slice(0, most), `${words.length - most} others`]);

/** Numbers in words where they are small, as prose has them. */
export const inWords = (number: number): string =>
  ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"][number] ??
  format.count(number);

/** The first letter large, as a sentence has it. */
export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** What an accuracy measured on so many examples leaves open: `95 % interval 94.8–98.6 %, Wilson, 300 examples`. */
export const intervalWords = (accuracy: number, examples: number): string =>
  `95 % interval ${format.percentRange(wilson(accuracy, examples))}, Wilson, ${several(examples, "example")}`;

/** `validation loss 0.2 or less`, `validation accuracy 95 % or more`: what is to be reached, with its measure. */
export const goalWords = ({ measure, value }: Goal): string =>
  measure === "accuracy"
    ? `validation accuracy ${formatNumber(100 * value, 6)} % or more`
    : `validation loss ${formatNumber(value, 6)} or less`;

/** A data set as it is called where its file's folders say nothing: `csv:/home/me/houses.csv` is houses.csv. */
export const dataName = (name: string): string => {
  const [, path] = /^[a-z]+:(.*)$/is.exec(name) ?? [];
  return path?.split(/[/\\]/).findLast((part) => part !== "") ?? name;
};

/** What an accuracy is to be held against: the answer that needs no input. Nothing where that is not known. */
export const majorityWords = (majority: DataFacts["majority"]): string[] =>
  majority === undefined || majority.test === null
    ? []
    : [
        `always answering ${quote(majority.class)}, one of the most frequent classes, gives ${format.percent(majority.test)}`,
      ];

/** What the losses of a regression are of: of targets as they are, or as they were made before they were learned, (y − 12.3) / 4.5. */
export const unitWords = ({ mean, deviation }: NonNullable<DataFacts["target"]>): string => {
  if (mean === 0 && deviation === 1) return "losses are mean squared errors of the target as it is";
  const standardised = `(y ${mean < 0 ? "+" : "−"} ${formatNumber(Math.abs(mean))}) / ${formatNumber(deviation)}`;
  return `losses are mean squared errors of the standardised target, ${standardised}; that of always answering the mean is near 1`;
};
