import { checkOptions, quoteValue } from "../../arguments/index.ts";
import { columnOfCells } from "../table/cells-column.ts";
import type { Cell } from "../table/encode.ts";
import { type ColumnRef, findColumn } from "../table/find-column.ts";
import { readingLike } from "../table/prepared.ts";
import type { RawColumn, RawTable } from "../table/raw-table.ts";
import { type ReadyTable, readyTable, type TableOptions } from "../table/table-dataset.ts";

/** A row of a table: values by the names of its columns. */
export type Row = Readonly<Record<string, Cell>>;

/** Rows of one's own, and what to predict from them. */
export interface RowOptions extends TableOptions {
  /** Names the data set in reports and errors. Default "data". */
  readonly name?: string;
  /**
   * Objects whose fields are cells, such as a `Row` or your own interface's. All rows have the same columns; one that a row lacks is
   * missing there.
   */
  readonly rows: readonly object[];
  /** The column to predict, or several columns of numbers. Default: that of `preprocessing`, else the last. */
  readonly target?: ColumnRef | readonly ColumnRef[];
  readonly licence?: string;
}

const OPTIONS = [
  ...["name", "rows", "target", "licence", "ignore", "columns", "weights", "groups"],
  ...["task", "missing", "rare", "split", "limit", "classWeights", "preprocessing", "asIs"],
];

/**
 * Rows, as JSON has them, as a table that is ready to be divided. Numbers stay numbers; text is words, unless all of a column's is numbers. Empty text,
 * null, undefined, NaN and the usual words, such as "NA", are missing.
 *
 * @throws TypeError for rows that are not objects; else as `tableDataset`
 */
export function fromRows(given: RowOptions): ReadyTable {
  const { name = "data", rows, target, licence, ...options } = given;
  checkOptions("dataset", { name, rows, target, licence, ...options }, OPTIONS);
  if (Array.isArray(target) && target.length === 0)
    throw new TypeError('dataset: the target is []; name a column, such as "price", or leave it out for the last one');
  const wanted = target === undefined ? options.preprocessing && readingLike(options.preprocessing).target : target;
  const ready = readyTable(rowTable({ name, rows, ...(wanted !== undefined && { target: wanted }) }), options);
  const more = { source: `${rows.length} rows`, ...(licence !== undefined && { licence }) };
  return { ...ready, build: (split) => ({ ...ready.build(split), ...more }) };
}

/** Rows as a table, with their last column as the target where none is named. Throws a TypeError for rows that are not objects. */
export function rowTable({ name = "data", rows, target }: Pick<RowOptions, "name" | "rows" | "target">): RawTable {
  const names = columnsOf(rows);
  const columns = names.map((column, at) => columnOf(rows, column, at + 1));
  const targets =
    target === undefined ? [names.length - 1] : [target].flat().map((each) => findColumn(names, name, each));
  return { name, rows: rows.length, columns, targets, numbers: { decimal: "." } };
}

function columnsOf(rows: readonly object[]): string[] {
  if (!Array.isArray(rows) || rows.length === 0)
    throw new TypeError(`dataset: the rows are ${quoteValue(rows)}; give a list of objects, one for each example`);
  const names = new Set<string>();
  for (const [i, row] of rows.entries()) {
    if (typeof row !== "object" || row === null || Array.isArray(row))
      throw new TypeError(
        `dataset: row ${i + 1} is ${quoteValue(row)}; give an object, such as { age: 31, colour: "red" }`,
      );
    for (const name of Object.keys(row)) names.add(name);
  }
  return [...names];
}

const columnOf = (rows: readonly object[], name: string, number: number): RawColumn =>
  columnOfCells(
    rows.map((row): unknown => (Object.hasOwn(row, name) ? Reflect.get(row, name) : undefined)),
    name,
    number,
    (cell, row) => {
      throw new TypeError(
        `dataset: ${name} of row ${row + 1} is ${quoteValue(cell)}; give a finite number, text, true, false, a Date or null`,
      );
    },
  );
