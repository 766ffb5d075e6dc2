import { quoteValue } from "../../arguments/index.ts";
import { type NumberForm, readNumber } from "../cells/number.ts";
import { nameIn, plainText } from "../cells/plain.ts";
import type { Vector } from "../dataset.ts";
import { readDate } from "./date.ts";
import { type CategoryInput, type InputColumn, widthOf } from "./preprocessing.ts";
import type { RawColumn } from "./raw-table.ts";

/**
 * A raw value of a row: as JSON, a CSV file or a program has it. Empty text, null, undefined and NaN are missing. Where a column holds
 * numbers, true counts 1 and false 0.
 */
export type Cell = string | number | boolean | bigint | Date | null | undefined;

/** A cell as its column takes it: a number, or the index of a category. NaN: missing; undefined: it is neither. */
type Value = number | undefined;

/** The value of a category column's cell that is none of its categories. */
const ANOTHER = -1;

/** Reads a cell that is not missing; undefined where the column cannot take it. */
export function readCell(column: InputColumn, cell: Exclude<Cell, null | undefined>, form: NumberForm): Value {
  switch (column.kind) {
    case "number":
      return finite(typeof cell === "string" ? readNumber(cell.trim(), form) : plainNumber(cell));
    case "date":
      return finite(
        cell instanceof Date
          ? cell.getTime() / 86_400_000
          : typeof cell === "string"
            ? readDate(cell.trim(), column.dayFirst)
            : undefined,
      );
    case "boolean":
      return readBoolean(column.words, cell);
    case "category": {
      const index = column.categories.indexOf(nameIn(String(cell)));
      return index < 0 ? ANOTHER : index;
    }
  }
}

const finite = (value: number | undefined): Value =>
  value !== undefined && Number.isFinite(value) ? value : undefined;

const plainNumber = (cell: number | boolean | bigint | Date): number | undefined =>
  cell instanceof Date ? undefined : Number(cell);

/** Reads the column's own words in any case, true and false, 1 and 0. */
function readBoolean([no, yes]: readonly [string, string], cell: Exclude<Cell, null | undefined>): Value {
  if (cell === true || cell === 1) return 1;
  if (cell === false || cell === 0) return 0;
  const text = plainText(String(cell));
  if (text === plainText(yes) || text === "true" || text === "1") return 1;
  return text === plainText(no) || text === "false" || text === "0" ? 0 : undefined;
}

/** Whether a text is one of the column's own words. These are never missing: a category may be called "None". */
export function isOwnWord(column: InputColumn, text: string): boolean {
  const word = nameIn(text);
  return word !== "" && ownWords(column).includes(word);
}

/** The words that a column knows, spelled as in the training set. */
export const ownWords = (column: InputColumn): readonly string[] =>
  column.kind === "category" ? column.categories : column.kind === "boolean" ? column.words : [];

/** Whether a missing value of this column has something that stands for it. */
export const takesMissing = (column: InputColumn): boolean =>
  column.kind === "category" ? column.missing !== undefined : column.fill !== undefined;

/** Writes the inputs for a value (NaN: missing) into `out`, from `at` on. */
export function writeInputs(column: InputColumn, value: number, out: Vector, at: number): void {
  if (column.kind === "category") writeCategory(column, value, out, at);
  else if (Number.isNaN(value) || column.indicator) writeScaled(column, value, out, at);
  else out[at] = (value - column.mean) / column.deviation;
}

function writeScaled(column: Exclude<InputColumn, CategoryInput>, value: number, out: Vector, at: number): void {
  const filled = Number.isNaN(value) ? (column.fill ?? Number.NaN) : value;
  out[at] = (filled - column.mean) / column.deviation;
  if (column.indicator) out[at + 1] = Number.isNaN(value) ? 1 : 0;
}

function writeCategory(column: CategoryInput, value: number, out: Vector, at: number): void {
  const { categories, other, missing } = column;
  const width = widthOf(column);
  out.fill(0, at, at + width);
  if (value >= 0) out[at + value] = 1;
  else if (Number.isNaN(value) && missing === "input") out[at + width - 1] = 1;
  else if (other) out[at + categories.length] = 1;
}

/**
 * The value of each row of a table's column. Cells that the column cannot take give their row to `onStray`, which throws.
 */
export function columnValues(
  column: InputColumn,
  raw: RawColumn,
  form: NumberForm,
  onStray: (row: number) => never,
): Float64Array {
  const meanings = meaningsOf(column, raw, form, onStray);
  if (raw.cells === "words" || column.kind === "number") return cellValues(raw, meanings);
  return raw.values.map((value, row) =>
    Number.isNaN(value) ? value : (readCell(column, value, form) ?? onStray(row)),
  );
}

/** The value of each word of a column, by its code; nothing for a column of numbers. */
export function meaningsOf(
  column: InputColumn,
  raw: RawColumn,
  form: NumberForm,
  onStray: (row: number) => never,
): Float64Array | undefined {
  if (raw.cells === "numbers") return undefined;
  return Float64Array.from(raw.words, (word, code) => readCell(column, word, form) ?? onStray(raw.firstRows[code]));
}

/** The values of a column's rows: its numbers, or what its words mean. */
export function cellValues(raw: RawColumn, meanings?: Float64Array): Float64Array {
  if (raw.cells === "numbers") return raw.values;
  const { codes } = raw;
  const values = new Float64Array(codes.length);
  for (let row = 0; row < codes.length; row++) values[row] = meaning(codes[row], meanings);
  return values;
}

/** The value of a cell: a number, or the code of a word, which `meanings` explain. NaN if it is missing. */
export const meaning = (cell: number, meanings?: Float64Array): number =>
  meanings === undefined ? cell : cell < 0 ? Number.NaN : meanings[cell];

/** What a column takes, for messages. */
export function wantedWords(column: InputColumn): string {
  switch (column.kind) {
    case "number":
      return "a number";
    case "date":
      return "a date such as 2024-04-03";
    case "boolean":
      return column.words.map((word) => quoteValue(word)).join(" or ");
    case "category":
      return "a word";
  }
}
