import { type CsvRecord, csvRecords, guessDelimiter } from "./csv.ts";
import { type CsvLayout, cellPlace, columnName, type LayoutOptions, readLayout } from "./csv-layout.ts";
import { type Answer, readTargets } from "./csv-target.ts";
import type { Task } from "./dataset.ts";
import { DataError, quote } from "./error.ts";
import { readNumber } from "./number.ts";
import type { Table } from "./table.ts";

export interface CsvOptions extends LayoutOptions {
  /** Default: whichever of , ; tab | splits the first line into most cells. */
  readonly delimiter?: string;
  /** Default: classification for text and for up to 100 different whole numbers, otherwise regression. */
  readonly task?: Task;
}

/**
 * A table from comma-separated text: every column but the target must hold numbers.
 *
 * @param name of the data set; also names the text in errors, which say line and column
 * @throws DataError for a missing or unreadable number, a row of another length, a single class
 */
export function csvTable(text: string, name: string, options: CsvOptions = {}): Table {
  const records = csvRecords(text, name, options.delimiter ?? guessDelimiter(text));
  const top = records.next();
  if (top.done) throw new DataError(name, "there is nothing in it", "expected rows of numbers and a target");
  const layout = readLayout(top.value, name, options);
  const inputs: number[] = [];
  const answers: Answer[] = [];
  if (!layout.hasHeader) readRow(top.value, layout, inputs, answers);
  for (const record of records) readRow(record, layout, inputs, answers);
  if (answers.length === 0) throw new DataError(name, "there are no rows below the header", "add rows of data");
  const { task, classes, targets } = readTargets(answers, layout, options.task);
  const source = `${answers.length} rows of ${name.replace(/^csv:/, "")}`;
  const columns = layout.names.map((_, column) => columnName(layout, column));
  return {
    description: { name, task, classes, source, licence: "the owner's" },
    columns: columns.toSpliced(layout.target, 1),
    inputs: Float64Array.from(inputs),
    targets,
  };
}

function readRow({ line, cells }: CsvRecord, layout: CsvLayout, inputs: number[], answers: Answer[]): void {
  if (cells.length !== layout.names.length) {
    const problem = `${cells.length} cells, expected ${layout.names.length} as in the first line`;
    throw new DataError(`${layout.file}: line ${line}`, problem, "every row needs a cell for each column");
  }
  for (const [column, cell] of cells.entries()) {
    const text = cell.trim();
    if (column === layout.target) answers.push({ line, text });
    else inputs.push(readInput(text, layout, line, column));
  }
}

function readInput(text: string, layout: CsvLayout, line: number, column: number): number {
  const value = readNumber(text);
  if (value !== undefined && Number.isFinite(value)) return value;
  const where = cellPlace(layout, line, column);
  if (text === "") throw new DataError(where, "the cell is empty", "fill it in, or remove the row or the column");
  if (value !== undefined) throw new DataError(where, `${quote(text)} is too large`, "rescale the column");
  const header = line === 1 ? ", or say that the first line is a header" : "";
  throw new DataError(where, `${quote(text)} is not a number`, `write inputs as decimal numbers${header}`);
}
