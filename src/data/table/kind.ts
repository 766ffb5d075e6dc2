import { type NumberForm, otherwiseNumber, readNumber } from "../cells/number.ts";
import { plainText } from "../cells/plain.ts";
import type { ColumnKind } from "./column-facts.ts";
import { dateOrder } from "./date.ts";
import type { RawColumn } from "./raw-table.ts";

/** With more different words than this a column is text. */
export const MOST_CATEGORIES = 100;

/** Pairs of words for no and yes, in plain lower case. */
const PAIRS: readonly (readonly [no: string, yes: string])[] = [
  ["false", "true"],
  ["no", "yes"],
  ["f", "t"],
  ["n", "y"],
  ["off", "on"],
];

/** A column is what all its words are. If most of its different words are numbers, or look like some (1,5 or $5), all should be. */
export function kindOf(column: RawColumn, form: NumberForm): ColumnKind {
  if (column.cells === "numbers")
    return column.missing > 0 && column.missing === column.values.length ? "empty" : "number";
  if (column.isCut) return dateOrder(column.words.slice(0, -1)) === undefined ? "text" : "date";
  const { words } = column;
  if (words.length === 0) return "empty";
  if (booleanWords(words) !== undefined) return "boolean";
  if (dateOrder(words) !== undefined) return "date";
  const strange = words.filter((word) => readNumber(word, form) === undefined);
  if (strange.length === 0) return "number";
  const numbers = words.length - strange.filter((word) => otherwiseNumber(word, form) === undefined).length;
  if (2 * numbers > words.length) return "mixed";
  return words.length <= MOST_CATEGORIES ? "category" : "text";
}

/** The words for no and yes among the words of a column, as spelled; undefined if it has others, or one of them in two spellings. */
export function booleanWords(words: readonly string[]): readonly [no: string, yes: string] | undefined {
  if (words.length > 2) return undefined;
  const plain = words.map(plainText);
  const pair = PAIRS.find((each) => plain.every((word) => each.includes(word)));
  if (pair === undefined || new Set(plain).size < words.length) return undefined;
  const spelled = (word: string) => words[plain.indexOf(word)] ?? word;
  return [spelled(pair[0]), spelled(pair[1])];
}
