/** The order of a date's day and month: 2024-04-03 is "iso", 3.4.2024 "day-first", 4/3/2024 "month-first". */
export type DateOrder = "iso" | "day-first" | "month-first" | "unclear";

const ISO =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s?(Z|[+-]\d\d:?\d\d)?)?$/i;
const NUMERIC = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[T ](\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?)?$/;

/** In a day. */
export const MILLISECONDS = 86_400_000;

/**
 * How the dates in a column are written; undefined if not all of its words are dates. Dates with points have the day first;
 * those with slashes or hyphens are judged by a number above 12.
 */
export function dateOrder(words: readonly string[]): DateOrder | undefined {
  if (words.length === 0) return undefined;
  if (words.every((word) => readDate(word) !== undefined)) return "iso";
  if (!words.every((word) => NUMERIC.test(word))) return undefined;
  const orders = (["day-first", "month-first"] as const).filter((order) =>
    words.every((word) => readDate(word, order === "day-first") !== undefined),
  );
  if (orders.length < 2) return orders[0];
  return words.every((word) => word.includes(".")) ? "day-first" : "unclear";
}

/**
 * Days since 1970-01-01, in UTC if no offset is written. Undefined for text that is not a date.
 *
 * @param dayFirst the order in 3/4/2024; without it such dates are not read
 */
export function readDate(text: string, dayFirst?: boolean): number | undefined {
  const iso = ISO.exec(text);
  if (iso !== null) {
    const [, year, month, day, hour, minute, second, offset] = iso;
    return daysOf([year, month, day], [hour, minute, second], offset);
  }
  const numeric = dayFirst === undefined ? null : NUMERIC.exec(text);
  if (numeric === null) return undefined;
  const [, first, , second, year, ...time] = numeric;
  return daysOf(dayFirst ? [year, second, first] : [year, first, second], time);
}

type Text = string | undefined;

function daysOf(date: readonly Text[], time: readonly Text[], offset?: string): number | undefined {
  const [year, month, day] = date.map(Number);
  const [hour, minute, second] = time.map((part) => Number(part ?? 0));
  const midnight = Date.UTC(year, month - 1, day);
  const isDay = new Date(midnight).getUTCDate() === day && month >= 1 && month <= 12;
  if (!isDay || hour > 23 || minute > 59 || second > 59) return undefined;
  const seconds = hour * 3600 + minute * 60 + second - secondsOf(offset);
  return midnight / MILLISECONDS + seconds / 86_400;
}

/** +02:00 is 7200; Z and none are 0. */
function secondsOf(offset = "Z"): number {
  if (!/^[+-]/.test(offset)) return 0;
  const digits = offset.replace(":", "");
  const seconds = Number(digits.slice(1, 3)) * 3600 + Number(digits.slice(3)) * 60;
  return offset.startsWith("-") ? -seconds : seconds;
}
