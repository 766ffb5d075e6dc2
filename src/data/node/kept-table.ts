import { setImmediate } from "node:timers/promises";
import { layoutOptions } from "../csv/dataset.ts";
import { checkLayoutOptions } from "../csv/table.ts";
import { TableReader } from "../csv/table-reader.ts";
import type { RawTable } from "../table/raw-table.ts";
import { KeptCells } from "./kept-cells.ts";
import type { LoadOptions } from "./options.ts";
import { ScratchFile } from "./scratch-file.ts";
import type { LongText } from "./table-text.ts";

/**
 * A table that is larger than memory: its text is read in pieces, its cells are kept in a file.
 *
 * @throws DataError as `csvTable` does, and where the file is changed meanwhile or the disk is full
 */
export async function keptTable(text: LongText, name: string, options: LoadOptions): Promise<RawTable> {
  const layout = layoutOptions(options);
  checkLayoutOptions(layout);
  const cells = new KeptCells(() => new ScratchFile(text.size));
  try {
    const reader = new TableReader(name, layout, cells);
    do await send(text, reader, options.signal);
    while (reader.finish());
    const table = reader.table();
    const [from, to] = [text.size, cells.size].map((bytes) => `${Math.ceil(bytes / 1e6)} MB`);
    const message = `${name}: ${from}, so it is kept in a file of ${to} in ${cells.folder}, from which batches are read`;
    options.onProgress?.({ kind: "note", message });
    return { ...table, kept: cells };
  } catch (error) {
    cells.close();
    throw error;
  }
}

/** Lets other work be done between the pieces, such as hearing a signal. */
async function send(text: LongText, reader: TableReader, signal?: AbortSignal): Promise<void> {
  for await (const piece of text.pieces()) {
    reader.push(piece);
    await setImmediate();
    signal?.throwIfAborted();
  }
}
