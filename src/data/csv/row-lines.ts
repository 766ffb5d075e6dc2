import type { Lines } from "../table/raw-table.ts";

/**
 * The line of each row. Most rows are one line after the row before, so only those are listed that are not: those after a cell with line
 * breaks, a blank line or a comment.
 */
export class RowLines implements Lines {
  /** Rows in all. */
  count = 0;
  /** The rows that are listed, in order, and their lines. */
  #rows = new Uint32Array(16);
  #lines = new Uint32Array(16);
  #listed = 0;
  #next = -1;

  add(line: number): void {
    if (line !== this.#next) this.#list(line);
    this.#next = line + 1;
    this.count++;
  }

  /** The line of a row. */
  at(row: number): number {
    let [from, to] = [0, this.#listed];
    while (to - from > 1) {
      const middle = (from + to) >>> 1;
      if (this.#rows[middle] > row) to = middle;
      else from = middle;
    }
    return this.#lines[from] + row - this.#rows[from];
  }

  #list(line: number): void {
    if (this.#listed === this.#rows.length) [this.#rows, this.#lines] = [doubled(this.#rows), doubled(this.#lines)];
    this.#rows[this.#listed] = this.count;
    this.#lines[this.#listed++] = line;
  }
}

function doubled(list: Uint32Array): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(2 * list.length);
  more.set(list);
  return more;
}
