import { unknownName } from "./nearest.ts";
import { quoteValue } from "./quote.ts";

/** Whether it can hold named options: an object that is neither a list nor a vector. */
export const isOptions = (given: unknown): given is object =>
  typeof given === "object" && given !== null && !Array.isArray(given) && !ArrayBuffer.isView(given);

/**
 * Looks at options where they come in from outside: one that is mistyped would be left out in silence. Throws a TypeError
 * where they are no object, with an example, and a RangeError for a name that does not exist, with the nearest.
 */
export function checkOptions(
  name: string,
  given: unknown,
  allowed: readonly string[],
  example = `${name}({ ${allowed[0]}: … })`,
): void {
  if (!isOptions(given))
    throw new TypeError(`${name}: the options are ${quoteValue(given)}; give an object: ${example}`);
  for (const option of Object.keys(given))
    if (!allowed.includes(option)) throw new RangeError(unknownName(`${name}: option`, option, allowed));
}
