import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { DataError } from "../../files/index.ts";
import { sizeOf } from "../../files/node/index.ts";
import type { LayoutOptions } from "../csv/layout.ts";
import { columnOfCells } from "../table/cells-column.ts";
import { findColumn } from "../table/find-column.ts";
import { columnLabel, type RawTable } from "../table/raw-table.ts";

/** The most cells of a file, since every row becomes an object. */
const MOST_CELLS = 2 ** 26;

/**
 * A table from a Parquet file, read by hyparquet, which is loaded here only. Pages may be packed by Snappy, gzip or Brotli.
 *
 * @param name "parquet:FILE"
 * @param most cells of a table that is read
 * @throws DataError for a file that cannot be read, or is too large, a cell that is a list or an object, and a target that is no column
 */
export async function parquetTable(
  name: string,
  { target, notMissing }: Pick<LayoutOptions, "target" | "notMissing"> = {},
  most = MOST_CELLS,
): Promise<RawTable> {
  const path = name.slice("parquet:".length);
  sizeOf(path); // says what is wrong with the path
  const cells = await readColumns(path, name, most);
  const names = [...cells.keys()];
  const columns = [...cells].map(([column, values], at) =>
    columnOfCells(values, column, at + 1, refuseAt(name, column, at + 1), notMissing),
  );
  const last = [names.length - 1];
  const targets = target === undefined ? last : [target].flat().map((each) => findColumn(names, name, each));
  return {
    name,
    rows: columns[0].cells === "numbers" ? columns[0].values.length : columns[0].codes.length,
    columns,
    targets,
    numbers: { decimal: "." },
  };
}

const refuseAt =
  (name: string, column: string, number: number) =>
  (cell: unknown, row: number): never => {
    throw new DataError(
      `${name}: row ${row + 1}, ${columnLabel({ name: column, number })}`,
      `it holds ${typeof cell === "object" ? "a list or an object" : String(cell)}, not a number, text or a date`,
      "leave the column out when you write the file",
    );
  };

async function readColumns(path: string, name: string, most: number): Promise<Map<string, unknown[]>> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } = await import("hyparquet");
  try {
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    const names = parquetSchema(metadata).children.map(({ element }) => element.name);
    refuseLarge(name, Number(metadata.num_rows), names.length, most);
    const rows = await parquetReadObjects({ file, metadata, compressors });
    return new Map(names.map((column) => [column, rows.map((row): unknown => row[column])]));
  } catch (error) {
    if (error instanceof DataError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataError(name, `it cannot be read: ${reason}`, "write it with Snappy, gzip or no compression", {
      cause: error,
    });
  }
}

function refuseLarge(name: string, rows: number, columns: number, most: number): void {
  if (rows * columns <= most) return;
  const [cells, limit] = [rows * columns, most].map((count) => count.toLocaleString("en"));
  const problem = `${rows.toLocaleString("en")} rows × ${columns} columns are ${cells} cells; a Parquet file is read into memory, up to ${limit}`;
  throw new DataError(name, problem, "write it as a CSV file, which may be larger than memory, or leave columns out");
}

const compressors = {
  GZIP: (bytes: Uint8Array) => new Uint8Array(gunzipSync(bytes)),
  BROTLI: (bytes: Uint8Array) => new Uint8Array(brotliDecompressSync(bytes)),
};
