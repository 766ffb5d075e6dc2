import { readFile, stat } from "node:fs/promises";
import { type CsvOptions, csvTable } from "../csv-table.ts";
import type { Dataset } from "../dataset.ts";
import { DataError } from "../error.ts";
import { tableDataset } from "../table.ts";
import { fileError } from "./file-error.ts";

/** Texts near 512 MiB no longer fit in a string; a table of this size has about 30 million numbers. */
const LARGEST = 2 ** 28;

/** @param name "csv:" and the path of the file */
export async function loadCsv(name: string, options: CsvOptions & { readonly limit?: number }): Promise<Dataset> {
  const text = await readText(pathOf(name), name);
  return tableDataset(csvTable(text, name, options), options.limit);
}

/** The file behind a name such as "csv:houses.csv". */
export function pathOf(name: string): string {
  return name.slice("csv:".length);
}

async function readText(file: string, name: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > LARGEST) throw new DataError(name, `has ${size} bytes, expected at most ${LARGEST}`, "take fewer rows");
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await readFile(file));
  } catch (error) {
    if (error instanceof TypeError) throw new DataError(name, "it is not UTF-8 text", "save it as a UTF-8 CSV file");
    throw fileError(error, name);
  }
}
