import { quote, quoteValue, unknownName } from "../arguments/index.ts";
import type { RawTable } from "../data/index.ts";
import { cellPlace, columnName } from "../data/table/index.ts";
import { DataError, setting } from "../files/index.ts";

/** Measurements: columns by name, rows as objects, or a table as `csvTable` reads one. */
export type CurveData =
  | Readonly<Record<string, ArrayLike<number>>>
  | readonly Readonly<Record<string, unknown>>[]
  | RawTable;

/** Columns of equal length, by the names that a formula can use. */
export interface Observations {
  readonly names: readonly string[];
  readonly rows: number;
  /** A column's values, NaN where one is missing. Throws a DataError for a cell that is no number. */
  column(name: string): Float64Array;
  /** A row, or its cell in a column, in messages: `line 4, column 3 ("age")`. */
  place(row: number, name?: string): string;
}

export function observationsOf(data: CurveData): Observations {
  if (typeof data !== "object" || data === null)
    throw new TypeError(`the data are ${quoteValue(data)}; give columns, such as { x: [1, 2], y: [3, 5] }, or rows`);
  if (isRows(data)) return ofRows(data);
  return isTable(data) ? ofTable(data) : ofColumns(data);
}

const isRows = (data: CurveData): data is readonly Readonly<Record<string, unknown>>[] => Array.isArray(data);

const isTable = (data: object): data is RawTable =>
  "columns" in data && Array.isArray(data.columns) && "rows" in data && typeof data.rows === "number";

const plainPlace = (row: number, name?: string): string =>
  `row ${row + 1}${name === undefined ? "" : `, column ${quote(name)}`}`;

function ofColumns(data: Readonly<Record<string, ArrayLike<number>>>): Observations {
  const [names, find] = namesFor(Object.keys(data));
  const [first] = Object.keys(data);
  if (first === undefined)
    throw new RangeError("the data have no columns; give some, such as { x: [1, 2], y: [3, 5] }");
  const rows = data[first].length;
  for (const [name, column] of Object.entries(data))
    if (column?.length !== rows)
      throw new RangeError(
        `column ${quote(name)} has ${column?.length ?? "no"} values, but column ${quote(first)} has ${rows}; all columns must have the same length`,
      );
  const column = (name: string) =>
    Float64Array.from({ length: rows }, (_, row) => numberOf(data[find(name)][row], plainPlace(row, name)));
  return { names, rows, column, place: plainPlace };
}

function ofRows(data: readonly Readonly<Record<string, unknown>>[]): Observations {
  const wrong = data.findIndex((row) => typeof row !== "object" || row === null);
  if (wrong >= 0)
    throw new TypeError(`row ${wrong + 1} is ${quoteValue(data[wrong])}; give an object, such as { x: 1, y: 3 }`);
  const [names, find] = namesFor([...new Set(data.flatMap((row) => Object.keys(row)))]);
  const column = (name: string) => Float64Array.from(data, (row, i) => numberOf(row[find(name)], plainPlace(i, name)));
  return { names, rows: data.length, column, place: plainPlace };
}

/** A number; NaN for a missing one. */
function numberOf(cell: unknown, place: string): number {
  if (cell === undefined || cell === null) return Number.NaN;
  if (typeof cell !== "number" || Math.abs(cell) === Number.POSITIVE_INFINITY)
    throw new DataError(place, `it is ${quoteValue(cell)}`, "a formula computes with finite numbers");
  return cell;
}

function ofTable(table: RawTable): Observations {
  const [names, find] = namesFor(table.columns.map(columnName));
  const raw = (name: string) => table.columns[table.columns.findIndex((each) => columnName(each) === find(name))];
  const place = (row: number, name?: string): string => {
    if (name !== undefined) return cellPlace(table, row, raw(name));
    return `${table.name}: ${table.lines === undefined ? `row ${row + 1}` : `line ${table.lines.at(row)}`}`;
  };
  const column = (name: string): Float64Array => {
    const found = raw(name);
    const twins = table.columns.filter((each) => columnName(each) === columnName(found)).map(({ number }) => number);
    if (twins.length > 1)
      throw new DataError(
        table.name,
        `columns ${twins.slice(0, 5).join(", ")} are all named ${quote(columnName(found))}`,
        "rename the one that the formula means",
      );
    if (found.cells === "numbers") return found.values;
    const at = found.words.findIndex((word) => Number.isNaN(Number(word)));
    const row = found.firstRows[Math.max(0, at)];
    throw new DataError(
      place(row, name),
      `it is ${quote(found.words[Math.max(0, at)] ?? "")}, no number`,
      "correct the cell, or leave the column out of the formula",
    );
  };
  return { names, rows: table.rows, column, place };
}

/** A name in the language. */
const NAME = /^[\p{L}_][\p{L}\p{Nd}_]*$/u;

/**
 * The names that a formula can use, and the column of each. Characters that a name cannot have become underscores: "Body mass (g)" is
 * Body_mass_g.
 */
function namesFor(columns: readonly string[]): [names: readonly string[], find: (name: string) => string] {
  const found = new Map<string, string>();
  const plain = columns.filter((name) => NAME.test(name));
  for (const name of [...plain, ...columns]) {
    const written = NAME.test(name) ? name : asName(name);
    if (!found.has(written)) found.set(written, name);
  }
  const names = columns.map((name) => (NAME.test(name) ? name : asName(name)));
  const find = (name: string): string => {
    const column = found.get(name);
    if (column === undefined) throw new RangeError(unknownName("column", name, names));
    return column;
  };
  return [[...new Set(names)], find];
}

function asName(name: string): string {
  const joined = (name.match(/[\p{L}\p{Nd}]+/gu) ?? []).join("_");
  return NAME.test(joined) ? joined : `_${joined}`;
}

/** Columns without the rows in which one is missing; with `refuse`, such a row is a DataError. */
export function completeRows(
  observations: Observations,
  names: readonly string[],
  missing: "refuse" | "drop",
): { readonly columns: Readonly<Record<string, Float64Array>>; readonly kept: readonly number[] } {
  const columns = names.map((name) => [name, observations.column(name)] as const);
  const kept: number[] = [];
  for (let row = 0; row < observations.rows; row++) {
    const hole = columns.find(([, column]) => Number.isNaN(column[row]));
    if (hole === undefined) kept.push(row);
    else if (missing === "refuse")
      throw new DataError(
        observations.place(row, hole[0]),
        "the value is missing",
        `fill it in, or leave such rows out: ${setting("--missing drop", 'missing: "drop"')}`,
      );
  }
  const pick = (column: Float64Array): Float64Array => Float64Array.from(kept, (row) => column[row]);
  return { columns: Object.fromEntries(columns.map(([name, column]) => [name, pick(column)])), kept };
}
