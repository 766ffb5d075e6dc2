import type { Goal, Spread } from "../compare/index.ts";
import { wilson } from "../compare/statistics.ts";
import { formatNumber } from "../figure/index.ts";

/** How numbers, names and lists are written in reports. */

/** Three digits, so that losses in a column compare. */
export const cost = (value: number | null): string => {
  if (value === null) return "–";
  return value === 0 || (value >= 1e-3 && value < 1e3) ? value.toPrecision(3) : formatNumber(value, 3);
};

export const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;

/** `94.8–98.6 %` */
export const percentRange = ([low, high]: readonly [number, number]): string =>
  `${(100 * low).toFixed(1)}–${percent(high)}`;

/** What an accuracy measured on so many examples leaves open: `95 % interval 94.8–98.6 %, Wilson, 300 examples`. */
export const intervalWords = (accuracy: number, examples: number): string =>
  `95 % interval ${percentRange(wilson(accuracy, examples))}, Wilson, ${several(examples, "example")}`;

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

export const rate = (lr: number | null): string => (lr === null ? "none" : formatNumber(lr, 2));

/** A hyper-parameter's number, or the word that a setting is. */
export const setting = (value: number | string): string => (typeof value === "string" ? value : formatNumber(value, 6));

export const count = (value: number): string =>
  Math.abs(value) < 1e15 ? Math.round(value).toLocaleString("en") : formatNumber(value, 3);

export function duration(seconds: number): string {
  if (seconds < 0.0995) return `${formatNumber(seconds * 1000, 2)} ms`;
  if (seconds < 99.5) return `${seconds.toPrecision(2)} s`;
  if (seconds >= 360_000) return `${formatNumber(seconds / 3600, 3)} h`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** `lowest–highest`, both with the decimals of the highest. */
export function costRange({ low, high }: Spread): string {
  const ends =
    high >= 1e-3 && high < 1e3 ? [low, high].map((end) => end.toFixed(decimalsOf(high))) : [low, high].map(cost);
  return ends[0] === ends[1] ? ends[0] : ends.join("–");
}

/** As many as give three digits. */
const decimalsOf = (value: number): number => Math.max(0, 2 - Math.floor(Math.log10(value)));

/** One and two, or one, two and three. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;

/** A few names, and how many more there are. */
export const listedShort = (words: readonly string[], most = 5): string =>
  words.length <= most + 1 ? listed(words) : listed([...words.slice(0, most), `${words.length - most} others`]);

/** `1 run`, `2 runs`, `3 passes`. */
export const several = (number: number, noun: string): string =>
  `${count(number)} ${noun}${number === 1 ? "" : noun.endsWith("s") ? "es" : "s"}`;

/** Numbers in words where they are small, as prose has them. */
export const inWords = (number: number): string =>
  ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"][number] ??
  count(number);

/** `(y − 12.3) / 4.5`: what was done to a target before it was learned. */
export const standardised = ({ mean, deviation }: { readonly mean: number; readonly deviation: number }): string =>
  `(y ${mean < 0 ? "+" : "−"} ${formatNumber(Math.abs(mean))}) / ${formatNumber(deviation)}`;

/** The first letter large, as a sentence has it. */
export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
