/** The line of each row: a list that takes four bytes a row. */
export class RowLines {
  #lines = new Uint32Array(1024);
  #count = 0;

  add(line: number): void {
    if (this.#count === this.#lines.length) {
      const more = new Uint32Array(2 * this.#count);
      more.set(this.#lines);
      this.#lines = more;
    }
    this.#lines[this.#count++] = line;
  }

  all(): Uint32Array {
    return this.#lines.slice(0, this.#count);
  }
}
