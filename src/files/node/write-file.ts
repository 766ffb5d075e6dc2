import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { DataError } from "../error.ts";
import { errorCode, fileError } from "./file-error.ts";
import { partOf, sweepParts } from "./part.ts";

/**
 * Writes a file whole or not at all: what it had before stays until all of the new is on the disk. The content goes to a
 * part beside it, which then takes its place; behind a symbolic link, the place of what it leads to.
 */
export function writeWhole(file: string, content: string | Uint8Array): void {
  try {
    const before = statsOf(file);
    if (before !== undefined) refuseOthers(before, file);
    const place = before === undefined ? file : realpathSync(file);
    const part = partOf(place);
    try {
      fill(part, content, before);
      renameSync(part, place);
    } catch (error) {
      rmSync(part, { force: true });
      throw error;
    }
    sweepParts(dirname(place), place);
  } catch (error) {
    throw fileError(error, file);
  }
}

/** Writes all of a text or of bytes, however many calls that takes, and gives their number of bytes. */
export function writeAll(descriptor: number, content: string | Uint8Array): number {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  let written = 0;
  while (written < bytes.length) written += writeSync(descriptor, bytes, written);
  return bytes.length;
}

function fill(part: string, content: string | Uint8Array, before: Stats | undefined): void {
  const descriptor = openSync(part, "wx");
  try {
    if (before !== undefined) fchmodSync(descriptor, before.mode & 0o777);
    writeAll(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** What takes a pipe's or a device's place would be no pipe any more; and a file that may not be written is not replaced. */
function refuseOthers(before: Stats, file: string): void {
  if (before.isDirectory()) throw new DataError(file, "it is a folder", "give a file");
  if (!before.isFile()) throw new DataError(file, "it is a pipe or a device, not a file", "give a file");
  accessSync(file, constants.W_OK);
}

function statsOf(file: string): Stats | undefined {
  try {
    return statSync(file);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
