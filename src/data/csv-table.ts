import { DataError, quote } from "../files/index.ts";
import { type CsvRecord, csvRecords } from "./csv.ts";
import { csvForm, delimiterSetting, widthOf } from "./csv-form.ts";
import {
  type CsvLayout,
  cellPlace,
  columnName,
  headerAdvice,
  type LayoutOptions,
  predictSetting,
  readLayout,
} from "./csv-layout.ts";
import { type Answer, readTargets } from "./csv-target.ts";
import type { Task } from "./dataset.ts";
import { delimiterName, delimiterNames } from "./delimiters/index.ts";
import { isMissing } from "./missing.ts";
import { otherwiseNumber, readNumber } from "./number.ts";
import type { Table } from "./table.ts";

/**
 * Options of `csvTable`. The delimiter, the decimal separator and the header are guessed from the text unless given.
 */
export interface CsvOptions extends LayoutOptions {
  /**
   * Whether the target is a class or a number. Default: classification for text and for up to 100 different whole
   * numbers, otherwise regression. If set to classification, each spelling in the target column is a class.
   */
  readonly task?: Task;
}

/**
 * A table from comma-separated text: every column but the target must hold numbers.
 *
 * @param name of the data set; also names the text in errors, which say line and column
 * @throws DataError for a missing or unreadable number, a row of another length, a single class, or an ambiguous form
 * @throws RangeError for an option that is not allowed
 */
export function csvTable(text: string, name: string, options: CsvOptions = {}): Table {
  checkOptions(options);
  const form = csvForm(text, name, options);
  const records = csvRecords(text, name, form.delimiter, form.start);
  const top = records.next();
  if (top.done) throw new DataError(name, "there is nothing in it", "expected rows of numbers and a target");
  const layout = readLayout(top.value, form, name, options);
  const inputs: number[] = [];
  const answers: Answer[] = [];
  if (!layout.hasHeader) readRow(top.value, layout, inputs, answers);
  for (const record of records) readRow(record, layout, inputs, answers);
  if (answers.length === 0) throw new DataError(name, "there are no rows below the header", "add rows of data");
  const { task, classes, targets } = readTargets(answers, layout, options.task);
  const source = `${answers.length} rows of ${name.replace(/^csv:/, "")}`;
  const columns = layout.names.map((_, column) => columnName(layout, column));
  const { delimiter, decimal, hasHeader: header, names, target } = layout;
  return {
    description: { name, task, classes, source, licence: "the owner's" },
    columns: columns.toSpliced(layout.target, 1),
    inputs: Float64Array.from(inputs),
    targets,
    form: { delimiter, decimal, header, columns: names, target: target + 1 },
  };
}

function checkOptions({ delimiter, decimal }: CsvOptions): void {
  if (delimiter !== undefined && !/^[^"\r\n]$/.test(delimiter)) {
    throw new RangeError(`delimiter must be one character, not a quote or a line break, not ${quote(delimiter)}`);
  }
  if (decimal !== undefined && decimal !== "." && decimal !== ",") {
    throw new RangeError(`decimal must be "." or ",", not ${quote(decimal)}`);
  }
}

const delimiters = Object.values(delimiterNames).filter((character) => character !== " ");

function readRow({ line, cells }: CsvRecord, layout: CsvLayout, inputs: number[], answers: Answer[]): void {
  const { length } = layout.names;
  if (cells.length !== length && !(cells.length === length + 1 && widthOf(cells) === length)) {
    const problem = `${cells.length === 1 ? "1 cell" : `${cells.length} cells`}, expected ${length} as in the first line`;
    const other = delimiters.find(
      (character) => character !== layout.delimiter && cells.some((cell) => cell.includes(character)),
    );
    const advice = other
      ? `, with ${delimiterName(layout.delimiter)}s between them, or say ${delimiterSetting(other)}`
      : "";
    throw new DataError(`${layout.file}: line ${line}`, problem, `every row needs a cell for each column${advice}`);
  }
  for (let column = 0; column < length; column++) {
    const text = cells[column].trim();
    if (column === layout.target) answers.push({ line, text });
    else inputs.push(readInput(text, layout, line, column));
  }
}

function readInput(text: string, layout: CsvLayout, line: number, column: number): number {
  const value = readNumber(text, layout.decimal);
  if (value !== undefined && Number.isFinite(value)) return value;
  const where = cellPlace(layout, line, column);
  if (text === "") throw new DataError(where, "the cell is empty", "fill it in, or remove the row or the column");
  if (value !== undefined) throw new DataError(where, `${quote(text)} is too large`, "rescale the column");
  if (isMissing(text, layout.notMissing)) {
    const problem = `${quote(text)} is not a number, but stands for a missing one`;
    throw new DataError(where, problem, `fill it in, or remove the row or the column${headerAdvice(layout, line)}`);
  }
  throw new DataError(where, `${quote(text)} is not a number`, advise(text, layout, line, column));
}

/** Advice for an input that is not a number. */
function advise(text: string, layout: CsvLayout, line: number, column: number): string {
  const otherwise = otherwiseNumber(text, layout.decimal);
  if (otherwise !== undefined) return otherwise;
  const predict = `or predict this column: ${predictSetting(column + 1, layout)}`;
  return `write inputs as decimal numbers, ${predict}${headerAdvice(layout, line)}`;
}
