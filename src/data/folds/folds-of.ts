import { isOptions, quoteValue } from "../../arguments/index.ts";
import type { Dataset } from "../dataset.ts";
import type { ArrayOptions } from "../own/arrays.ts";
import { readyRows } from "../own/dataset.ts";
import type { RowOptions } from "../own/rows.ts";
import type { RawTable } from "../table/raw-table.ts";
import { readyTable, type TableOptions } from "../table/table-dataset.ts";
import type { ClassWeights } from "../weights/class-weights.ts";
import { foldableDataset } from "./dataset-folds.ts";
import type { Foldable } from "./foldable.ts";
import { foldableTable } from "./table-folds.ts";

/** A table, as `csvTable` reads it, and how it becomes a data set. */
export interface FoldTable extends TableOptions {
  readonly table: RawTable;
}

/** A data set, and how much the training examples of each class count in each fold. */
export interface FoldDataset {
  readonly dataset: Dataset;
  readonly classWeights?: ClassWeights;
}

/** What can be divided into folds: a data set; or, before anything is measured on them, a table, or the options of `dataset`. */
export type FoldData = Dataset | FoldDataset | FoldTable | ArrayOptions | RowOptions;

/** Prepares data for folds. Throws a TypeError for anything but data; else as `dataset`. */
export function foldableOf(data: FoldData): Foldable {
  if (!isOptions(data))
    throw new TypeError(
      `data is ${quoteValue(data)}; give a data set, { table, … }, or the options of dataset: { rows, target, … }`,
    );
  if ("train" in data) return foldableDataset(data);
  if ("dataset" in data) return foldableDataset(data.dataset, data.classWeights);
  if ("table" in data) {
    const { table, ...options } = data;
    return foldableTable(readyTable(table, options));
  }
  return foldableTable(readyRows(data));
}
