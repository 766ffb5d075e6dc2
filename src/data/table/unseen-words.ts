import { nameIn } from "../cells/plain.ts";
import type { CategoryInput, Preprocessing } from "./preprocessing.ts";
import { columnName, type RawTable, spellNumbers, wordCounts } from "./raw-table.ts";

/** Words in a column of a table that are none of a net's categories. */
export interface UnseenWords {
  readonly column: string;
  /** Rows with such a word. */
  readonly rows: number;
  /** Each once, in the order of their first rows. */
  readonly words: readonly string[];
  /** Whether rare words of the training set had an input of their own, which these share. */
  readonly shared: boolean;
}

/** The columns of a table that have words which the net's training set had not, or had too rarely. Missing cells are none. */
export function unseenWords(table: RawTable, { inputs }: Pick<Preprocessing, "inputs">): UnseenWords[] {
  if (inputs.kind !== "columns") return [];
  return inputs.columns
    .filter((column) => column.kind === "category")
    .map((column) => unseenIn(table, column))
    .filter(({ rows }) => rows > 0);
}

function unseenIn(table: RawTable, { name, categories, other }: CategoryInput): UnseenWords {
  const found = table.columns.find((column) => columnName(column) === name);
  if (found === undefined) return { column: name, rows: 0, words: [], shared: other === true };
  const column = found.cells === "words" ? found : spellNumbers(found);
  const known = new Set(categories);
  const counts = wordCounts(column);
  const unseen = column.words
    .map((word, code) => ({ word, rows: counts[code] }))
    .filter(({ word }) => !known.has(nameIn(word)));
  return {
    ...{ column: name, shared: other === true },
    rows: unseen.reduce((sum, { rows }) => sum + rows, 0),
    words: unseen.filter(({ rows }) => rows > 0).map(({ word }) => word),
  };
}
