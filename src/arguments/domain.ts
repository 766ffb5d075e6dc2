import { quoteValue } from "./quote.ts";

/** The allowed numbers for an argument, and the words for messages: "it must be …". */
export interface Domain {
  readonly allows: (value: number) => boolean;
  readonly words: string;
  /** For a count without a limit of its own: the largest that float64 still counts exactly. */
  readonly largest?: number;
}

/** 100,000 for 100000. */
const grouped = (count: number): string => count.toLocaleString("en-US");

/** A whole number of at least `least`, and at most `most` if given. */
export const whole = (least: number, most?: number): Domain => ({
  allows: (x) => Number.isSafeInteger(x) && x >= least && x <= (most ?? x),
  ...(most === undefined
    ? { words: `a whole number, ${least} or more`, largest: Number.MAX_SAFE_INTEGER }
    : { words: `a whole number from ${grouped(least)} to ${grouped(most)}` }),
});

/** What an allowed value must be, with the largest if a value exceeds that. */
export const wordsFor = ({ words, largest }: Pick<Domain, "words" | "largest">, value: unknown): string =>
  largest !== undefined && typeof value === "number" && value > largest
    ? `${words}, and at most ${grouped(largest)}`
    : words;

const finite: Domain = { allows: Number.isFinite, words: "a finite number" };
const positive: Domain = { allows: (x) => x > 0 && Number.isFinite(x), words: "a number above 0" };

/** A finite number of at least `least`. */
export const atLeast = (least: number): Domain => ({
  allows: (x) => x >= least && Number.isFinite(x),
  words: `a number, ${least} or more`,
});

/** Common domains. */
export const domains = {
  finite,
  positive,
  notNegative: atLeast(0),
  /** A fraction that is kept. */
  fraction: { allows: (x) => x >= 0 && x < 1, words: "a number from 0 up to, but not including, 1" },
  /** A fraction that is taken. */
  part: { allows: (x) => x > 0 && x <= 1, words: "a number above 0 and at most 1" },
  between: { allows: (x) => x > 0 && x < 1, words: "a number between 0 and 1" },
  unit: { allows: (x) => x >= 0 && x <= 1, words: "a number from 0 to 1" },
  /** A count of at least one. */
  count: whole(1),
} as const satisfies Readonly<Record<string, Domain>>;

/**
 * Returns the number if it is allowed. Otherwise throws a RangeError that says what was given and what is allowed. `what` is
 * the value's name, after its owner's if that is not obvious ("moons: count"); `when`: " at step 3".
 */
export function checkNumber(what: string, value: unknown, domain: Domain, when = ""): number {
  if (typeof value === "number" && domain.allows(value)) return value;
  throw new RangeError(`${what} is ${quoteValue(value)}${when}; it must be ${wordsFor(domain, value)}`);
}
