import { isMissing } from "../cells/missing.ts";
import type { RawColumn } from "./raw-table.ts";

/**
 * A column from the values of its cells, as JSON, programs and databases have them. Numbers stay numbers, dates become ISO text; empty
 * text, null, undefined, NaN and the usual words, such as "NA", are missing.
 *
 * @param refuse throws for a value of another type
 * @param notMissing words that are values, although they usually stand for a missing one
 */
export function columnOfCells(
  cells: readonly unknown[],
  name: string,
  number: number,
  refuse: (cell: unknown, row: number) => never,
  notMissing: readonly string[] = [],
): RawColumn {
  const values = cells.map((cell, row) => plainCell(cell, notMissing, () => refuse(cell, row)));
  const first = values.indexOf(undefined);
  const common = {
    ...{ name, number, missing: values.filter((value) => value === undefined).length },
    ...(first >= 0 && { firstMissing: { row: first, text: String(cells[first] ?? "") } }),
  };
  if (values.every((value) => value === undefined || typeof value === "number"))
    return { cells: "numbers", ...common, values: Float64Array.from(values, (value) => value ?? Number.NaN) };
  return { cells: "words", ...common, ...coded(values) };
}

/** The words of a column, and the index of each row's. */
export function coded(values: readonly (string | number | undefined)[]) {
  const known = new Map<string, number>();
  const firstRows: number[] = [];
  const codes = new Int32Array(values.length);
  for (const [row, value] of values.entries()) {
    const word = value === undefined ? undefined : String(value);
    const code = word === undefined ? -1 : (known.get(word) ?? known.size);
    codes[row] = code;
    if (word === undefined || known.has(word)) continue;
    known.set(word, code);
    firstRows.push(row);
  }
  return { codes, words: [...known.keys()], firstRows };
}

/** A cell's number or word; undefined if it is missing. */
function plainCell(cell: unknown, notMissing: readonly string[], refuse: () => never): number | string | undefined {
  if (cell === null || cell === undefined || Number.isNaN(cell)) return undefined;
  if (typeof cell === "string") return isMissing(cell.trim(), notMissing) ? undefined : cell.trim();
  if (typeof cell === "number" && Number.isFinite(cell)) return cell;
  if (typeof cell === "bigint") return Number(cell);
  if (typeof cell === "boolean") return String(cell);
  if (cell instanceof Date && !Number.isNaN(cell.getTime())) return cell.toISOString();
  return refuse();
}
