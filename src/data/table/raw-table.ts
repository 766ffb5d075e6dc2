import { DataError, quote } from "../../files/index.ts";
import type { NumberForm } from "../cells/number.ts";
import type { TableForm } from "../dataset.ts";

/** A table as it was read: columns of equal length, their cells not yet interpreted. */
export interface RawTable {
  /** Names the table in errors: "csv:houses.csv". */
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly RawColumn[];
  /** The columns to predict, from 0. */
  readonly targets: readonly number[];
  /** The lines of its rows in the file; missing if there are no lines. */
  readonly lines?: Lines;
  /** If it was joined from several: their rows, one after the other. */
  readonly parts?: readonly TablePart[];
  /** How numbers are written in it. */
  readonly numbers: NumberForm;
  /** How the text was parsed. */
  readonly form?: TableForm;
  /** Where it is kept, if it is larger than memory. Its columns are read from there each time that their cells are asked for. */
  readonly kept?: KeptTable;
}

/** Where rows are in a text. */
export interface Lines {
  /** The line of a row; rows count from 0, lines from 1. */
  at(row: number): number;
}

/** A table that is kept in a file. */
export interface KeptTable {
  /** Lays out some columns, by their indices, so that single rows can be read. */
  rowReader(columns: readonly number[]): RowReader;
  /** Lets go of cells that are in memory. */
  release(): void;
  /** Lets go of the file. Nothing can be read any more. */
  close(): void;
}

/** Reads the cells of some rows, numbers or the codes of words, to the front of `cells`: rows × columns. */
export type RowReader = (rows: Uint32Array, cells: Float64Array) => void;

/** The rows of one of several tables that were joined. */
export interface TablePart {
  readonly name: string;
  readonly rows: number;
  readonly lines?: Lines;
  /** The set that the rows belong to; those without are split. */
  readonly set?: "validation" | "test";
}

/** A column of a table. */
export type RawColumn = NumberColumn | WordColumn;

interface Named {
  /** As in the header; empty without one. */
  readonly name: string;
  /** From 1. */
  readonly number: number;
  /** A missing cell: the first, as it was written. */
  readonly firstMissing?: { readonly row: number; readonly text: string };
  readonly missing: number;
}

/** A column whose cells are all numbers, or missing. */
export interface NumberColumn extends Named {
  readonly cells: "numbers";
  /** NaN for a missing one. */
  readonly values: Float64Array;
}

/** A column with other cells, too, or one whose spelling matters. */
export interface WordColumn extends Named {
  readonly cells: "words";
  /** The index of each row's word; −1 for a missing one. */
  readonly codes: Int32Array;
  /** Every different word, in the order of their first rows. */
  readonly words: readonly string[];
  /** The first row with each word. */
  readonly firstRows: readonly number[];
  /** Whether there are more words, for which the last one stands: a table that is larger than memory cannot keep any number of them. */
  readonly isCut?: boolean;
}

/** A column in messages: `column 3 ("age")`. */
export const columnLabel = ({ name, number }: Pick<RawColumn, "name" | "number">): string =>
  name === "" ? `column ${number}` : `column ${number} (${quote(name)})`;

/** A column's name where one is needed: its own, or `column 3`. */
export const columnName = ({ name, number }: Pick<RawColumn, "name" | "number">): string =>
  name === "" ? `column ${number}` : name;

/** The place of a cell in messages: `csv:f.csv: line 4, column 3 ("age")`. */
export function cellPlace(table: RawTable, row: number, column: RawColumn): string {
  const { name, lines, at } = partWith(table, row);
  const where = lines === undefined ? `row ${at + 1}` : `line ${lines.at(at)}`;
  return `${name}: ${where}, ${columnLabel(column)}`;
}

/** The part that a row is in, and the row's place in it. */
function partWith(table: RawTable, row: number): Pick<TablePart, "name" | "lines"> & { readonly at: number } {
  let at = row;
  for (const part of table.parts ?? []) {
    if (at < part.rows) return { ...part, at };
    at -= part.rows;
  }
  return { ...table, at };
}

/** @throws DataError for a table without rows */
export function checkRows({ name, rows }: RawTable): void {
  if (rows === 0) throw new DataError(name, "there are no rows below the header", "add rows of data");
}

/** How many rows have each word of a column. */
export function wordCounts({ codes, words }: WordColumn): Float64Array {
  const counts = new Float64Array(words.length);
  for (const code of codes) if (code >= 0) counts[code]++;
  return counts;
}

/** A column of numbers as one of words, for sources whose numbers have no spelling. */
export function spellNumbers(column: NumberColumn): WordColumn {
  const known = new Map<number, number>();
  const firstRows: number[] = [];
  const codes = Int32Array.from(column.values, (value, row) => {
    if (Number.isNaN(value)) return -1;
    if (!known.has(value)) firstRows.push(row);
    const code = known.get(value) ?? known.size;
    known.set(value, code);
    return code;
  });
  const { name, number, missing, firstMissing } = column;
  const common = { name, number, missing, ...(firstMissing && { firstMissing }) };
  return { ...common, cells: "words", codes, words: [...known.keys()].map(String), firstRows };
}
