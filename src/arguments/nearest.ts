import { cut, quote, quoteValue } from "./quote.ts";

/** Longer words are not typos, and comparing takes time proportional to the product of the lengths. */
const LONGEST = 100;

/**
 * The allowed name nearest to a mistyped one, or undefined if none is near: with the fewest insertions, deletions,
 * replacements and swaps of neighbours (Damerau 1964), ignoring case. Of equally near names, it prefers the one with the
 * longer common beginning, then the shorter one.
 */
export function nearestName(given: string, allowed: Iterable<string>): string | undefined {
  if (given.length > LONGEST) return undefined;
  const limit = Math.max(1, Math.floor(given.length / 3));
  const wanted = given.toLowerCase();
  const near = [...allowed]
    .filter((name) => Math.abs(name.length - given.length) <= limit)
    .map((name) => ({ name, edits: distance(wanted, name.toLowerCase()), alike: alike(wanted, name.toLowerCase()) }))
    .filter(({ edits }) => edits <= limit);
  near.sort((a, b) => a.edits - b.edits || b.alike - a.alike || a.name.length - b.name.length);
  return near[0]?.name;
}

/** The length of two words' common beginning. */
function alike(a: string, b: string): number {
  let count = 0;
  while (count < a.length && a[count] === b[count]) count++;
  return count;
}

/** The most names to propose, and to list in full. */
const [MOST_PROPOSED, MOST_LISTED] = [5, 12];
/** The most allowed names in a message. */
const MOST_ALLOWED = 80;
/** Shorter beginnings and parts match too many names. */
const [LEAST_BEGINNING, LEAST_PART] = [2, 3];

/**
 * The allowed names that may be meant: the nearest to a mistyped one; else those that begin with it (`adam`: adam-terms,
 * adam-sweep); else those that contain it, or are a word in it; else those that are its initials (`learning-rate`: lr), or
 * whose initials it is. At most five, the shortest first.
 */
export function nearestNames(given: string, allowed: Iterable<string>): string[] {
  const names = [...allowed];
  if (given.length > LONGEST) return [];
  const typed = nearestName(given, names);
  if (typed !== undefined) return [typed];
  const wanted = plain(given);
  const ways: ((name: string) => boolean)[] = [
    (name) => wanted.length >= LEAST_BEGINNING && name.startsWith(wanted),
    (name) => (wanted.length >= LEAST_PART && name.includes(wanted)) || wordsOf(wanted).includes(name),
    (name) => isInitials(name, wanted) || isInitials(wanted, name),
  ];
  const found = ways.map((isMeant) => names.filter((name) => isMeant(plain(name)))).find(({ length }) => length > 0);
  return (found ?? []).toSorted((a, b) => a.length - b.length).slice(0, MOST_PROPOSED);
}

/** A name without a flag's dashes, and with its words joined by dashes: `batch_size` and `batchSize` become `batch-size`. */
const plain = (name: string): string =>
  name
    .replaceAll(/([a-z\d])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/^-+/, "")
    .replaceAll(/[\s_]+/g, "-");

const wordsOf = (name: string): string[] => name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");

const isInitials = (short: string, long: string): boolean => {
  const words = wordsOf(long);
  return words.length > 1 && words.map((word) => word[0]).join("") === short;
};

/** `; did you mean a, b or c? (…)`, with a reference to all names in parentheses; just `; …` without proposals. */
export function proposal(names: readonly string[], all: string): string {
  if (names.length === 0) return `; ${all}`;
  const last = names[names.length - 1];
  return `; did you mean ${names.length === 1 ? last : `${names.slice(0, -1).join(", ")} or ${last}`}? (${all})`;
}

/** Other libraries' names, in lower case with dashes, and ours; of several of ours, the first that is allowed is meant. */
export type Elsewhere = Readonly<Record<string, readonly string[]>>;

/**
 * The message for an unknown name: `hyper-parameter "beta" is not known; did you mean beta1? (allowed: …)`. If many names are
 * allowed, it refers to the command that lists them: `… (downhill surfaces lists all 24)`.
 */
export function unknownName(
  what: string,
  given: string,
  allowed: readonly string[],
  listing?: string,
  elsewhere: Elsewhere = {},
): string {
  const meant = (Object.hasOwn(elsewhere, plain(given)) ? elsewhere[plain(given)] : []).find((name) =>
    allowed.includes(name),
  );
  const proposed = meant === undefined ? nearestNames(given, allowed) : [meant];
  const unknown = `${what} ${quote(given)} is not known`;
  if (listing !== undefined && allowed.length > MOST_LISTED)
    return `${unknown}${proposal(proposed, `${listing} lists all ${allowed.length}`)}`;
  const named = allowed.slice(0, MOST_ALLOWED).map((name) => cut(name));
  const more = allowed.length > MOST_ALLOWED ? `, … ${allowed.length} in all` : "";
  const all = `allowed: ${named.join(", ") || "none"}${more}`;
  return `${unknown}${proposed.length === 0 ? ` (${all})` : proposal(proposed, all)}`;
}

/** Throws a TypeError for anything but a word, and a RangeError for one that is not allowed, with the nearest that is. */
export function checkChoice(what: string, given: unknown, allowed: readonly string[]): void {
  if (typeof given !== "string")
    throw new TypeError(`${what} is ${quoteValue(given)}; give one of ${allowed.join(", ")}`);
  if (!allowed.includes(given)) throw new RangeError(unknownName(what, given, allowed));
}

function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swaps = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = swaps ? rows[i - 2][j - 2] + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, replaced, swapped));
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}
