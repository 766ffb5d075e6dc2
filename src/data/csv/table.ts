import { DataError, quote } from "../../files/index.ts";
import { isMissing } from "../cells/missing.ts";
import { type NumberForm, readNumber, thousandsSigns } from "../cells/number.ts";
import { nameIn } from "../cells/plain.ts";
import { delimiterName, delimiterNames } from "../choices/index.ts";
import { cellPlace, type RawColumn, type RawTable } from "../table/raw-table.ts";
import { countComments } from "./comments.ts";
import { delimiterSetting, widthOf } from "./delimiter.ts";
import { type CsvForm, csvForm } from "./form.ts";
import { type CsvLayout, type LayoutOptions, readLayout } from "./layout.ts";
import { type CsvRecord, csvRecords } from "./records.ts";

/**
 * A table from comma-separated text. Nothing is said yet about what its columns mean: `tableDataset` decides that.
 *
 * @param name of the data set; also names the text in errors, which say line and column
 * @throws DataError for a row of another length, a quote that is never closed, or an ambiguous form
 * @throws RangeError for an option that is not allowed
 */
export function csvTable(text: string, name: string, options: LayoutOptions = {}): RawTable {
  checkOptions(options);
  const form = csvForm(text, name, options);
  const top = csvRecords(text, name, form.delimiter, form.start, form.comments).next();
  if (top.done) throw new DataError(name, "there is nothing in it", "expected rows of numbers and a target");
  const layout = readLayout(top.value, form, name, options);
  const { names, delimiter, numbers, targets, hasHeader: header } = layout;
  const spelled = names.flatMap((name, column) => (options.spelled?.includes(name) ? [column] : []));
  const words = new Set([...targets, ...spelled]); // classes are named as they are spelled
  const readers = names.map((_, column) => (words.has(column) ? new WordReader() : new NumberReader()));
  const lines = read(text, form, layout, readers);
  // Cells that are not numbers show what a column is when its first numbers are read already: these are read again, as words.
  const again = readers.map((reader) =>
    reader instanceof NumberReader && reader.isBroken ? new WordReader() : undefined,
  );
  if (again.some((reader) => reader !== undefined)) read(text, form, layout, again);
  const columns = names.map((column, i) => (again[i] ?? readers[i]).column(column, i + 1));
  const table = { name, rows: lines.length, columns, targets, lines: Uint32Array.from(lines), numbers };
  for (const [i, reader] of readers.entries())
    if (again[i] === undefined && reader instanceof NumberReader && reader.large !== undefined) {
      const { row, text: cell } = reader.large;
      throw new DataError(cellPlace(table, row, columns[i]), `${quote(cell)} is too large`, "rescale the column");
    }
  const comments = form.comments !== "none" ? countComments(text) - (form.named ? 1 : 0) : 0;
  return {
    ...table,
    form: {
      ...{ delimiter, ...numbers, header, columns: names, target: (targets[0] ?? -1) + 1 },
      ...(comments > 0 && { comments }),
    },
  };
}

/** Reads all rows into those of the columns that have a reader. Returns the line of each row. */
function read(text: string, form: CsvForm, layout: CsvLayout, readers: readonly (Reader | undefined)[]): number[] {
  const lines: number[] = [];
  let isFirst = true;
  for (const record of csvRecords(text, layout.file, form.delimiter, form.start, form.comments)) {
    if (!isFirst || !layout.hasHeader) {
      checkLength(record, layout);
      for (let column = 0; column < readers.length; column++)
        readers[column]?.add(record.cells[column].trim(), lines.length, layout);
      lines.push(record.line);
    }
    isFirst = false;
  }
  return lines;
}

/** Takes the cells of a column, one after the other. */
interface Reader {
  add(text: string, row: number, layout: CsvLayout): void;
  column(name: string, number: number): RawColumn;
}

class Missing {
  count = 0;
  first: { readonly row: number; readonly text: string } | undefined;

