/**
 * The words that stand for a missing value, whatever their case: those of R, pandas and Julia, of spreadsheets and their
 * errors, of C's printf, and the marks that people set. They are the same for inputs, targets and the search for a
 * header, and in quotes as without them, since many programs put every cell in quotes.
 */
const WORDS: ReadonlySet<string> = new Set([
  ...["", "na", "n/a", "n.a.", "<na>", "nan", "nat", "null", "nil", "none", "missing", "undefined"],
  ...["#n/a", "#n/a n/a", "#na", "#div/0!", "#value!", "#ref!", "#name?", "#num!", "#null!"],
  ...["1.#qnan", "1.#snan", "1.#nan", "1.#ind", "1.#inf", "inf", "infinity", "∞"],
  ...["-", "--", "---", "–", "—", ".", "..", "...", "?", "??", "*"],
]);

/**
 * Whether a trimmed cell stands for a missing value.
 *
 * @param except words that are what they say in this table, spelled as in it: a class called "None"
 */
export function isMissing(cell: string, except: readonly string[] = []): boolean {
  if (cell.length > LONGEST || (cell !== "" && except.includes(cell))) return false;
  const word = cell.toLowerCase();
  return WORDS.has(word) || (/^[+-].*[a-z∞]/.test(word) && WORDS.has(word.slice(1)));
}

const LONGEST = 1 + Math.max(...[...WORDS].map((word) => word.length));
