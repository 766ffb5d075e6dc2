import { nearestName, quoteValue } from "../../arguments/index.ts";
import { DataError, quote, setting } from "../../files/index.ts";
import { nameIn } from "../cells/plain.ts";

/** A column: its name in the header, or its number from 1, as a number or as text; "column 3" where it has no name. */
export type ColumnRef = string | number;

/** The number of a column that is given by its number; undefined for a name. */
export function columnNumber(column: ColumnRef): number | undefined {
  if (typeof column === "number") return column;
  return /^\d+$/.test(column.trim()) ? Number(column) : undefined;
}

/**
 * The index of a column, from 0. A name goes before a number.
 *
 * @param names of all columns; empty strings without a header
 * @throws TypeError for anything but a name or a number; DataError for a column that does not exist, with the nearest name, and for a name that several columns have
 */
export function findColumn(names: readonly string[], table: string, column: ColumnRef): number {
  if (typeof column !== "string" && typeof column !== "number")
    throw new TypeError(`${table}: a column is ${quoteValue(column)}; give its name, or its number from 1`);
  const wanted = typeof column === "string" ? nameIn(column) : undefined;
  const named = [...names.keys()].filter((index) => wanted !== undefined && names[index] === wanted);
  if (wanted !== undefined && named.length > 1) {
    const numbers = named.map((index) => index + 1);
    const problem = `columns ${numbers.slice(0, 5).join(", ")} are all named ${quote(wanted)}`;
    throw new DataError(table, problem, `choose one by its number, such as ${numbers[0]}`);
  }
  const number = columnNumber(column) ?? namelessNumber(names, column);
  const index = named[0] ?? (number ?? 0) - 1;
  if (Number.isInteger(index) && index >= 0 && index < names.length) return index;
  if (wanted === undefined || number !== undefined) {
    throw new DataError(table, `there is no column ${number ?? column}`, `expected a number from 1 to ${names.length}`);
  }
  const meant = nearestName(wanted, names);
  const advice = meant
    ? `did you mean ${quote(meant)}?`
    : names.every((name) => name === "")
      ? `its columns have no names: expected a number from 1 to ${names.length}`
      : `expected one of the ${names.length} names in the first line`;
  throw new DataError(table, `there is no column named ${quote(wanted)}`, advice);
}

/** The number of a column without a name that is called as messages call it, `column 3`; undefined for another name. */
export function calledNumber(column: ColumnRef): number | undefined {
  const [, digits] = /^column (\d+)$/.exec(String(column).trim()) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** The same, unless that column has a name. */
function namelessNumber(names: readonly string[], column: ColumnRef): number | undefined {
  const number = calledNumber(column);
  const isNameless = number !== undefined && names.includes("") && (names[number - 1] ?? "") === "";
  return isNameless ? number : undefined;
}

/** The setting that makes a column (from 1) the target: by its name, if that is unique. */
export function predictSetting(column: number, names: readonly string[] = []): string {
  const said = plainName(column, names);
  return setting(`--predict ${said ?? column}`, `target: ${said === undefined ? column : JSON.stringify(said)}`);
}

/** The setting that leaves columns (from 1) out: by their names, where these are unique. */
export function ignoreSetting(columns: readonly number[], names: readonly string[] = []): string {
  const said = columns.map((column) => plainName(column, names) ?? column);
  return setting(`--ignore ${said.join(",")}`, `ignore: ${JSON.stringify(said)}`);
}

function plainName(column: number, names: readonly string[]): string | undefined {
  const name = names[column - 1] ?? "";
  const plain = /^[\w.-]{1,40}$/.test(name) && names.indexOf(name) === names.lastIndexOf(name);
  return plain && Number.isNaN(Number(name)) ? name : undefined;
}
