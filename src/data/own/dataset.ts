import { isOptions, quoteValue } from "../../arguments/index.ts";
import type { Dataset } from "../dataset.ts";
import { type ReadyTable, splitTable } from "../table/table-dataset.ts";
import { type ArrayOptions, fromArrays } from "./arrays.ts";
import { fromRows, type RowOptions } from "./rows.ts";

/**
 * A data set of one's own: from arrays of numbers, or from rows with named columns. It is split into training, validation and
 * test set, and standardised by the training set.
 *
 * ```ts
 * dataset({ inputs: [[5.1, 3.5], [7, 3.2], …], targets: ["setosa", "virginica", …] });
 * dataset({ rows: [{ age: 31, plan: "basic", stays: "yes" }, …], target: "stays", missing: "mean" });
 * ```
 *
 * @throws TypeError, RangeError for options that are not allowed; DataError for data that cannot be trained on
 */
export function dataset(options: ArrayOptions | RowOptions): Dataset {
  return splitTable(readyRows(options));
}

/** Arrays or rows of one's own, before they are divided into sets. */
export function readyRows(options: ArrayOptions | RowOptions): ReadyTable {
  if (!isOptions(options) || !("inputs" in options || "rows" in options)) {
    const example = "dataset({ inputs: [[1, 2], …], targets: [0, …] }) or dataset({ rows: [{ a: 1, y: 2 }, …] })";
    throw new TypeError(`dataset: there are no inputs and no rows in ${quoteValue(options)}; give ${example}`);
  }
  return "rows" in options ? fromRows(options) : fromArrays(options);
}
