import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Kept } from "../../reproduce/index.ts";
import { DataError } from "../../src/files/index.ts";
import { readRun } from "../../src/report/node/index.ts";
import type { Archive } from "./archive.ts";

/** The kind of a line of metrics.jsonl that holds a finished part of the work. */
const KIND = "result";

/**
 * Finished parts of a reproduction, by what they depend on: those of earlier folders, and those of this run, which are lines of its folder's
 * metrics.jsonl as soon as they are made. What is taken from an earlier folder is copied, so that each folder is whole.
 */
export class Shelf implements Kept {
  readonly #known: ReadonlyMap<string, unknown>;
  readonly #own = new Map<string, unknown>();
  readonly #archive: Pick<Archive, "append">;
  readonly #about: object;
  /** How many were found so far. */
  found = 0;

  /**
   * @param about what all parts depend on
   * @param known those of earlier folders
   */
  constructor(archive: Pick<Archive, "append">, about: object, known: ReadonlyMap<string, unknown>) {
    [this.#archive, this.#about, this.#known] = [archive, about, known];
  }

  find(key: object): unknown {
    const text = this.#textOf(key);
    const value = this.#own.get(text) ?? this.#known.get(text);
    if (value === undefined) return undefined;
    this.found++;
    if (!this.#own.has(text)) this.keep(key, value);
    return value;
  }

  keep(key: object, value: unknown): void {
    this.#own.set(this.#textOf(key), value);
    this.#archive.append({ kind: KIND, key: { ...this.#about, ...key }, value });
  }

  #textOf(key: object): string {
    return JSON.stringify({ ...this.#about, ...key });
  }
}

/** The finished parts in the folders of earlier starts below `root`. What cannot be read is left out, with a word. */
export function partsBelow(root: string, name: string, warn: (message: string) => void): Map<string, unknown> {
  const parts = new Map<string, unknown>();
  for (const folder of foldersIn(root).filter((each) => each.includes(`-reproduce-${name}`)))
    try {
      for (const { kind, key, value } of readRun(join(root, folder)).metrics)
        if (kind === KIND) parts.set(JSON.stringify(key), value);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      warn(`${error.message}; its finished parts are not used`);
    }
  return parts;
}

function foldersIn(root: string): string[] {
  try {
    return readdirSync(root).sort();
  } catch {
    return [];
  }
}
