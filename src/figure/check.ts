import { quoteValue } from "../arguments/index.ts";

/** Checks of options: each error names the value that was given and those that are allowed. */

export function oneOf<T extends string>(what: string, value: unknown, allowed: readonly T[]): T {
  const found = allowed.find((name) => name === value);
  if (found === undefined) throw new RangeError(`${what} is ${show(value)}; it can be ${allowed.map(show).join(", ")}`);
  return found;
}

export function positive(what: string, value: unknown): number {
  if (!(typeof value === "number" && Number.isFinite(value) && value > 0))
    throw new RangeError(`${what} is ${show(value)}; give a positive number`);
  return value;
}

export function words(what: string, value: unknown): string {
  if (typeof value !== "string" || value.trim() === "")
    throw new TypeError(`${what} is ${show(value)}; give some words`);
  return value;
}

/** A copy of a list of finite numbers that rise. */
export function rising(what: string, values: unknown): readonly number[] {
  const isList = Array.isArray(values) || values instanceof Float64Array || values instanceof Float32Array;
  const given: readonly unknown[] = isList ? Array.from(values) : [];
  const numbers = given.filter((v) => typeof v === "number");
  const isRising = numbers.every((v, i) => Number.isFinite(v) && (i === 0 || v > numbers[i - 1]));
  if (!isList || !isRising || numbers.length < given.length)
    throw new RangeError(`${what} is ${show(values)}; give finite numbers, each greater than the one before`);
  return numbers;
}

/** A value as it stands in an error, kept short. */
export const show = quoteValue;
