import { DataError, quote, setting } from "../../files/index.ts";
import type { MissingPolicy } from "../choices/index.ts";
import { range } from "../split.ts";
import type { Choice } from "./choose.ts";
import { ignoreSetting } from "./find-column.ts";
import { cellPlace, type RawColumn, type RawTable } from "./raw-table.ts";
import { headerAdvice } from "./targets.ts";

const FILL = setting("--missing mean", 'missing: "mean"');

/** The rows of a table that can be used. */
export interface UsableRows {
  readonly count: number;
  /** Whether they are all rows of the table. */
  readonly areAll: boolean;
  /** Their indices, in order: listed when they are asked for, where all rows can be used. */
  list(): Uint32Array;
}

/**
 * The rows to use, in order: with "drop" those that are complete; with fills, those that have a target.
 *
 * @throws DataError if the policy is "refuse" and a cell is missing, or no row is left
 */
export function usableRows(table: RawTable, { inputs, targets }: Choice, policy: MissingPolicy): UsableRows {
  const columns = inputs.map(({ column }) => column);
  const needed = (policy === "drop" || policy === "refuse" ? [...columns, ...targets] : targets).filter(
    ({ missing }) => missing > 0,
  );
  const [first] = needed.toSorted(
    (a, b) => (a.firstMissing?.row ?? 0) - (b.firstMissing?.row ?? 0) || a.number - b.number,
  );
  if (first !== undefined && policy === "refuse") throw missingError(table, first, targets.includes(first));
  if (needed.length === 0) return { count: table.rows, areAll: true, list: () => range(0, table.rows) };
  let left = range(0, table.rows);
  for (const column of needed) left = left.filter(isThereIn(column));
  if (left.length > 0) return someRows(left);
  const advice = `leave out the columns that have most of them, or fill them in: ${FILL}`;
  throw new DataError(table.name, `each of the ${table.rows} rows has a missing cell`, advice);
}

/** Rows by their indices, as those that can be used. */
export const someRows = (rows: Uint32Array): UsableRows => ({ count: rows.length, areAll: false, list: () => rows });

/** Whether a row has a cell in this column. */
function isThereIn(column: RawColumn): (row: number) => boolean {
  if (column.cells === "numbers") {
    const { values } = column;
    return (row) => !Number.isNaN(values[row]);
  }
  const { codes } = column;
  return (row) => codes[row] >= 0;
}

function missingError(table: RawTable, column: RawColumn, isTarget: boolean): DataError {
  const { row, text } = column.firstMissing ?? { row: 0, text: "" };
  const where = cellPlace(table, row, column);
  const header = headerAdvice(table, row);
  const drop = setting("--missing drop", 'missing: "drop"');
  const value = text === "" ? "" : valueAdvice(table, column, text);
  if (isTarget) {
    const problem =
      text === "" ? "the target is missing" : `the target is ${quote(text)}, which stands for a missing value`;
    return new DataError(where, problem, `fill it in, or leave such rows out: ${drop}${value}${header}`);
  }
  const problem = text === "" ? "the cell is empty" : `${quote(text)} stands for a missing value`;
  const ignore = ignoreSetting(
    [column.number],
    table.columns.map(({ name }) => name),
  );
  const rows = column.missing === 1 ? "1 row has" : `${column.missing} rows have`;
  const advice = `fill it in (${FILL}), leave such rows out (${drop}) or the column (${ignore})${value}${header}`;
  return new DataError(where, `${problem}; ${rows} no value in this column`, advice);
}

/** What to do if a word is a value after all: cells that are no text, such as those of rows and Parquet, have no setting for that. */
function valueAdvice({ form }: RawTable, { cells }: RawColumn, text: string): string {
  if (form !== undefined) return `, or if it is a value, say ${notMissingSetting(text)}`;
  return cells === "numbers" ? "" : `, or if it is a value, write it otherwise, such as ${quote(`_${text}`)}`;
}

function notMissingSetting(text: string): string {
  const word = /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
  return setting(`--not-missing ${word}`, `notMissing: [${JSON.stringify(text)}]`);
}
