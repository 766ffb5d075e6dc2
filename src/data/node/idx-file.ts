import { DataError } from "../../files/index.ts";
import { type IdxRank, idxHeaderLength, readIdxHeader } from "../images/idx.ts";
import type { IdxFile } from "../images/idx-set.ts";
import type { ChunkReader } from "./chunk-reader.ts";
import { readUnpacked } from "./unpacked.ts";

/**
 * Reads an IDX file of labels (rank 1) or images (rank 3), gzipped or not. Memory is allocated only for what the header announces, and
 * only if the file is large enough to hold it.
 *
 * @throws DataError if the file cannot be read, is not an IDX file, is truncated, damaged or too long
 */
export const readIdxFile = (file: string, rank: IdxRank): Promise<IdxFile> =>
  readUnpacked(file, (reader, most) => readIdx(reader, rank, file, most));

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
