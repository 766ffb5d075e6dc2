import { closeSync, readSync } from "node:fs";
import { fileError, openFile, readStream } from "../../files/node/index.ts";
import { ChunkReader } from "./chunk-reader.ts";
import { gunzipped } from "./gunzip.ts";

/** Deflate compresses at most 1,032 bytes to one (zlib's technical notes), so a gzip file cannot hold more than that. */
const DEFLATE_RATIO = 1032;

/** Bytes handled at a time; larger chunks save no time. */
const CHUNK = 2 ** 18;

/**
 * Reads the bytes of a file, unpacked if it is gzipped: its first bytes decide, not its name. Nothing is written to the disk.
 *
 * @param read gets a reader of the bytes, and the most of them that the file can hold
 * @throws DataError if the file cannot be read, or its gzip data are damaged or truncated
 */
export async function readUnpacked<T>(
  file: string,
  read: (reader: ChunkReader, most: number) => Promise<T>,
): Promise<T> {
  try {
    const { length, gzipped } = inspect(file);
    const chunks = gzipped
      ? gunzipped({ name: file, open: (start) => readStream(file, { start, highWaterMark: CHUNK }) }, CHUNK)
      : readStream(file, { highWaterMark: CHUNK });
    const reader = new ChunkReader(chunks);
    try {
      return await read(reader, gzipped ? length * DEFLATE_RATIO : length);
    } finally {
      await reader.close();
    }
  } catch (error) {
    throw fileError(error, file);
  }
}

/** Whether the first two bytes are those of gzip. */
function inspect(file: string): { length: number; gzipped: boolean } {
  const { descriptor, size } = openFile(file);
  try {
    const bytes = new Uint8Array(2);
    readSync(descriptor, bytes, 0, 2, 0);
    return { length: size, gzipped: bytes[0] === 0x1f && bytes[1] === 0x8b };
  } finally {
    closeSync(descriptor);
  }
}
