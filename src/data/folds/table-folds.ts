import { quote } from "../../arguments/index.ts";
import { DataError } from "../../files/index.ts";
import { cellPlace, type RawColumn, type RawTable, spellNumbers } from "../table/raw-table.ts";
import { checkSplit, type SplitOptions, splitRows } from "../table/split-rows.ts";
import type { ReadyTable } from "../table/table-dataset.ts";
import type { Foldable } from "./foldable.ts";

/**
 * The rows of a table as folds take them. A test set stays aside if it was asked for: by a fraction, by a column, or by a table of its
 * own. Otherwise all rows are in the folds.
 *
 * @throws DataError for a row whose group is missing; RangeError for a validation set of one's own
 */
export function foldableTable({ table, rows, targets, split, groups, build }: ReadyTable): Foldable {
  refuseValidation(table, split);
  const isAside =
    split.test !== undefined || split.column !== undefined || table.parts?.some(({ set }) => set === "test");
  const test = isAside ? new Set(splitRows(table, rows, targets.task, targets.values, split).test) : undefined;
  const folded = rows.list().filter((row) => !test?.has(row));
  return {
    ...{ rows: folded, aside: Uint32Array.from(test ?? []), build },
    labels:
      targets.task === "classification"
        ? Float64Array.from(folded, (row) => targets.values[row])
        : new Uint8Array(folded.length),
    ...(groups && { groups: groupsOf(table, groups, folded) }),
  };
}

/** A fold's validation set is drawn from its own training rows: one beside them would be divided, too, or have no effect. */
function refuseValidation({ parts }: RawTable, split: SplitOptions): void {
  checkSplit(split);
  const own = parts?.find(({ set }) => set === "validation");
  const given = own === undefined ? split.validation : quote(own.name);
  if (given === undefined) return;
  const [what, advice] =
    own === undefined
      ? ["split: validation", "leave it out"]
      : ["the validation set", "leave it out, or join its rows to the table"];
  throw new RangeError(
    `folds: ${what} is ${given}, but each fold draws what early stopping watches from its own training rows; ${advice}`,
  );
}

/** The number of each row's group. */
function groupsOf(table: RawTable, column: RawColumn, rows: Uint32Array): Int32Array {
  const { codes } = column.cells === "words" ? column : spellNumbers(column);
  return Int32Array.from(rows, (row) => {
    if (codes[row] >= 0) return codes[row];
    throw new DataError(cellPlace(table, row, column), "the row's group is missing", "fill it in, or remove the row");
  });
}
