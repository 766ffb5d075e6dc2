import { type Elsewhere, unknownName } from "./nearest.ts";
import { quoteValue } from "./quote.ts";

/** Whether a value can hold named options: an object that is neither an array nor a vector. */
export const isOptions = (given: unknown): given is object =>
  typeof given === "object" && given !== null && !Array.isArray(given) && !ArrayBuffer.isView(given);

/**
 * Checks options from outside, as a mistyped one would silently be ignored. Throws a TypeError with an example if they are not
 * an object, and a RangeError with the nearest name for an unknown one.
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
  for (const option of Object.keys(given))
    if (!allowed.includes(option))
      throw new RangeError(unknownName(`${name}: option`, option, allowed, undefined, elsewhere));
}
