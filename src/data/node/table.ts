import { DataError } from "../../files/index.ts";
import { layoutOptions, tableOptions } from "../csv/dataset.ts";
import { csvTable } from "../csv/table.ts";
import type { Dataset } from "../dataset.ts";
import { canonicalName } from "../registry.ts";
import { joinTables } from "../table/join-tables.ts";
import type { RawTable } from "../table/raw-table.ts";
import { tableDataset } from "../table/table-dataset.ts";
import { isFolder } from "./find-file.ts";
import type { LoadOptions } from "./options.ts";
import { readTableText } from "./table-text.ts";

/** The bytes of a text whose table is in memory: its numbers take up to four times as many, and the net's inputs as many again. */
const MOST_IN_MEMORY = 2 ** 26;

/** A data set from one table, or from one for each set. */
export async function loadTableSet(name: string, options: LoadOptions): Promise<Dataset> {
  return tableDataset(await loadTables(name, options), tableOptions(options));
}

/** The rows of a table, and of those for validation and test if `options` names them. Numbers in these are read as in the first. */
export async function loadTables(name: string, options: LoadOptions): Promise<RawTable> {
  const train = await readTable(name, options);
  const { validationFile, testFile } = options;
  if (validationFile === undefined && testFile === undefined) return train;
  const { numbers, form } = train;
  const same = {
    ...options,
    ...(form && { ...numbers, header: form.header, target: train.targets.map((at) => form.columns[at] || at + 1) }),
  };
  const other = (file: string | undefined) => (file === undefined ? undefined : readTable(canonicalName(file), same));
  const [validation, test] = [await other(validationFile), await other(testFile)];
  return joinTables(train, { ...(validation && { validation }), ...(test && { test }) });
}

async function readTable(name: string, options: LoadOptions): Promise<RawTable> {
  if (name.startsWith("parquet:")) return (await import("./parquet.ts")).parquetTable(name, layoutOptions(options));
  if (isFolder(pathOf(name)))
    throw new DataError(
      name,
      "it is a folder",
      `give a file; for images in folders of classes, give images:${pathOf(name)}`,
    );
  const text = await readTableText(pathOf(name), name, options.mostInMemory ?? MOST_IN_MEMORY);
  if (typeof text === "string") return csvTable(text, name, layoutOptions(options));
  return (await import("./kept-table.ts")).keptTable(text, name, options);
}

/** The file behind a name such as "csv:houses.csv". */
export function pathOf(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
