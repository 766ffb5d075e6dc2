import { type Elsewhere, unknownName } from "./nearest.ts";
import { quoteValue } from "./quote.ts";

/** Whether a value can hold named options: an object that is neither an array nor a vector. */
export const isOptions = (given: unknown): given is object =>
  typeof given === "object" && given !== null && !Array.isArray(given) && !ArrayBuffer.isView(given);

/**
 * Checks options from outside, as a mistyped one would silently be ignored. Throws a TypeError with an example if they are not
 * an object, and a RangeError with the nearest name for an unknown one. What is called later is checked now: in all options
 * `on…` is a function, and `signal` an AbortSignal.
 */
export function checkOptions(
  name: string,
  given: unknown,
  allowed: readonly string[],
  example = `${name}({ ${allowed[0]}: … })`,
  elsewhere: Elsewhere = {},
): void {
  if (!isOptions(given))
    throw new TypeError(`${name}: the options are ${quoteValue(given)}; give an object: ${example}`);
  for (const [option, value] of Object.entries(given)) {
    if (!allowed.includes(option))
      throw new RangeError(unknownName(`${name}: option`, option, allowed, undefined, elsewhere));
    if (value === undefined) continue;
    if (option === "signal") checkSignal(`${name}: signal`, value);
    if (/^on[A-Z]/.test(option)) checkFunction(`${name}: ${option}`, value);
  }
}

/** Throws a TypeError for a value that is not a list. */
export function checkList(what: string, given: unknown, example: string): void {
  if (!Array.isArray(given)) throw new TypeError(`${what} is ${quoteValue(given)}; give a list, such as ${example}`);
}

/** Throws a TypeError unless the value is a function. */
export function checkFunction(what: string, value: unknown): void {
  if (typeof value !== "function") throw new TypeError(`${what} is ${quoteValue(value)}; give a function`);
}

/** Throws a TypeError unless the value is an AbortSignal, or has its `aborted`. */
export function checkSignal(what: string, value: unknown): void {
  if (!(isOptions(value) && "aborted" in value && typeof value.aborted === "boolean"))
    throw new TypeError(`${what} is ${quoteValue(value)}; give an AbortSignal, such as new AbortController().signal`);
}

/** Throws a TypeError for anything but a text that is not empty. `example`: one that may be meant. */
export function checkText(what: string, value: unknown, example: string): void {
  if (typeof value !== "string" || value === "")
    throw new TypeError(`${what} is ${quoteValue(value)}; give a text, such as ${example}`);
}
