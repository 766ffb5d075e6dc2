import { nearestName } from "../arguments/index.ts";
import { DataError, quote, setting } from "../files/index.ts";
import type { CsvRecord } from "./csv.ts";
import { type CsvForm, delimiterSetting, type FormOptions, widthOf } from "./csv-form.ts";
import { hasHeader } from "./csv-header.ts";
import type { DecimalSign } from "./number.ts";
import { nameIn } from "./plain.ts";

export interface LayoutOptions extends FormOptions {
  /**
   * The column to predict: its name in the header, or its number from 1 (as a number, or as text where no column has that
   * name). Default: the last.
   */
  readonly target?: string | number;
  /** Whether the first line is a header. Default: it is if its inputs are words, or numbers that cannot be data. */
  readonly header?: boolean;
  /**
   * Words that are values, although they usually stand for a missing one, such as a class called "None". Spelled as in the file.
   */
  readonly notMissing?: readonly string[];
}

/** The layout of a table, read off its first lines. */
export interface CsvLayout {
  /** The name of the text in errors. */
  readonly file: string;
  readonly delimiter: string;
  readonly decimal: DecimalSign;
  readonly notMissing?: readonly string[];
  readonly hasHeader: boolean;
  /** The line of the first record. */
  readonly firstLine: number;
  /** The header's names; without a header, equally many empty ones. */
  readonly names: readonly string[];
  /** The target column, from 0. */
  readonly target: number;
}

export function readLayout(top: CsvRecord, form: CsvForm, file: string, options: LayoutOptions): CsvLayout {
  const { delimiter, decimal } = form;
  const width = tableWidth(top, form, options.target);
  if (width < 2) {
    const commas = options.decimal === "," && top.cells.some((cell) => cell.includes(","));
    const say = delimiterSetting(commas ? "," : ";");
    const advice = `expected inputs and a target, separated by commas; for another delimiter, say so: ${say}`;
    throw new DataError(`${file}: line ${top.line}`, "there is one column", advice);
  }
  const cells = top.cells.slice(0, width).map(nameIn);
  const common = { file, delimiter, decimal, notMissing: options.notMissing, firstLine: top.line };
  const named = options.header ?? isNamed(cells, top.line, form, file, options);
  const names = named ? cells : cells.map(() => "");
  return { ...common, hasHeader: named, names, target: findTarget(names, file, options.target ?? cells.length) };
}

/** Without the empty column that a delimiter after the last cell makes, in all lines or in some. */
function tableWidth(top: CsvRecord, { sample }: CsvForm, target: string | number | undefined): number {
  const records = [top, ...sample.slice(1)];
  const least = Math.min(...records.map(({ cells }) => widthOf(cells)));
  const fits = records.every(({ cells }) => cells.length === least || widthOf(cells) === least);
  const drop = fits && records.length > 1 && columnNumber(target ?? least) !== least + 1;
  return drop ? least : top.cells.length;
}

function isNamed(
  cells: readonly string[],
  line: number,
  { sample, decimal }: CsvForm,
  file: string,
  { target = cells.length, notMissing }: LayoutOptions,
): boolean {
  const number = columnNumber(target);
  if (number === undefined) return true;
  const exists = number >= 1 && number <= cells.length;
  if (!exists && typeof target === "string" && cells.includes(nameIn(target))) return true;
  const below = sample.slice(1).map((record) => record.cells.map(nameIn));
  return hasHeader({ file, line, cells, below, decimal, notMissing, target: (exists ? number : cells.length) - 1 });
}

/** Undefined for a name. */
function columnNumber(target: string | number): number | undefined {
  if (typeof target === "number") return target;
  return /^\d+$/.test(target.trim()) ? Number(target) : undefined;
}

function findTarget(names: readonly string[], file: string, target: string | number): number {
  const wanted = typeof target === "string" ? nameIn(target) : undefined;
  const named = [...names.keys()].filter((column) => wanted !== undefined && names[column] === wanted);
  if (wanted !== undefined && named.length > 1) {
    const numbers = named.map((column) => column + 1);
    const problem = `columns ${numbers.slice(0, 5).join(", ")} are all named ${quote(wanted)}`;
    throw new DataError(file, problem, `choose one by its number, such as ${predictSetting(numbers[0])}`);
  }
  const number = columnNumber(target);
  const column = named[0] ?? (number ?? 0) - 1;
  if (Number.isInteger(column) && column >= 0 && column < names.length) return column;
  if (wanted === undefined || number !== undefined) {
    throw new DataError(file, `there is no column ${target}`, `expected a number from 1 to ${names.length}`);
  }
  const meant = nearestName(wanted, names);
  const advice = meant
    ? `did you mean ${quote(meant)}?`
    : `expected one of the ${names.length} names in the first line`;
  throw new DataError(file, `there is no column named ${quote(wanted)}`, advice);
}

/** A column (from 0) in messages: `column 3 ("age")`. */
export function columnName({ names }: Pick<CsvLayout, "names">, column: number): string {
  return names[column] === "" ? `column ${column + 1}` : `column ${column + 1} (${quote(names[column])})`;
}

/** The place of a cell, for messages. */
export function cellPlace(layout: CsvLayout, line: number, column: number): string {
  return `${layout.file}: line ${line}, ${columnName(layout, column)}`;
}

/** Advice for a first line that cannot be a row. */
export const headerAdvice = ({ firstLine }: CsvLayout, line: number): string =>
  line === firstLine ? `; if the line names the columns, say ${setting("--header", "header: true")}` : "";

/** The setting that makes a column the target: by its name, if that is unique. */
export function predictSetting(column: number, { names }: Pick<CsvLayout, "names"> = { names: [] }): string {
  const name = names[column - 1] ?? "";
  const plain = /^[\w.-]{1,40}$/.test(name) && names.indexOf(name) === names.lastIndexOf(name);
  const said = plain && Number.isNaN(Number(name)) ? name : `${column}`;
  return setting(`--predict ${said}`, `target: ${said === name ? JSON.stringify(name) : column}`);
}
