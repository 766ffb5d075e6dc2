import { readNumber } from "../cells/number.ts";
import type { Choice, LeftOut, Sorted } from "./choose.ts";
import type { ColumnFacts } from "./column-facts.ts";
import { dateOrder, MILLISECONDS, readDate } from "./date.ts";
import { kindOf } from "./kind.ts";
import { type MeasuredColumn, measureColumns } from "./measure.ts";
import { widthOf } from "./preprocessing.ts";
import { columnName, type RawColumn, type RawTable, wordCounts } from "./raw-table.ts";
import type { Refused } from "./refused.ts";

/** How many words are listed. */
const LISTED = 8;

/** The facts of all columns, in their order. */
export function describeColumns(
  table: RawTable,
  { inputs, targets, weights, leftOut }: Choice,
  measured: readonly MeasuredColumn[],
  constant: readonly LeftOut[],
  refused: readonly Refused[] = [],
): ColumnFacts[] {
  const unused = new Map([...leftOut, ...constant, ...refused].map(({ column, reason }) => [column, reason]));
  const used = inputs.map(({ column }) => column).filter((column) => !unused.has(column));
  const widths = new Map(used.map((column, at) => [column, widthOf(measured[at].input)]));
  const bad = new Set(refused.map(({ column }) => column));
  return table.columns.map((column) => {
    const reason = unused.get(column);
    const kind = kindOf(column, table.numbers);
    return {
      ...{ name: columnName(column), number: column.number, kind },
      role: targets.includes(column)
        ? "target"
        : column === weights
          ? "weights"
          : bad.has(column)
            ? "refused"
            : reason === undefined
              ? "input"
              : "left out",
      ...(reason !== undefined && { reason }),
      ...{ inputs: widths.get(column) ?? 0, missing: column.missing },
      ...contents(table, column, kind),
    };
  });
}

/** The facts of a table that cannot be trained on as it is: measured on all rows. */
export function describeRefused(table: RawTable, { refused, ...choice }: Sorted, rare: number): ColumnFacts[] {
  const all = Uint32Array.from({ length: table.rows }, (_, row) => row);
  const { columns, leftOut } = measureColumns(table, choice, all, { missing: "mean", rare });
  return describeColumns(table, choice, columns, leftOut, refused);
}

type Contents = Pick<ColumnFacts, "range" | "unique" | "dates" | "different" | "frequent">;

function contents(table: RawTable, column: RawColumn, kind: ColumnFacts["kind"]): Contents {
  if (column.cells === "numbers")
    return { ...weighted(column.values), ...(areUnique(column.values) && { unique: true }) };
  const numbers = column.words.map((word) => readNumber(word, table.numbers));
  const counts = wordCounts(column);
  const words = column.words.map((word, code) => ({ word, rows: counts[code] })).sort((a, b) => b.rows - a.rows);
  const known = numbers.filter((value) => value !== undefined);
  return {
    ...(known.length === numbers.length && weighted(Float64Array.from(known), counts)),
    ...(kind === "date" && datesOf(column.words)),
    ...{ different: words.length, frequent: words.slice(0, LISTED) },
  };
}

/** Rows by which most columns show that a number occurs twice in them. */
const FIRST_ROWS = 1000;

/** Whether all are different whole numbers. */
function areUnique(values: Float64Array): boolean {
  const isKnown = (value: number) => !Number.isNaN(value);
  const first = values.subarray(0, FIRST_ROWS).filter(isKnown);
  if (new Set(first).size < first.length) return false;
  if (values.some((value) => isKnown(value) && !Number.isInteger(value))) return false;
  const sorted = values.toSorted(); // missing ones come last, and none equals another
  return sorted.length > 1 && !Number.isNaN(sorted[1]) && !sorted.some((value, i) => i > 0 && value === sorted[i - 1]);
}

/** The first and the last of dates whose order of day and month is known. */
function datesOf(words: readonly string[]): Pick<ColumnFacts, "dates"> {
  const order = dateOrder(words);
  if (order === undefined || order === "unclear") return {};
  const days = words.map((word) => readDate(word, order === "day-first") ?? Number.NaN);
  const [first, last] = [days.reduce((a, b) => Math.min(a, b)), days.reduce((a, b) => Math.max(a, b))];
  const written = (day: number) => new Date(day * MILLISECONDS).toISOString().slice(0, 10);
  return { dates: { first: written(first), last: written(last) } };
}

/** @param counts how often each value occurs; default: once */
function weighted(values: Float64Array, counts?: Float64Array): Pick<ColumnFacts, "range"> {
  let [least, most, sum, total] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isNaN(value)) continue;
    if (value < least) least = value;
    if (value > most) most = value;
    const count = counts ? counts[i] : 1;
    sum += value * count;
    total += count;
  }
  return total === 0 ? {} : { range: { least, mean: sum / total, most } };
}
