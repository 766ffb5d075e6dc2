import type { NumberColumn, RawColumn, WordColumn } from "./raw-table.ts";

/** What is known of a column beside its cells. */
export type NumberFacts = Omit<NumberColumn, "cells" | "values">;
export type WordFacts = Omit<WordColumn, "cells" | "codes">;

/** Keeps the cells of columns while a table is read: numbers, NaN where they are missing, or the codes of words, −1. */
export interface Cells {
  /** Whether any number of different words can be kept. */
  readonly keepsAllWords: boolean;
  /** Adds the cells of some rows to the end of a column, by its index: `cells` holds the rows one after the other, of `width` each. */
  append(column: number, cells: Float64Array, rows: number, width: number): void;
  /** Changes all cells of a column. */
  change(column: number, to: (cell: number) => number): void;
  /** Drops all cells of a column. */
  clear(column: number): void;
  numbers(column: number, facts: NumberFacts): RawColumn;
  words(column: number, facts: WordFacts): RawColumn;
}

/** Cells in memory. */
export class CellsInMemory implements Cells {
  readonly keepsAllWords = true;
  readonly #lists = new Map<number, CellList>();

  append(column: number, cells: Float64Array, rows: number, width: number): void {
    this.#list(column).append(cells, column, rows, width);
  }

  change(column: number, to: (cell: number) => number): void {
    this.#list(column).change(to);
  }

  clear(column: number): void {
    this.#lists.delete(column);
  }

  numbers(column: number, facts: NumberFacts): RawColumn {
    return { cells: "numbers", ...facts, values: this.#take(column).all((length) => new Float64Array(length)) };
  }

  words(column: number, facts: WordFacts): RawColumn {
    return { cells: "words", ...facts, codes: this.#take(column).all((length) => new Int32Array(length)) };
  }

  #list(column: number): CellList {
    const list = this.#lists.get(column) ?? new CellList();
    this.#lists.set(column, list);
    return list;
  }

  #take(column: number): CellList {
    const list = this.#list(column);
    this.#lists.delete(column);
    return list;
  }
}

/** A growing list of numbers, in arrays of growing length. */
class CellList {
  readonly #full: Float64Array[] = [];
  #last = new Float64Array(64);
  #filled = 0;

  /** Adds every `width`-th of the cells, from `first` on. */
  append(cells: Float64Array, first: number, rows: number, width: number): void {
    let [last, filled] = [this.#last, this.#filled];
    for (let row = 0, at = first; row < rows; row++, at += width) {
      if (filled === last.length) {
        this.#full.push(last);
        last = new Float64Array(Math.min(2 * filled, LARGEST));
        filled = 0;
      }
      last[filled++] = cells[at];
    }
    [this.#last, this.#filled] = [last, filled];
  }

  change(to: (cell: number) => number): void {
    for (const part of this.#parts()) for (const [i, cell] of part.entries()) part[i] = to(cell);
  }

  /** All of them as one array, for which `make` makes room. */
  all<A extends Float64Array | Int32Array>(make: (length: number) => A): A {
    const parts = this.#parts();
    const all = make(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }

  #parts(): Float64Array[] {
    return [...this.#full, this.#last.subarray(0, this.#filled)];
  }
}

/** Cells in an array of a list. */
const LARGEST = 2 ** 14;
