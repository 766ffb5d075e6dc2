import { DataError } from "../../files/index.ts";
import { readBytes } from "../../files/node/index.ts";
import { type CsvOptions, csvTable } from "../csv-table.ts";
import type { Dataset } from "../dataset.ts";
import { tableDataset } from "../table.ts";

/** Texts near 512 MiB no longer fit in a string; a table of this size has about 30 million numbers. */
const LARGEST = 2 ** 28;

/** @param name "csv:" and the path of the file */
export async function loadCsv(name: string, options: CsvOptions & { readonly limit?: number }): Promise<Dataset> {
  const text = readText(pathOf(name), name);
  return tableDataset(csvTable(text, name, options), options.limit);
}

/** The file behind a name such as "csv:houses.csv". */
export function pathOf(name: string): string {
  return name.slice("csv:".length);
}

function readText(file: string, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readBytes(file, LARGEST, name));
  } catch (error) {
    if (error instanceof TypeError) throw new DataError(name, "it is not UTF-8 text", "save it as a UTF-8 CSV file");
    throw error;
  }
}
