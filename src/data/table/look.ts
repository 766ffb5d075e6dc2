import { DataError } from "../../files/index.ts";
import type { Dataset } from "../dataset.ts";
import { sortColumns } from "./choose.ts";
import type { ColumnFacts } from "./column-facts.ts";
import { describeRefused } from "./describe-columns.ts";
import type { RawTable } from "./raw-table.ts";
import { type TableOptions, tableDataset } from "./table-dataset.ts";

/** What a table holds, whether or not it can be trained on. */
export interface TableLook {
  readonly columns: readonly ColumnFacts[];
  /** The data set that it becomes; missing if there is a problem. */
  readonly data?: Dataset;
  /** Why it cannot be trained on yet. */
  readonly problem?: DataError;
}

/**
 * A look at a table: what its columns hold, and the data set that it becomes, or why it cannot be one yet.
 *
 * @throws DataError for options that name columns that do not exist; RangeError for options that are not allowed
 */
export function lookAtTable(table: RawTable, options: TableOptions = {}): TableLook {
  try {
    const data = tableDataset(table, options);
    return { data, columns: data.columns ?? [] };
  } catch (problem) {
    if (!(problem instanceof DataError) || table.rows === 0) throw problem;
    const sorted = sortColumns(table, options, options.split?.column);
    return { columns: describeRefused(table, sorted, options.rare ?? 2), problem };
  }
}
