import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { DataError } from "../../data/error.ts";
import { fileError } from "../../data/node/file-error.ts";

/** Texts near 512 MiB no longer fit in a string. */
const LARGEST = 2 ** 28;

/** The whole file or none: the text goes to a file beside it, which then takes its place. */
export function writeWhole(file: string, text: string): void {
  const beside = `${file}.${process.pid}.part`;
  try {
    const descriptor = openSync(beside, "w");
    try {
      writeAll(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw fileError(error, file);
  }
}

/** A file that grows by whole lines. */
export class LineFile {
  readonly #file: string;
  readonly #descriptor: number;
  #length = 0;
  #open = true;

  /** The file must not exist. */
  constructor(file: string) {
    this.#file = file;
    this.#descriptor = openSync(file, "wx");
  }

  /** The line is with the operating system when this returns; where the disk takes only a part of it, that is taken back. */
  append(line: string): void {
    try {
      this.#length += writeAll(this.#descriptor, `${line}\n`);
    } catch (error) {
      ftruncateSync(this.#descriptor, this.#length);
      throw fileError(error, this.#file);
    }
  }

  close(): void {
    if (this.#open) closeSync(this.#descriptor);
    this.#open = false;
  }
}

/** Writes all of a text, however many calls that takes, and gives its length in bytes. */
function writeAll(descriptor: number, text: string): number {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) written += writeSync(descriptor, bytes, written);
  return bytes.length;
}

export function readText(file: string): string {
  try {
    const { size } = statSync(file);
    if (size > LARGEST) throw new DataError(file, `it has ${size} bytes`, `expected at most ${LARGEST}`);
    return readFileSync(file, "utf8");
  } catch (error) {
    throw fileError(error, file);
  }
}
