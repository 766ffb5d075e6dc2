import { nearestName } from "../expr/nearest.ts";
import type { CsvRecord } from "./csv.ts";
import { DataError, quote } from "./error.ts";
import { readNumber } from "./number.ts";

export interface LayoutOptions {
  /** The column to predict: its name in the header, or its number from 1. Default: the last. */
  readonly target?: string | number;
  /** Whether the first line names the columns. Default: it does when each of its inputs is a word. */
  readonly header?: boolean;
}

/** What the first line says about the rest. */
export interface CsvLayout {
  /** Names the text in errors. */
  readonly file: string;
  readonly hasHeader: boolean;
  /** The header's names, or as many empty ones. */
  readonly names: readonly string[];
  /** The target column, from 0. */
  readonly target: number;
}

export function readLayout(top: CsvRecord, file: string, options: LayoutOptions): CsvLayout {
  const cells = top.cells.map((cell) => cell.trim());
  if (cells.length < 2) {
    throw new DataError(
      `${file}: line ${top.line}`,
      "there is one column",
      "expected inputs and a target, with commas",
    );
  }
  const named = typeof options.target === "string";
  const last = typeof options.target === "number" ? options.target - 1 : cells.length - 1;
  const hasHeader = options.header ?? (named || cells.every((cell, column) => column === last || isName(cell, column)));
  const names = hasHeader ? cells : cells.map(() => "");
  return { file, hasHeader, names, target: findTarget(names, file, options.target ?? cells.length) };
}

/** Words of a file without a header that stand for a missing number. */
const MISSING = /^(nan|n\/?a|null|none|\?|[+-]?inf(inity)?)$/i;

/** A header's first cell may be empty: some programs write row numbers without naming them. */
function isName(cell: string, column: number): boolean {
  return cell === "" ? column === 0 : readNumber(cell) === undefined && !MISSING.test(cell);
}

function findTarget(names: readonly string[], file: string, target: string | number): number {
  const column = typeof target === "string" ? names.indexOf(target.trim()) : target - 1;
  if (Number.isInteger(column) && column >= 0 && column < names.length) return column;
  if (typeof target === "number") {
    throw new DataError(file, `there is no column ${target}`, `expected a number from 1 to ${names.length}`);
  }
  const meant = nearestName(target, names);
  const advice = meant
    ? `did you mean ${quote(meant)}?`
    : `expected one of the ${names.length} names in the first line`;
  throw new DataError(file, `there is no column named ${quote(target)}`, advice);
}

/** How messages call a column (from 0): `column 3 ("age")`. */
export function columnName({ names }: CsvLayout, column: number): string {
  return names[column] === "" ? `column ${column + 1}` : `column ${column + 1} (${quote(names[column])})`;
}

/** Where a cell stands, for messages. */
export function cellPlace(layout: CsvLayout, line: number, column: number): string {
  return `${layout.file}: line ${line}, ${columnName(layout, column)}`;
}