  add(text: string, row: number): void {
    this.first ??= { row, text };
    this.count++;
  }

  get fields() {
    return { missing: this.count, ...(this.first && { firstMissing: this.first }) };
  }
}

class NumberReader implements Reader {
  readonly #values: number[] = [];
  readonly #missing = new Missing();
  /** Whether a cell is neither a number nor missing. */
  isBroken = false;
  /** The first number beyond double precision. */
  large: { readonly row: number; readonly text: string } | undefined;

  add(text: string, row: number, { numbers, notMissing }: CsvLayout): void {
    if (this.isBroken) return;
    const value = readNumber(text, numbers);
    this.#values.push(value ?? Number.NaN);
    if (value !== undefined && !Number.isFinite(value)) this.large ??= { row, text };
    if (value !== undefined) return;
    if (isMissing(text, notMissing)) this.#missing.add(text, row);
    else this.isBroken = true;
  }

  column(name: string, number: number): RawColumn {
    return { cells: "numbers", name, number, values: Float64Array.from(this.#values), ...this.#missing.fields };
  }
}

class WordReader implements Reader {
  readonly #codes: number[] = [];
  readonly #known = new Map<string, number>();
  readonly #firstRows: number[] = [];
  readonly #missing = new Missing();

  add(text: string, row: number, { notMissing, numbers }: CsvLayout): void {
    if (isMissing(text, notMissing)) {
      this.#missing.add(text, row);
      this.#codes.push(-1);
      return;
    }
    const word = wordIn(text, numbers);
    let code = this.#known.get(word);
    if (code === undefined) {
      code = this.#known.size;
      this.#known.set(word, code);
      this.#firstRows.push(row);
    }
    this.#codes.push(code);
  }

  column(name: string, number: number): RawColumn {
    const words = [...this.#known.keys()];
    const codes = Int32Array.from(this.#codes);
    return { cells: "words", name, number, codes, words, firstRows: this.#firstRows, ...this.#missing.fields };
  }
}

/** A cell's word. What looks like a number but is not one, such as 5 before an invisible character, stays as it is. */
function wordIn(text: string, form: NumberForm): string {
  const name = nameIn(text);
  return name !== text && readNumber(name, form) !== undefined ? text : name;
}

function checkOptions({ delimiter, decimal, thousands }: LayoutOptions): void {
  if (delimiter !== undefined && !/^[^"\r\n]$/.test(delimiter)) {
    throw new RangeError(`delimiter must be one character, not a quote or a line break, not ${quote(delimiter)}`);
  }
  if (decimal !== undefined && decimal !== "." && decimal !== ",") {
    throw new RangeError(`decimal must be "." or ",", not ${quote(decimal)}`);
  }
  if (thousands === undefined) return;
  const allowed = thousandsSigns.filter((sign) => sign !== decimal);
  if (!allowed.includes(thousands)) {
    const names = allowed.map((sign) => JSON.stringify(sign)).join(", ");
    throw new RangeError(`thousands must be one of ${names}, not ${quote(thousands)}`);
  }
}

const delimiters = Object.values(delimiterNames).filter((character) => character !== " ");

function checkLength({ line, cells }: CsvRecord, layout: CsvLayout): void {
  const { length } = layout.names;
  if (cells.length === length || (cells.length === length + 1 && widthOf(cells) === length)) return;
  const problem = `${cells.length === 1 ? "1 cell" : `${cells.length} cells`}, expected ${length} as in the first line`;
  const other = delimiters.find(
    (character) => character !== layout.delimiter && cells.some((cell) => cell.includes(character)),
  );
  const advice = other
    ? `, with ${delimiterName(layout.delimiter)}s between them, or say ${delimiterSetting(other)}`
    : "";
  throw new DataError(`${layout.file}: line ${line}`, problem, `every row needs a cell for each column${advice}`);
}
