import { DataError, quote } from "../../files/index.ts";
import { delimiterName, delimiterNames } from "../choices/index.ts";
import type { Cells } from "../table/cells.ts";
import { cellPlace, type RawTable } from "../table/raw-table.ts";
import { Columns } from "./columns.ts";
import { delimiterSetting } from "./delimiter.ts";
import { csvForm } from "./form.ts";
import { type Head, readHead } from "./head.ts";
import type { CsvLayout, LayoutOptions } from "./layout.ts";
import { RowLines } from "./row-lines.ts";
import { RecordScanner } from "./scanner.ts";

/** The characters by which the form of a text is judged, if it is that long. */
const HEAD = 2 ** 20;

/**
 * Reads a table from a text that comes in pieces, which may be cut anywhere. Time is linear in the text.
 *
 * @throws DataError for a row of another length, a quote that is never closed, or an ambiguous form
 */
export class TableReader {
  readonly #name: string;
  readonly #options: LayoutOptions;
  readonly #cells: Cells;
  /** The text so far, until it is enough to begin. */
  #start = "";
  #enough = HEAD;
  #head: Head | undefined;
  #columns: Columns | undefined;
  #scanner: RecordScanner | undefined;
  /** The line of each row, until all rows have been read once. */
  readonly #lines = new RowLines();
  #isAgain = false;

  constructor(name: string, options: LayoutOptions, cells: Cells) {
    this.#name = name;
    this.#options = options;
    this.#cells = cells;
  }

  /** Takes the next piece. */
  push(piece: string): void {
    if (this.#scanner === undefined) {
      this.#start += piece;
      if (this.#start.length >= this.#enough) this.#begin(false);
    } else {
      this.#scanner.feed(piece);
      this.#read(this.#scanner);
    }
  }

  /** Takes the end of the text. True if all of it has to be sent once more: a late cell has shown that its column holds words. */
  finish(): boolean {
    const scanner = this.#scanner ?? this.#begin(true);
    if (scanner === undefined)
      throw new DataError(this.#name, "there is nothing in it", "expected rows of numbers and a target");
    scanner.finish();
    this.#read(scanner);
    this.#columns?.flush();
    if (this.#isAgain || !this.#columns?.again()) return false;
    this.#scanner = undefined;
    this.#isAgain = true;
    return true;
  }

  /** The table, once `finish` has returned false. */
  table(): RawTable {
    if (this.#head === undefined || this.#columns === undefined) throw new Error("the text has not been read");
    const { layout, comments: above } = this.#head;
    const { names, delimiter, numbers, targets, hasHeader: header } = layout;
    const columns = this.#columns.named(names);
    const lines = this.#lines;
    const table = { name: this.#name, rows: lines.count, columns, targets, lines, numbers };
    const large = this.#columns.large();
    if (large !== undefined) {
      const where = cellPlace(table, large.row, columns[large.column]);
      throw new DataError(where, `${quote(large.text)} is too large`, "rescale the column");
    }
    const comments = above + (this.#scanner?.skipped ?? 0);
    return {
      ...table,
      form: {
        ...{ delimiter, ...numbers, header, columns: names, target: (targets[0] ?? -1) + 1 },
        ...(comments > 0 && { comments }),
      },
    };
  }

  /** Reads the first rows, unless not even one is whole. */
  #begin(isWhole: boolean): RecordScanner | undefined {
    const text = this.#start;
    const form = this.#head?.form ?? csvForm(text, this.#name, this.#options);
    const { delimiter, comments, start, numbers } = form;
    const { decimal } = numbers;
    const scanner = new RecordScanner({ file: this.#name, delimiter, comments, line: start.line, decimal });
    scanner.feed(text, start.at);
    if (isWhole) scanner.finish();
    if (!scanner.next()) {
      this.#enough = 2 * text.length;
      return undefined;
    }
    this.#start = "";
    this.#scanner = scanner;
    this.#head ??= readHead(text, form, scanner, this.#name, this.#options);
    const { words, layout } = this.#head;
    this.#columns ??= new Columns(words, layout, this.#cells);
    if (!layout.hasHeader) this.#add(scanner, layout, this.#columns);
    this.#read(scanner);
    return scanner;
  }

  #read(scanner: RecordScanner): void {
    if (this.#head === undefined || this.#columns === undefined) return;
    while (scanner.next()) this.#add(scanner, this.#head.layout, this.#columns);
  }

  #add(scanner: RecordScanner, layout: CsvLayout, columns: Columns): void {
    if (scanner.count !== layout.names.length) checkLength(scanner, layout);
    columns.add(scanner);
    if (!this.#isAgain) this.#lines.add(scanner.line);
  }
}

const delimiters = Object.values(delimiterNames).filter((character) => character !== " ");

/** A delimiter after the last cell makes one more, which is empty. */
function checkLength(scanner: RecordScanner, { names, delimiter, file }: CsvLayout): void {
  const { count } = scanner;
  if (count === names.length + 1 && scanner.cell(names.length).trim() === "") return;
  const problem = `${count === 1 ? "1 cell" : `${count} cells`}, expected ${names.length} as in the first line`;
  const cells = scanner.cells();
  const other = delimiters.find(
    (character) => character !== delimiter && cells.some((cell) => cell.includes(character)),
  );
  const advice = other ? `, with ${delimiterName(delimiter)}s between them, or say ${delimiterSetting(other)}` : "";
  throw new DataError(`${file}: line ${scanner.line}`, problem, `every row needs a cell for each column${advice}`);
}
