import { quoteValue } from "../arguments/index.ts";

/** Checks of options: each error names the value that was given and those that are allowed. */

export function oneOf<T extends string>(what: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((name) => name === value);
  if (found === undefined) throw new RangeError(`${what} is ${show(value)}; it can be ${allowed.map(show).join(", ")}`);
  return found;
}

export function positive(what: string, value: number): number {
  if (!(Number.isFinite(value) && value > 0)) throw new RangeError(`${what} is ${show(value)}; give a positive number`);
  return value;
}

export function words(what: string, value: string): string {
  if (typeof value !== "string" || value.trim() === "")
    throw new TypeError(`${what} is ${show(value)}; give some words`);
  return value;
}

/** Finite and rising. */
export function rising(what: string, values: readonly number[]): readonly number[] {
  if (!values.every((v, i) => Number.isFinite(v) && (i === 0 || v > values[i - 1])))
    throw new RangeError(`${what} is ${show(values)}; give finite numbers, each greater than the one before`);
  return values;
}

/** A value as it stands in an error, kept short. */
export const show = quoteValue;
