import { DataError, quote } from "../../files/index.ts";
import { readNumber } from "../cells/number.ts";
import { cellPlace, columnLabel, type RawColumn, type RawTable } from "../table/raw-table.ts";
import { isWeight } from "./check-weights.ts";

/**
 * The weights of a table's rows, one for each row of the table; those of rows that are not used are 0.
 *
 * @param rows those that are used
 * @throws DataError for a weight that is missing, no number, negative or not finite, with its line
 */
export function weightsOfTable(table: RawTable, column: RawColumn, rows: Uint32Array): Float64Array {
  const weights = new Float64Array(table.rows);
  for (const row of rows) weights[row] = weightAt(table, column, row);
  return weights;
}

function weightAt(table: RawTable, column: RawColumn, row: number): number {
  const cell = column.cells === "numbers" ? column.values[row] : column.words[column.codes[row]];
  const weight = typeof cell === "string" ? readNumber(cell, table.numbers) : cell;
  if (weight !== undefined && isWeight(weight)) return weight;
  const where = cellPlace(table, row, column);
  if (cell === undefined || Number.isNaN(cell))
    throw new DataError(where, "the weight is missing", "fill it in; an example of weight 0 counts for nothing");
  const said = typeof cell === "string" ? quote(cell) : `${cell}`;
  throw new DataError(where, `the weight is ${said}`, "a weight is a finite number, 0 or more");
}

/** Throws a DataError for a set whose weights are all 0. */
export function checkCounts(table: RawTable, column: RawColumn, set: string, weights: Float64Array): void {
  if (weights.length === 0 || weights.some((weight) => weight > 0)) return;
  throw new DataError(
    `${table.name}: ${columnLabel(column)}`,
    `all ${weights.length} weights of the ${set} set are 0`,
    "let at least one row of each set count, or split the rows otherwise",
  );
}
