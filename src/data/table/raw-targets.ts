import { quoteList } from "../../arguments/index.ts";
import { DataError, quote } from "../../files/index.ts";
import { readNumber } from "../cells/number.ts";
import { nameIn } from "../cells/plain.ts";
import type { Preprocessing } from "./preprocessing.ts";
import { cellPlace, columnName, type RawColumn, type RawTable } from "./raw-table.ts";

/**
 * The targets in a table's rows: indices of classes, or values in their own unit, rows × targets. Columns are matched by name.
 *
 * @throws DataError for columns that the table lacks, missing targets, classes that are not the net's, and cells that are not numbers
 */
export function targetsOfTable(table: RawTable, { target }: Preprocessing): Float64Array {
  const names = target.kind === "classes" ? [target.name ?? "target"] : target.names;
  const out = new Float64Array(table.rows * names.length);
  for (const [at, name] of names.entries()) {
    const column = table.columns.find((each) => columnName(each) === name);
    if (column === undefined)
      throw new DataError(
        table.name,
        `there is no column ${quote(name)}`,
        "it holds the target, which predictions are compared with",
      );
    const cells = cellsOf(column);
    for (let row = 0; row < table.rows; row++)
      out[row * names.length + at] = targetAt(table, column, row, cells(row), target);
  }
  return out;
}

/** The number or the word of each row; neither where it is missing. */
function cellsOf(column: RawColumn): (row: number) => number | string | undefined {
  if (column.cells === "numbers") {
    const { values } = column;
    return (row) => values[row];
  }
  const { codes, words } = column;
  return (row) => words[codes[row]];
}

function targetAt(
  table: RawTable,
  column: RawColumn,
  row: number,
  word: number | string | undefined,
  target: Preprocessing["target"],
): number {
  if (word === undefined || Number.isNaN(word))
    throw new DataError(cellPlace(table, row, column), "the target is missing", "fill it in, or remove the row");
  if (target.kind === "values") {
    const value = typeof word === "number" ? word : readNumber(word, table.numbers);
    if (value !== undefined && Number.isFinite(value)) return value;
    throw new DataError(
      cellPlace(table, row, column),
      `${quote(String(word))} is not a number`,
      "the net predicts numbers",
    );
  }
  const index = target.classes.indexOf(nameIn(String(word)));
  if (index >= 0) return index;
  const known = `the net knows ${quoteList(target.classes)}`;
  throw new DataError(cellPlace(table, row, column), `${quote(String(word))} is no class of the net`, known);
}
