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

  /** When this returns, the operating system has the line. Where the disk takes only part of it, that part is removed again. */
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

/** A file's text. A character that was cut in two when its process was killed is read as U+FFFD. */
export const readText = (file: string): string => new TextDecoder().decode(readBytes(file, LARGEST));
