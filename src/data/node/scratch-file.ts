import { closeSync, openSync, readSync, rmSync, statfsSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError } from "../../files/index.ts";
import { fileError, makeFolder, partOf, sweepParts } from "../../files/node/index.ts";
import { cacheFolder } from "./cache.ts";

/** Bytes that are collected before they are written. */
const BUFFER = 2 ** 20;

/** Files that are deleted when nobody can read from them any more. */
const unused = new FinalizationRegistry((close: () => void) => close());

/**
 * A file for the time that the process runs. It has no name: where the system allows that, it is deleted as soon as it is open, so that
 * its space is free again however the process ends; elsewhere it is deleted at the end, or by the next process.
 */
export class ScratchFile {
  /** Bytes written so far. */
  size = 0;
  readonly folder: string;
  readonly #descriptor: number;
  readonly #close: () => void;
  readonly #buffer = new Uint8Array(BUFFER);
  #buffered = 0;
  #isClosed = false;

  /**
   * @param about how many bytes will be written, if that is known
   * @throws DataError if there is no room, or no folder that can be written to
   */
  constructor(about = 0) {
    this.folder = scratchFolder();
    refuseSmall(this.folder, about);
    const path = partOf(join(this.folder, "rows"));
    this.#descriptor = openSync(path, "wx+", 0o600);
    this.#close = closing(this.#descriptor, path);
    unused.register(this, this.#close, this);
  }

  /** Adds bytes to the end, and returns the place where they begin. */
  append(bytes: Uint8Array): number {
    const place = this.size;
    if (this.#buffered + bytes.length > BUFFER) this.#flush();
    if (bytes.length > BUFFER) this.#write(bytes);
    else {
      this.#buffer.set(bytes, this.#buffered);
      this.#buffered += bytes.length;
    }
    this.size += bytes.length;
    return place;
  }

  /** Reads bytes from a place to the front of an array. */
  read(place: number, length: number, to: Uint8Array, at = 0): void {
    if (this.#isClosed) throw new Error("the data set was closed: nothing can be read from it any more");
    if (this.#buffered > 0 && place + length > this.size - this.#buffered) this.#flush();
    for (let done = 0; done < length; ) {
      const count = readSync(this.#descriptor, to, at + done, length - done, place + done);
      if (count === 0) throw new DataError(this.folder, "rows that were kept here are gone", "begin again");
      done += count;
    }
  }

  close(): void {
    this.#isClosed = true;
    unused.unregister(this);
    this.#close();
  }

  #flush(): void {
    this.#write(this.#buffer.subarray(0, this.#buffered));
    this.#buffered = 0;
  }

  #write(bytes: Uint8Array): void {
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#descriptor, bytes, at, bytes.length - at);
    } catch (error) {
      throw fileError(error, this.folder);
    }
  }
}

/** The user's cache; the system's folder for temporary files where that cannot be written to. */
function scratchFolder(): string {
  const folder = join(cacheFolder(), "rows");
  try {
    makeFolder(folder);
    sweepParts(folder);
    return folder;
  } catch (error) {
    if (error instanceof DataError) return tmpdir();
    throw error;
  }
}

function refuseSmall(folder: string, about: number): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= about) return;
  const [needed, free] = [about, bavail * bsize].map((bytes) => Math.ceil(bytes / 1e6));
  const problem = `${free} MB are free, but the rows of the table may take ${needed} MB`;
  throw new DataError(folder, problem, "make room, or name a folder with more of it in XDG_CACHE_HOME");
}

/** Closes and deletes a file, once. */
function closing(descriptor: number, path: string): () => void {
  const isDeleted = removed(path);
  let isClosed = false;
  const close = () => {
    if (isClosed) return;
    isClosed = true;
    closeSync(descriptor);
    process.off("exit", close);
    if (!isDeleted) removed(path);
  };
  if (!isDeleted) process.once("exit", close);
  return close;
}

function removed(path: string): boolean {
  try {
    rmSync(path);
    return true;
  } catch {
    return false;
  }
}
