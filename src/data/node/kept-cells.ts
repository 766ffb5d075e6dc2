import type { Cells, NumberFacts, WordFacts } from "../table/cells.ts";
import type { KeptTable, RawColumn, RowReader } from "../table/raw-table.ts";
import { rowReader, type Stretch } from "./kept-rows.ts";
import { pack, packingOf, sizes, unpack, viewOf } from "./packed.ts";
import type { ScratchFile } from "./scratch-file.ts";

/** Cells that are collected before they are packed, and the bounds of the rows among them. */
const STRIPE = 2 ** 20;
const [FEWEST_ROWS, MOST_ROWS] = [16, 2 ** 15];

/** A column in the file: stretches of as many rows each, but for the last, and the cells that are still to be packed. */
interface KeptColumn {
  stretches: Stretch[];
  readonly fresh: Float64Array;
  filled: number;
}

/** Cells in a file, column by column, packed. Only one column at a time is in memory. */
export class KeptCells implements Cells, KeptTable {
  readonly keepsAllWords = false;
  readonly #file: ScratchFile;
  readonly #makeFile: () => ScratchFile;
  readonly #columns = new Map<number, KeptColumn>();
  #stripeRows = 0;
  #bytes = new ArrayBuffer(0);
  /** The files of rows, by their columns. */
  readonly #rows = new Map<string, { readonly file: ScratchFile; readonly read: RowReader }>();
  /** Lets go of the column that was read last. */
  #forget = () => {};

  /** @param makeFile makes the files that hold the columns, and their rows */
  constructor(makeFile: () => ScratchFile) {
    this.#file = makeFile();
    this.#makeFile = makeFile;
  }

  /** In bytes. */
  get size(): number {
    return this.#file.size;
  }

  get folder(): string {
    return this.#file.folder;
  }

  append(column: number, cells: Float64Array, rows: number, width: number): void {
    if (this.#stripeRows === 0) this.#setUp(width);
    const kept = this.#columns.get(column) ?? {
      ...{ stretches: [], fresh: new Float64Array(this.#stripeRows), filled: 0 },
    };
    this.#columns.set(column, kept);
    for (let row = 0, at = column; row < rows; row++, at += width) {
      kept.fresh[kept.filled++] = cells[at];
      if (kept.filled === this.#stripeRows) this.#packFresh(kept);
    }
  }

  change(column: number, to: (cell: number) => number): void {
    const kept = this.#columns.get(column);
    if (kept === undefined) return;
    for (let i = 0; i < kept.filled; i++) kept.fresh[i] = to(kept.fresh[i]);
    const cells = new Float64Array(this.#stripeRows);
    kept.stretches = kept.stretches.map((stretch) => {
      this.#unpack(stretch, cells);
      return this.#pack(cells.map(to));
    });
  }

  clear(column: number): void {
    this.#columns.delete(column);
  }

  numbers(column: number, facts: NumberFacts): RawColumn {
    this.#finish(column);
    const read = this.#reader(column, (length) => new Float64Array(length));
    return {
      cells: "numbers",
      ...facts,
      get values() {
        return read();
      },
    };
  }

  words(column: number, facts: WordFacts): RawColumn {
    this.#finish(column);
    const read = this.#reader(column, (length) => new Int32Array(length));
    return {
      cells: "words",
      ...facts,
      get codes() {
        return read();
      },
    };
  }

  release(): void {
    this.#forget();
  }

  rowReader(columns: readonly number[]): RowReader {
    this.release();
    const key = columns.join();
    const known = this.#rows.get(key);
    if (known !== undefined) return known.read;
    const file = this.#makeFile();
    const kept = columns.map((column) => this.#columns.get(column)?.stretches ?? []);
    const read = rowReader(kept, this.#stripeRows, file, (stretch, cells) => this.#unpack(stretch, cells));
    this.#rows.set(key, { file, read });
    return read;
  }

  close(): void {
    this.release();
    this.#file.close();
    for (const { file } of this.#rows.values()) file.close();
  }

  #setUp(width: number): void {
    this.#stripeRows = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, Math.floor(STRIPE / width)));
    this.#bytes = new ArrayBuffer(8 * this.#stripeRows);
  }

  /** Packs the last rows of a column. */
  #finish(column: number): void {
    const kept = this.#columns.get(column);
    if (kept === undefined) return;
    if (kept.filled > 0) this.#packFresh(kept);
    this.#columns.set(column, { ...kept, fresh: new Float64Array(0) });
  }

  #packFresh(kept: KeptColumn): void {
    kept.stretches.push(this.#pack(kept.fresh.subarray(0, kept.filled)));
    kept.filled = 0;
  }

  #pack(cells: Float64Array): Stretch {
    const packing = packingOf(cells);
    pack(packing, cells, viewOf(packing, this.#bytes));
    const place = this.#file.append(new Uint8Array(this.#bytes, 0, cells.length * sizes[packing]));
    return { place, packing, count: cells.length };
  }

  #unpack({ place, packing, count }: Stretch, cells: Float64Array | Int32Array, at = 0): void {
    this.#file.read(place, count * sizes[packing], new Uint8Array(this.#bytes));
    unpack(packing, viewOf(packing, this.#bytes), [0, 1], cells, [at, 1, count]);
  }

  /** Reads all cells of a column, into an array for which `make` makes room. They stay in memory until another column is read. */
  #reader<A extends Float64Array | Int32Array>(column: number, make: (length: number) => A): () => A {
    let read: A | undefined;
    return () => {
      if (read !== undefined) return read;
      this.release();
      const stretches = this.#columns.get(column)?.stretches ?? [];
      const cells = make(stretches.reduce((sum, { count }) => sum + count, 0));
      for (const [i, stretch] of stretches.entries()) this.#unpack(stretch, cells, i * this.#stripeRows);
      read = cells;
      this.#forget = () => {
        read = undefined;
      };
      return cells;
    };
  }
}
