import { closeSync, readSync } from "node:fs";
import { DataError } from "../../files/index.ts";
import { fileError, openFile, readStream } from "../../files/node/index.ts";
import { type IdxRank, idxHeaderLength, readIdxHeader } from "../images/idx.ts";
import type { IdxFile } from "../images/idx-set.ts";
import { ChunkReader } from "./chunk-reader.ts";
import { gunzipped } from "./gunzip.ts";

/** Deflate compresses at most 1,032 bytes to one (zlib's technical notes), so a gzip file cannot hold more than that. */
const DEFLATE_RATIO = 1032;

/** Bytes handled at a time; larger chunks save no time. */
const CHUNK = 2 ** 18;

/**
 * Reads an IDX file of labels (rank 1) or images (rank 3), gzipped or not: its first bytes decide, not its name. Memory is allocated
 * only for what the header announces, and only if the file is large enough to hold it.
 *
 * @throws DataError if the file cannot be read, is not an IDX file, is truncated, damaged or too long
 */
export async function readIdxFile(file: string, rank: IdxRank): Promise<IdxFile> {
  try {
    const { length, gzipped } = inspect(file);
    const most = gzipped ? length * DEFLATE_RATIO : length;
    const chunks = gzipped
      ? gunzipped({ name: file, open: (start) => readStream(file, { start, highWaterMark: CHUNK }) }, CHUNK)
      : readStream(file, { highWaterMark: CHUNK });
    const reader = new ChunkReader(chunks);
    try {
      return await readIdx(reader, rank, file, most);
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

/** @param most the most bytes that the file can hold */
async function readIdx(reader: ChunkReader, rank: IdxRank, file: string, most: number): Promise<IdxFile> {
  const length = idxHeaderLength(rank);
  const { dimensions, size } = readIdxHeader(await reader.read(length), rank, file);
  const announced = `announces ${dimensions.join(" × ")} = ${size} bytes`;
  if (length + size > most) {
    throw new DataError(file, `${announced}, but can hold ${most - length} at most`, "it is truncated: get it again");
  }
  const data = await reader.read(size);
  if (data.length < size) {
    throw new DataError(file, `${announced}, but ends after ${data.length}`, "it is truncated: get it again");
  }
  if (!(await reader.ended())) throw new DataError(file, `${announced}, but goes on after them`, "get the file again");
  return { file, dimensions, data };
}
