import { quoteValue } from "./quote.ts";

/** Which numbers something may be, and how a message says so: "it must be …". */
export interface Domain {
  readonly allows: (value: number) => boolean;
  readonly words: string;
}

/** A whole number of at least `least`, and at most `most` where that is given. */
export const whole = (least: number, most = Number.MAX_SAFE_INTEGER): Domain => ({
  allows: (x) => Number.isSafeInteger(x) && x >= least && x <= most,
  words:
    most === Number.MAX_SAFE_INTEGER ? `a whole number, ${least} or more` : `a whole number from ${least} to ${most}`,
});

const finite: Domain = { allows: Number.isFinite, words: "a finite number" };
const positive: Domain = { allows: (x) => x > 0 && Number.isFinite(x), words: "a number above 0" };

/** A finite number of at least `least`. */
export const atLeast = (least: number): Domain => ({
  allows: (x) => x >= least && Number.isFinite(x),
  words: `a number, ${least} or more`,
});

/** What numbers usually may be. */
export const domains = {
  finite,
  positive,
  notNegative: atLeast(0),
  /** What is left of something. */
  fraction: { allows: (x) => x >= 0 && x < 1, words: "a number from 0 up to, but not including, 1" },
  /** What is taken of something. */
  part: { allows: (x) => x > 0 && x <= 1, words: "a number above 0 and at most 1" },
  between: { allows: (x) => x > 0 && x < 1, words: "a number between 0 and 1" },
  unit: { allows: (x) => x >= 0 && x <= 1, words: "a number from 0 to 1" },
  /** How many there are of something that there has to be. */
  count: whole(1),
} as const satisfies Readonly<Record<string, Domain>>;

/**
 * The number itself, where it is allowed. Throws a RangeError that says what was given and what is allowed: `what` is the
 * value's name, with its owner's before it where that is not plain ("moons: count"); `when`: " at step 3".
 */
export function checkNumber(what: string, value: unknown, { allows, words }: Domain, when = ""): number {
  if (typeof value === "number" && allows(value)) return value;
  throw new RangeError(`${what} is ${quoteValue(value)}${when}; it must be ${words}`);
}
