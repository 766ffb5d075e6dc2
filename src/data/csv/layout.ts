import { DataError } from "../../files/index.ts";
import type { NumberForm } from "../cells/number.ts";
import { nameIn } from "../cells/plain.ts";
import { type ColumnRef, calledNumber, columnNumber, findColumn } from "../table/find-column.ts";
import { delimiterSetting, widthOf } from "./delimiter.ts";
import type { CsvForm, FormOptions } from "./form.ts";
import { hasHeader } from "./header.ts";
import type { CsvRecord } from "./records.ts";

export interface LayoutOptions extends FormOptions {
  /**
   * The column to predict: its name in the header, or its number from 1 (as a number, or as text where no column has that
   * name). Several columns of numbers make a regression with as many outputs. Default: the last. An empty list: none, for rows to
   * predict from.
   */
  readonly target?: ColumnRef | readonly ColumnRef[];
  /** Columns whose spelling matters, by name, such as categories: 007 is not 7. The target is one anyway. */
  readonly spelled?: readonly string[];
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
  readonly numbers: NumberForm;
  readonly notMissing?: readonly string[];
  readonly hasHeader: boolean;
  /** The header's names; without a header, equally many empty ones. */
  readonly names: readonly string[];
  /** The target columns, from 0. */
  readonly targets: readonly number[];
}

export function readLayout(top: CsvRecord, form: CsvForm, file: string, options: LayoutOptions): CsvLayout {
  const { delimiter, numbers } = form;
  const asked = options.target === undefined ? [] : [options.target].flat();
  const first = top.cells.map(nameIn);
  const given = asked.map((each) => (first.includes(nameIn(String(each))) ? each : (calledNumber(each) ?? each)));
  const width = tableWidth(top, form, given);
  if (width < (options.target === undefined || given.length > 0 ? 2 : 1)) {
    const commas = options.decimal === "," && top.cells.some((cell) => cell.includes(","));
    const say = delimiterSetting(commas ? "," : ";");
    const advice = `expected inputs and a target, separated by commas; for another delimiter, say so: ${say}`;
    throw new DataError(`${file}: line ${top.line}`, "there is one column", advice);
  }
  const cells = first.slice(0, width);
  const hasHeader = options.header ?? (form.named || isNamed(cells, top.line, form, file, options.notMissing, given));
  const names = hasHeader ? cells : cells.map(() => "");
  const targets = options.target === undefined ? [width - 1] : asked.map((each) => findColumn(names, file, each));
  return { file, delimiter, numbers, notMissing: options.notMissing, hasHeader, names, targets };
}

/** Without the empty column that a delimiter after the last cell makes, in all lines or in some. */
function tableWidth(top: CsvRecord, { sample }: CsvForm, targets: readonly ColumnRef[]): number {
  const records = [top, ...sample.slice(1)];
  const least = Math.min(...records.map(({ cells }) => widthOf(cells)));
  const fits = records.every(({ cells }) => cells.length === least || widthOf(cells) === least);
  const drop = fits && records.length > 1 && targets.every((target) => columnNumber(target) !== least + 1);
  return drop ? least : top.cells.length;
}

function isNamed(
  cells: readonly string[],
  line: number,
  { sample, numbers }: CsvForm,
  file: string,
  notMissing: readonly string[] | undefined,
  targets: readonly ColumnRef[],
): boolean {
  const named = targets.some((target) => columnNumber(target) === undefined);
  const exists = (number: number) => number >= 1 && number <= cells.length;
  const isName = (target: ColumnRef) =>
    typeof target === "string" && !exists(columnNumber(target) ?? 0) && cells.includes(nameIn(target));
  if (named || targets.some(isName)) return true;
  const below = sample.slice(1).map((record) => record.cells.map(nameIn));
  const target = columnNumber(targets[0] ?? cells.length) ?? cells.length;
  return hasHeader({
    file,
    line,
    cells,
    below,
    numbers,
    notMissing,
    target: (exists(target) ? target : cells.length) - 1,
  });
}
