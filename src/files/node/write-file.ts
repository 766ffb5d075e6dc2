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

/** A text, or any typed array. */
export type Content = string | ArrayBufferView;

/** The file system calls in use, which tests replace. */
export interface WriteSystem {
  /** Creates and opens a file that must not exist. */
  create(path: string): number;
  /** Writes some of the bytes, and returns how many. */
  write(descriptor: number, bytes: Uint8Array): number;
  /** Waits until the contents are on the disk. */
  sync(descriptor: number): void;
  close(descriptor: number): void;
  rename(from: string, to: string): void;
  /** Waits until the folder's names are on the disk. */
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
 * Writes a file completely or not at all: the old contents stay until all of the new are on the disk. The content goes to a
 * part beside the file, which then replaces it, or the target of a symbolic link.
 */
export function writeWhole(file: string, content: Content, system?: WriteSystem): void {
  writePieces(file, [content], system);
}

/** The same for content in pieces; each is requested after the earlier ones are written. */
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

/** Writes the whole content, in as many writes as necessary, and returns its number of bytes. */
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

/** The content as bytes. */
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
      // It stays until a later write sweeps it; the first error is the one to report.
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

/** Codes of systems on which folders cannot be opened or synced, such as Windows and some network disks. */
const NO_SYNC = ["EINVAL", "EPERM", "EISDIR", "EACCES", "ENOTSUP", "ENOSYS", "EBADF"];

/** Until the folder's names are on the disk, too, a power failure could bring back the old file. */
function syncNames(folder: string, system: WriteSystem): void {
  try {
    system.syncFolder(folder);
  } catch (error) {
    if (!NO_SYNC.includes(errorCode(error) ?? "")) throw error;
  }
}

/** Throws for folders, pipes and devices, which a rename would replace, and for files that are not writable. */
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
