import { median } from "../../averages/index.ts";
import { DataError, quote } from "../../files/index.ts";
import { type NumberForm, readNumber } from "../cells/number.ts";
import type { MissingPolicy } from "../choices/index.ts";
import type { Choice, Chosen, LeftOut } from "./choose.ts";
import { dateOrder } from "./date.ts";
import { cellValues, meaningsOf } from "./encode.ts";
import { booleanWords } from "./kind.ts";
import type { CategoryInput, InputColumn } from "./preprocessing.ts";
import { columnLabel, columnName, type RawColumn, type RawTable, type WordColumn } from "./raw-table.ts";
import { Sample } from "./sample.ts";

export interface MeasureOptions {
  readonly missing: MissingPolicy;
  /** Words that fewer rows of the training set have share one input. */
  readonly rare: number;
  /** Whether numbers, dates and booleans stay in their own unit. */
  readonly asIs?: boolean | undefined;
}

/** A column of inputs, measured. */
export interface MeasuredColumn {
  readonly input: InputColumn;
  readonly column: RawColumn;
  /** The value of each of its words, by their codes; missing for a column of numbers. */
  readonly meanings?: Float64Array;
}

/**
 * Measures each column on the rows of the training set alone. A column that is the same in all of them is left out.
 *
 * @throws DataError for values beyond double precision
 */
export function measureColumns(
  table: RawTable,
  { inputs }: Choice,
  training: Uint32Array,
  options: MeasureOptions,
): { readonly columns: readonly MeasuredColumn[]; readonly leftOut: readonly LeftOut[] } {
  const columns: MeasuredColumn[] = [];
  const leftOut: LeftOut[] = [];
  for (const chosen of inputs) {
    const measured =
      chosen.kind === "category"
        ? categoryInput(table, chosen, training, options)
        : scaledInput(table, chosen, training, options);
    if ("reason" in measured) leftOut.push({ column: chosen.column, reason: measured.reason });
    else columns.push(measured);
  }
  return { columns, leftOut };
}

interface Constant {
  readonly reason: string;
}

function scaledInput(
  table: RawTable,
  chosen: Chosen,
  training: Uint32Array,
  { missing, asIs = false }: MeasureOptions,
): MeasuredColumn | Constant {
  const { column } = chosen;
  const bare = bareInput(chosen);
  const meanings = meaningsOf(bare, column, table.numbers, (row) => stray(table, row));
  const read = { column, ...(meanings && { meanings }) };
  const sample = new Sample(cellValues(column, meanings), training);
  const { count, lacking, first } = sample;
  if (count === 0) return { reason: `missing in all ${training.length} rows of the training set` };
  const policy = missing === "refuse" || missing === "drop" ? undefined : missing;
  const indicator = policy === "indicator" && lacking > 0;
  // Codes belong together: a sequence keeps its place even where all have the same.
  if (sample.isConstant && !asIs) {
    // Whether it is missing may still say something.
    if (indicator) return { input: { ...bare, mean: first, deviation: 1, fill: first, indicator }, ...read };
    const digits = Math.abs(first) > Number.MAX_SAFE_INTEGER ? " to the 16 digits of a double" : "";
    return { reason: `constant${digits}: ${first} in all ${count} rows of the training set` };
  }
  const fill = policy === undefined ? undefined : policy === "median" ? median(sample.all()) : sample.mean();
  const moments = asIs ? {} : sample.moments(columnLabel(column), table.name, fill);
  const input: InputColumn = {
    ...bare,
    ...moments,
    ...(fill !== undefined && { fill }),
    ...(indicator && { indicator }),
  };
  return { input, ...read };
}

/** A column before it is measured. */
function bareInput({ column, kind }: Chosen): Exclude<InputColumn, CategoryInput> {
  const common = { name: columnName(column), mean: 0, deviation: 1 };
  const words = column.cells === "words" ? column.words : [];
  if (kind === "boolean") return { kind, ...common, words: booleanWords(words) ?? ["false", "true"] };
  if (kind !== "date") return { kind: "number", ...common };
  const order = dateOrder(words);
  return order === "day-first" || order === "month-first"
    ? { kind, ...common, dayFirst: order === "day-first" }
    : { kind, ...common };
}

const stray = (table: RawTable, row: number): never => {
  throw new DataError(
    table.name,
    `row ${row + 1} cannot be read as its column is`,
    "correct it, or leave the column out",
  );
};

function categoryInput(
  { numbers }: RawTable,
  { column }: Chosen,
  training: Uint32Array,
  { missing, rare }: MeasureOptions,
): MeasuredColumn | Constant {
  const { codes, words } = column.cells === "words" ? column : NO_WORDS;
  const counts = new Float64Array(words.length);
  let lacking = 0;
  for (const row of training) {
    if (codes[row] < 0) lacking++;
    else counts[codes[row]]++;
  }
  const categories = sorted(
    words.filter((_, code) => counts[code] >= rare),
    numbers,
  );
  const seen = counts.filter((count) => count > 0).length;
  const fills = missing !== "refuse" && missing !== "drop";
  if (seen + (fills && lacking > 0 ? 1 : 0) < 2)
    return { reason: constantWords(words[counts.findIndex((count) => count > 0)], training.length) };
  if (categories.length === 0 && !(fills && lacking > 0))
    return { reason: `rare: each word is in fewer than ${rare} rows of the training set` };
  const input: CategoryInput = {
    ...{ kind: "category", name: columnName(column), categories },
    ...(seen > categories.length && { other: true }),
    ...(fills && { missing: lacking > 0 ? "input" : "other" }),
  };
  return { input, column, meanings: Float64Array.from(words, (word) => categories.indexOf(word)) };
}

const constantWords = (word: string | undefined, rows: number): string =>
  word === undefined
    ? `missing in all ${rows} rows of the training set`
    : `constant: ${quote(word)} in all ${rows} rows of the training set`;

const NO_WORDS: Pick<WordColumn, "codes" | "words"> = { codes: new Int32Array(0), words: [] };

/** Numbers by value, if all are numbers, else words by their characters. */
function sorted(words: readonly string[], form: NumberForm): string[] {
  const value = (word: string) => readNumber(word, form) ?? Number.NaN;
  const numeric = words.every((word) => !Number.isNaN(value(word)));
  return numeric ? words.toSorted((a, b) => value(a) - value(b)) : words.toSorted();
}
