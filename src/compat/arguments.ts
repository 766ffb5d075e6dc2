import { type Domain, domains, quoteValue, unknownName, whole } from "../arguments/index.ts";
import type { Schedule } from "../optimizers/index.ts";

/** A learning rate: a number, or a schedule. */
export type Rate = number | Schedule;

/** The values that an argument may have, and the words for them. */
export interface Kind {
  readonly allows: (value: unknown) => boolean;
  readonly words: string;
}

export const numberIn = ({ allows, words }: Domain): Kind => ({
  allows: (value) => typeof value === "number" && allows(value),
  words,
});

export const finite = numberIn(domains.finite);
export const positive = numberIn(domains.positive);
export const notNegative = numberIn(domains.notNegative);
export const fraction = numberIn(domains.fraction);
/** Decay rates where the other library allows 1, which forgets nothing. */
export const unit = numberIn(domains.unit);
export const flag: Kind = { allows: (value) => typeof value === "boolean", words: "true or false" };
export const text: Kind = { allows: (value) => typeof value === "string", words: "a text" };
export const nothing: Kind = { allows: (value) => value === null, words: "null" };

export const countFrom = (least: number): Kind => numberIn(whole(least));

export const either = (a: Kind, b: Kind): Kind => ({
  allows: (value) => a.allows(value) || b.allows(value),
  words: `${a.words}, or ${b.words}`,
});

export const orNull = (kind: Kind): Kind => either(kind, nothing);

/** A schedule's values are checked at each step. */
export const orSchedule = (kind: Kind): Kind =>
  either(kind, { allows: (value) => typeof value === "function", words: "a schedule" });

export const pairOf = ({ allows, words }: Kind): Kind => ({
  allows: (value) => Array.isArray(value) && value.length === 2 && value.every(allows),
  words: `a pair, each ${words}`,
});

/**
 * The defaults, overridden by the given arguments; undefined counts as not given. Throws a RangeError for an unknown name (the
 * defaults name all arguments) and for a value that is not allowed.
 */
export function readArguments<T extends object>(
  what: string,
  kinds: Readonly<Record<string, Kind>>,
  defaults: T,
  given: Partial<T>,
): T {
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new TypeError(`${what} takes its arguments by name, in one object: ${what}({ … })`);
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  const known = Object.keys(defaults);
  for (const [name, value] of entries) {
    if (!known.includes(name)) throw new RangeError(unknownName(`${what}: argument`, name, known));
    const { allows, words } = kinds[name];
    if (!allows(value)) throw new RangeError(`${what}: ${name} is ${quoteValue(value)}; it must be ${words}`);
  }
  return { ...defaults, ...Object.fromEntries(entries) };
}
