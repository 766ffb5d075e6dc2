import type { RawTable } from "../../src/data/index.ts";
import { loadTable } from "../../src/data/node/index.ts";
import * as bundles from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import { UsageError } from "../mistakes/failure.ts";
import type { Settings } from "../settings.ts";

/** The table in a file with the columns of a formula: none is special, as the formula says what each is for. */
export async function curveTable(file: string, settings: Settings): Promise<RawTable> {
  const header = settings.get(flags.header) ?? (settings.get(flags.noHeader) ? false : undefined);
  // A file of rows needs no ending.
  const name = /^\w\w+:/.test(file) || file.toLowerCase().endsWith(".parquet") ? file : `csv:${file}`;
  const table = await loadTable(name, {
    ...settings.options(bundles.form),
    ...(header !== undefined && { header }),
    target: [],
  });
  if (table === undefined)
    throw new UsageError(`${file}: give a file of rows, such as data.csv, or - for standard input`);
  return table;
}
