/**
 * The words that stand for a missing value, whatever their case: those of R, pandas and Julia, of spreadsheets and their
 * errors, of C's printf, and the marks that people set. They are the same for inputs, targets and the search for a
 * header, and in quotes as without them, since many programs put every cell in quotes.
 */
const WORDS: ReadonlySet<string> = new Set([
  ...[
    "",
    "na",
    "n/a",
    "n.a.",
    "<na>",
    "nan",
    "nat",
    "null",
    "<null>",
    "(null)",
    "\\n",
    "nil",
    "none",
    "missing",
    "undefined",
  ],
  ...["#n/a", "#n/a n/a", "#na", "#div/0!", "#value!", "#ref!", "#name?", "#num!", "#null!", "#spill!", "#calc!"],
  ...["#n/d", "#nv", "#wert!", "#bezug!", "#zahl!", "#valeur!", "#nombre!"], // Excel in other languages
  ...["nan(ind)", "nan(snan)", "inf", "infinity", "∞"],
  ...["-", "--", "---", "–", "—", ".", "..", "...", "?", "??", "*"],
]);

/** Microsoft's C, with as many zeros as digits were wanted: 1.#QNAN, -1.#IND00. */
const NO_NUMBER = /^[+-]?1\.#(qnan|snan|nan|ind|inf)0*$/;

/**
 * Whether a trimmed cell stands for a missing value.
 *
 * @param except words that are what they say in this table, spelled as in it: a class called "None"
 */
export function isMissing(cell: string, except: readonly string[] = []): boolean {
  if (cell.length > LONGEST || (cell !== "" && except.includes(cell))) return false;
  const word = cell.toLowerCase();
  return WORDS.has(word) || NO_NUMBER.test(word) || (/^[+-].*[a-z∞]/.test(word) && WORDS.has(word.slice(1)));
}

/** Long cells need not be looked at. */
const LONGEST = 30;
