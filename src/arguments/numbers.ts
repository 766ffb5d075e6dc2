import { quoteValue } from "./quote.ts";

/** Whether a value is a list: an array or a typed array. */
export const isListOfNumbers = (value: unknown): value is ArrayLike<number> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

/** What is wrong with a value that is not a list of finite numbers, for messages: `is "a"`, `has NaN at 3`. */
export function faultOfNumbers(value: unknown): string | undefined {
  if (!isListOfNumbers(value)) return `is ${quoteValue(value)}`;
  // A loop, since a function called for each number would take most of the time of a prediction.
  let at = 0;
  while (at < value.length && Number.isFinite(value[at])) at++;
  return at === value.length ? undefined : `has ${quoteValue(value[at])} at ${at}`;
}
