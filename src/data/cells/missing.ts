import { plainText } from "./plain.ts";

/**
 * The words that stand for a missing value, whatever their case: those of R, pandas and Julia, of spreadsheets and their
 * errors, of C's printf, and the marks that people use. They are the same for inputs, targets and the search for a header, with or
 * without quotes, since many programs quote every cell.
 */
const WORDS: ReadonlySet<string> = new Set([
  ...[
    "",
    "na",
    "n/a",
    "n.a",
    "<na>",
    "<nil>",
    "pd.na",
    "pd.nat",
    "np.nan",
    "math.nan",
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
  ...["#n/a", "#n/a n/a", "#na", "#getting_data", "#n/d", "#nv", "#n/b", "#i/t", "#н/д", "#yok"],
  ...["inf", "infinity", "∞"],
  ...["-", "--", "---", "?", "??", "*"],
]);

/** A spreadsheet's error in any language: #DIV/0!, #¡VALOR!, #NOM? */
const SHEET_ERROR = /^#[¡¿]?\p{L}[\p{L}\p{M}\d/_ ]*[!?]$/u;

/** C's not-a-number and its bits: nan(ind), nan(0x8000). */
const NAN_BITS = /^[+-]?nan\(\w*\)$/;

/** Microsoft's C, with as many zeros as digits were requested: 1.#QNAN, -1.#IND00. */
const NO_NUMBER = /^[+-]?1\.#(qnan|snan|nan|ind|inf)0*$/;

/**
 * Whether a trimmed cell stands for a missing value.
 *
 * @param except words that are values in this table, spelled as in it: a class called "None"
 */
export function isMissing(cell: string, except: readonly string[] = []): boolean {
  if (cell.length > LONGEST || (cell !== "" && except.includes(cell))) return false;
  const word = undressed(cell);
  if (WORDS.has(word) || (/^[+-].*[a-z∞]/.test(word) && WORDS.has(word.slice(1)))) return true;
  return [SHEET_ERROR, NAN_BITS, NO_NUMBER].some((form) => form.test(word));
}

const QUOTES = "\"'`‘’‚“”„«»‹›";

/** Without quotes about it and points after it: 'NA', N/A., … */
function undressed(cell: string): string {
  const text = plainText(cell);
  let [start, end] = [0, text.length];
  while (start < end && QUOTES.includes(text[start])) start++;
  while (end > start && QUOTES.includes(text[end - 1])) end--;
  while (end > start && ". ".includes(text[end - 1])) end--;
  return text.slice(start, end).trim();
}

/** Longer cells need not be checked. */
const LONGEST = 30;
