import {
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  openSync,
  type ReadStream,
  readSync,
  type Stats,
  statSync,
} from "node:fs";
import { DataError } from "../error.ts";
import { fileError } from "./file-error.ts";

/** A regular file that is open for reading. */
export interface OpenFile {
  readonly descriptor: number;
  /** Its size in bytes when it was opened. */
  readonly size: number;
}

/**
 * Opens a regular file for reading. Throws for pipes and devices before reading, since they may never end. The check is on
 * the open file itself, so it cannot be exchanged before reading; opening never blocks.
 *
 * @param name its name in errors
 */
export function openFile(file: string, name = file): OpenFile {
  try {
    refuseOthers(statSync(file), name); // before it is opened: that alone can do something to a device
    const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)); // Windows has no such flag
    try {
      const stats = fstatSync(descriptor);
      refuseOthers(stats, name);
      return { descriptor, size: stats.size };
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
  } catch (error) {
    throw fileError(error, name);
  }
}

/** The bytes of a regular file as a stream. */
export const readStream = (file: string, options: { start?: number; highWaterMark?: number } = {}): ReadStream =>
  createReadStream(file, { start: 0, ...options, fd: openFile(file).descriptor });

/** The contents of a regular file of at most `most` bytes. Throws a DataError for any other. */
export function readBytes(file: string, most: number, name = file): Uint8Array {
  const { descriptor, size } = openFile(file, name);
  try {
    refuseLarger(size, most, name);
    return readAll(descriptor, size, most, name);
  } catch (error) {
    throw fileError(error, name);
  } finally {
    closeSync(descriptor);
  }
}

/** The text of a regular UTF-8 file of at most `most` bytes, without a byte-order mark. */
export function readText(file: string, most: number): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readBytes(file, most));
  } catch (error) {
    if (error instanceof TypeError) throw new DataError(file, "it is not UTF-8 text", "save it as UTF-8");
    throw error;
  }
}

/** The size of a regular file in bytes. */
export function sizeOf(file: string, name = file): number {
  const { descriptor, size } = openFile(file, name);
  closeSync(descriptor);
  return size;
}

/** Node reads less than 2 GiB at once. */
const MOST_AT_ONCE = 2 ** 30;

/**
 * The bytes from `begin` up to, but not including, `end`, in as many reads as necessary; undefined if the file ends earlier.
 *
 * @param read reads from the system, which may return fewer bytes than requested
 */
export function readStretch(
  descriptor: number,
  begin: number,
  end: number,
  read: (descriptor: number, bytes: Uint8Array, at: number, length: number, position: number) => number = readSync,
): ArrayBuffer | undefined {
  const bytes = new Uint8Array(new ArrayBuffer(end - begin));
  for (let at = 0; at < bytes.length; ) {
    const count = read(descriptor, bytes, at, Math.min(MOST_AT_ONCE, bytes.length - at), begin + at);
    if (count === 0) return undefined;
    at += count;
  }
  return bytes.buffer;
}

/** Reads to the actual end: a file can grow, and those below /proc have size 0. */
function readAll(descriptor: number, size: number, most: number, name: string): Uint8Array {
  let bytes = new Uint8Array(size + 1);
  let length = 0;
  for (;;) {
    const count = readSync(descriptor, bytes, length, bytes.length - length, null);
    length += count;
    if (count === 0) return bytes.subarray(0, length);
    refuseLarger(length, most, name);
    if (length === bytes.length) {
      const larger = new Uint8Array(Math.min(most + 1, 2 * length + 4096));
      larger.set(bytes);
      bytes = larger;
    }
  }
}

function refuseLarger(size: number, most: number, name: string): void {
  if (size <= most) return;
  throw new DataError(name, `it has ${size} bytes, expected at most ${most}`, "give a smaller file");
}

function refuseOthers(stats: Stats, name: string): void {
  if (stats.isFile()) return;
  if (stats.isDirectory()) throw new DataError(name, "it is a folder", "give a file");
  const kind = stats.isFIFO() ? "a pipe" : stats.isSocket() ? "a socket" : "a device";
  throw new DataError(name, `it is ${kind}, not a file`, "give a file");
}
