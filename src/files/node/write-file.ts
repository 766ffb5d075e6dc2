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

/** A text, or the bytes of any array. */
export type Content = string | ArrayBufferView;

/** What is asked of the file system. */
export interface WriteSystem {
  /** Opens a file that is not there yet. */
  create(path: string): number;
  /** Writes some of the bytes, and tells how many. */
  write(descriptor: number, bytes: Uint8Array): number;
  /** Waits until the disk has what was written. */
  sync(descriptor: number): void;
  close(descriptor: number): void;
  rename(from: string, to: string): void;
  /** Waits until the disk has the folder's names. */
  syncFolder(folder: string): void;
  remove(path: string): void;
}

const disk: WriteSystem = {
  create: (path) => openSync(path, "wx"),
  write: (descriptor, bytes) => writeSync(descriptor, bytes),
  sync: fsyncSync,
  close: closeSync,
  rename: renameSync,
  syncFolder: (folder) => {
    const descriptor = openSync(folder, constants.O_RDONLY);
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  },
  remove: (path) => rmSync(path, { force: true }),
};

/**
 * Writes a file whole or not at all: what it had before stays until all of the new is on the disk. The content goes to a
 * part beside it, which then takes its place; behind a symbolic link, the place of what it leads to.
 */
export function writeWhole(file: string, content: Content, system?: WriteSystem): void {
  writePieces(file, [content], system);
}

/** The same for content that comes in pieces, each of which is asked for when those before it are written. */
export function writePieces(file: string, pieces: Iterable<Content>, system = disk): void {
  try {
    const before = statsOf(file);
    if (before !== undefined) refuseOthers(before, file);
    const place = before === undefined ? file : realpathSync(file);
    sweepParts(dirname(place), place); // before it is written: the disk may be full of them
    replace(place, pieces, before, system);
    syncNames(dirname(place), system);
  } catch (error) {
    throw fileError(error, file);
  }
}

/** Writes all of a content, however many calls that takes, and gives its number of bytes. */
export function writeAll(descriptor: number, content: Content, system: Pick<WriteSystem, "write"> = disk): number {
  const bytes = bytesOf(content);
  for (let written = 0; written < bytes.length; ) {
    const count = system.write(descriptor, bytes.subarray(written, written + MOST_AT_ONCE));
    if (count === 0) throw Object.assign(new Error("the system wrote nothing"), { code: "EIO" });
    written += count;
  }
  return bytes.length;
}

/** Node writes less than 2 GiB at once. */
const MOST_AT_ONCE = 2 ** 30;

/** An array's length counts its numbers, not their bytes. */
function bytesOf(content: Content): Uint8Array {
  if (typeof content === "string") return Buffer.from(content);
  return new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
}

function replace(place: string, pieces: Iterable<Content>, before: Stats | undefined, system: WriteSystem): void {
  const part = partOf(place);
  try {
    fill(part, pieces, before, system);
    system.rename(part, place);
  } catch (error) {
    try {
      system.remove(part);
    } catch {
      // It stays until a later write sweeps it: what went wrong first is what is told.
    }
    throw error;
  }
}

function fill(part: string, pieces: Iterable<Content>, before: Stats | undefined, system: WriteSystem): void {
  const descriptor = system.create(part);
  try {
    if (before !== undefined) fchmodSync(descriptor, before.mode & 0o777);
    for (const piece of pieces) writeAll(descriptor, piece, system);
    system.sync(descriptor);
  } finally {
    system.close(descriptor);
  }
}

/** Where folders cannot be opened or synced, as on Windows and some network disks, the system sees to that by itself. */
const NO_SYNC = ["EINVAL", "EPERM", "EISDIR", "EACCES", "ENOTSUP", "ENOSYS", "EBADF"];

/** Until the folder's names are on the disk, too, a power failure could bring back the file that was there before. */
function syncNames(folder: string, system: WriteSystem): void {
  try {
    system.syncFolder(folder);
  } catch (error) {
    if (!NO_SYNC.includes(errorCode(error) ?? "")) throw error;
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
