import type { Dataset } from "../dataset.ts";
import { readingLike } from "../table/prepared.ts";
import { type TableOptions, tableDataset } from "../table/table-dataset.ts";
import type { LayoutOptions } from "./layout.ts";
import { csvTable } from "./table.ts";

/** How a text is parsed, and how its table becomes a data set. */
export interface CsvOptions extends LayoutOptions, TableOptions {}

/** A data set from comma-separated text: `csvTable`, then `tableDataset`. */
export function csvDataset(text: string, name: string, options: CsvOptions = {}): Dataset {
  return tableDataset(csvTable(text, name, layoutOptions(options)), tableOptions(options));
}

/** The options that say how a text is parsed, among all of those that loading a data set takes. */
export const layoutOptions = (options: CsvOptions): LayoutOptions => {
  const { delimiter, decimal, thousands, preprocessing } = options;
  const like = preprocessing && readingLike(preprocessing);
  const { target = like?.target, header = like?.header, spelled = like?.spelled } = options;
  const notMissing = [...(options.notMissing ?? []), ...(like?.notMissing ?? [])];
  return { delimiter, decimal, thousands, target, header, notMissing, spelled };
};

/** The options that say how a table becomes a data set. */
export const tableOptions = (options: CsvOptions): TableOptions => {
  const { task, ignore, columns, weights, groups, missing, rare, split, limit, classWeights, preprocessing } = options;
  const { asIs } = options;
  return {
    task,
    ignore,
    columns,
    weights,
    groups,
    missing,
    rare,
    split,
    limit,
    classWeights,
    preprocessing,
    ...(asIs !== undefined && { asIs }),
  };
};
