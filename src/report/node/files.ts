import { closeSync, ftruncateSync, openSync } from "node:fs";
import { fileError, readBytes, writeAll } from "../../files/node/index.ts";

/** Texts near 512 MiB no longer fit in a string. */
const LARGEST = 2 ** 28;

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

/** A file's text. Where its process was killed in the middle of a letter, the rest of that is no letter. */
export const readText = (file: string): string => new TextDecoder().decode(readBytes(file, LARGEST));
