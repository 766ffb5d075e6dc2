import type { Cells } from "../table/cells.ts";
import type { RawColumn } from "../table/raw-table.ts";
import { type CellForm, NumberReader, WordReader } from "./column-readers.ts";
import type { RecordScanner } from "./scanner.ts";

/** The cells of a block, whose rows are handed over together: as many as a processor's cache holds. */
const BLOCK = 2 ** 16;
const [FEWEST_ROWS, MOST_ROWS] = [16, 4096];

type Reader = NumberReader | WordReader;

/** Reads records into columns. */
export class Columns {
  readonly #form: CellForm;
  readonly #cells: Cells;
  readonly #readers: Reader[];
  /** The columns that are being read. */
  #numbers: readonly number[] = [];
  #words: readonly number[] = [];
  /** Some rows, one after the other. */
  readonly #block: Float64Array;
  readonly #blockRows: number;
  #filled = 0;
  #row = 0;

  /** @param words for each column, whether it is known to hold words */
  constructor(words: readonly boolean[], form: CellForm, cells: Cells) {
    this.#form = form;
    this.#cells = cells;
    const rows = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, Math.floor(BLOCK / words.length)));
    this.#block = new Float64Array(rows * words.length);
    this.#blockRows = rows;
    this.#readers = words.map((isWords) => (isWords ? new WordReader(form) : new NumberReader(form)));
    this.#activate([...this.#readers.keys()]);
  }

  /** Reads the current record of a scanner. */
  add(scanner: RecordScanner): void {
    const width = this.#readers.length;
    const start = this.#filled * width;
    const { numbers } = scanner;
    this.#block.set(numbers.subarray(0, width), start);
    for (const column of this.#numbers) if (Number.isNaN(numbers[column])) this.#read(scanner, column, start);
    for (const column of this.#words) this.#read(scanner, column, start);
    this.#row++;
    this.#filled++;
    if (this.#filled === this.#blockRows) this.flush();
  }

  #read(scanner: RecordScanner, column: number, start: number): void {
    this.#block[start + column] = this.#readers[column].read(scanner, column, this.#row);
  }

  /** Hands over the rows that are in the block. */
  flush(): void {
    const active = [...this.#numbers, ...this.#words];
    for (const column of active) this.#cells.append(column, this.#block, this.#filled, this.#readers.length);
    this.#filled = 0;
    for (const column of this.#words) this.#judge(column);
    this.#activate(active);
  }

  /** Goes on to read numbers if a column's words are many, and all of them are numbers. */
  #judge(column: number): void {
    const reader = this.#readers[column];
    const values = reader instanceof WordReader ? reader.judge(this.#cells.keepsAllWords) : undefined;
    if (values === undefined || !(reader instanceof WordReader)) return;
    this.#cells.change(column, (code) => (code < 0 ? Number.NaN : values[code]));
    this.#readers[column] = reader.asNumbers();
  }

  /** Reads these columns from now on, but for the broken ones. */
  #activate(columns: readonly number[]): void {
    this.#words = columns.filter((column) => this.#readers[column] instanceof WordReader);
    this.#numbers = columns.filter((column) => {
      const reader = this.#readers[column];
      return reader instanceof NumberReader && !reader.isBroken;
    });
  }

  /**
   * Prepares to read again, as words, those columns whose first cells were read as numbers before one came that is none. False if
   * there are none.
   */
  again(): boolean {
    const broken = [...this.#readers.keys()].filter((column) => {
      const reader = this.#readers[column];
      return reader instanceof NumberReader && reader.isBroken;
    });
    for (const column of broken) {
      this.#cells.clear(column);
      this.#readers[column] = new WordReader(this.#form, true);
    }
    this.#activate(broken);
    this.#row = 0;
    return broken.length > 0;
  }

  /** The columns, with their names. */
  named(names: readonly string[]): RawColumn[] {
    return this.#readers.map((reader, at) => {
      const column = { name: names[at], number: at + 1 };
      return reader instanceof NumberReader
        ? this.#cells.numbers(at, reader.facts(column))
        : this.#cells.words(at, reader.facts(column));
    });
  }

  /** The first number beyond double precision in the first column that has one. */
  large(): { readonly column: number; readonly row: number; readonly text: string } | undefined {
    for (const [column, reader] of this.#readers.entries())
      if (reader instanceof NumberReader && reader.large !== undefined) return { column, ...reader.large };
    return undefined;
  }
}
