import type { Spread } from "../compare/index.ts";
import { formatNumber } from "../figure/index.ts";

/** How numbers and lists are written in reports. */

/** Three digits, so that costs in a column compare. */
export const cost = (value: number | null): string => {
  if (value === null) return "–";
  return value === 0 || (value >= 1e-3 && value < 1e3) ? value.toPrecision(3) : formatNumber(value, 3);
};

export const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;

export const rate = (lr: number | null): string => (lr === null ? "none" : formatNumber(lr, 2));

/** A hyper-parameter's number, or the word that a setting is. */
export const setting = (value: number | string): string => (typeof value === "string" ? value : formatNumber(value, 6));

export const count = (value: number): string => Math.round(value).toLocaleString("en");

export function duration(seconds: number): string {
  if (seconds < 0.0995) return `${formatNumber(seconds * 1000, 2)} ms`;
  if (seconds < 99.5) return `${seconds.toPrecision(2)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
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

/** `1 run`, `2 runs`, `3 passes`. */
export const several = (number: number, noun: string): string =>
  `${count(number)} ${noun}${number === 1 ? "" : noun.endsWith("s") ? "es" : "s"}`;

/** Numbers in words where they are small, as prose has them. */
export const inWords = (number: number): string =>
  ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"][number] ??
  count(number);
