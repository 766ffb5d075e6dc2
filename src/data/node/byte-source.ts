import { statSync } from "node:fs";
import { Readable } from "node:stream";
import { DataError } from "../../files/index.ts";
import { readBytes, readStream, sizeOf } from "../../files/node/index.ts";
import { ScratchFile } from "./scratch-file.ts";

/** Bytes that can be read more than once. */
export interface ByteSource {
  /** In errors. */
  readonly name: string;
  readonly size: number;
  /** All of them. */
  bytes(): Uint8Array;
  /** The bytes from `start` on, in chunks. */
  open(start: number): Readable;
  /** Throws a DataError if the bytes are no longer what they were at first. */
  check(): void;
}

/** Bytes that are read at a time. */
const CHUNK = 2 ** 20;

/** @throws DataError for what is not a regular file */
export function fileBytes(path: string, name: string): ByteSource {
  const size = sizeOf(path, name);
  const { mtimeMs } = statSync(path);
  return {
    ...{ name, size },
    bytes: () => readBytes(path, size, name),
    open: (start) => readStream(path, { start, highWaterMark: CHUNK }),
    check: () => {
      const now = statSync(path, { throwIfNoEntry: false });
      if (now?.size === size && now.mtimeMs === mtimeMs) return;
      throw new DataError(name, "the file was changed while it was read", "try again when it is complete");
    },
  };
}

/** @param most bytes that are kept in memory; more go to a file */
export async function standardInput(name: string, most: number): Promise<ByteSource> {
  if (process.stdin.isTTY)
    throw new DataError(
      name,
      "nothing is sent to standard input",
      "send it a file, as in: cat houses.csv | downhill …",
    );
  const chunks: Uint8Array[] = [];
  let size = 0;
  let file: ScratchFile | undefined;
  for await (const chunk of process.stdin) {
    size += chunk.length;
    if (file === undefined) chunks.push(chunk);
    else file.append(chunk);
    if (size <= most || file !== undefined) continue;
    file = new ScratchFile();
    for (const each of chunks.splice(0)) file.append(each);
  }
  return {
    ...{ name, size },
    bytes: () => Buffer.concat(chunks),
    open: (start) =>
      file === undefined ? Readable.from([Buffer.concat(chunks).subarray(start)]) : stretches(file, start),
    check: () => {},
  };
}

const stretches = (file: ScratchFile, start: number): Readable =>
  Readable.from(
    (function* () {
      for (let at = start; at < file.size; at += CHUNK) {
        const bytes = new Uint8Array(Math.min(CHUNK, file.size - at));
        file.read(at, bytes.length, bytes);
        yield bytes;
      }
    })(),
  );
