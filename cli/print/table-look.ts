import { quote } from "../../src/arguments/index.ts";
import {
  type ColumnFacts,
  classCounts,
  classLine,
  type Dataset,
  delimiterName,
  inputSize,
  type RawTable,
  type TableForm,
  type TableLook,
} from "../../src/data/index.ts";
import { cellWidth, shorten } from "../../src/figure/index.ts";
import { commandWords } from "../../src/files/index.ts";
import { type Column, format, numberColumn, several, tableLines, textColumn } from "../../src/report/index.ts";
import { countWords, lookNotes } from "./data-notes.ts";

/** A table that was read, and what is known of it. */
export interface ShownTable extends TableLook {
  readonly table: Pick<RawTable, "name" | "rows" | "form">;
}

/**
 * What a table holds and what becomes of it, for people.
 *
 * @param more notes
 */
export function tableLookLines(shown: ShownTable, width: number, more: readonly string[]): string[] {
  const { table, columns, data, problem } = shown;
  const { name, rows, form } = table;
  const perClass = data ? classCounts(data) : [];
  return [
    data ? `${name}: ${countWords(data)}` : `${name}: ${several(rows, "row")}`,
    ...(form ? [`read as: ${formWords(form, columns)}`] : [`read as: ${several(columns.length, "column")}`]),
    ...(data ? [`${several(inputSize(data), "input")}, ${outputWords(data)}`] : []),
    ...(perClass.length === 0 ? [] : [classLine(perClass)]),
    "",
    ...columnLines(columns, width),
    "",
    ...[...lookNotes(shown), ...more].map((note) => `note: ${note}`),
    ...(problem ? [`problem: ${commandWords(problem).replace(`${name}: `, "")}`] : []),
  ];
}

const outputWords = ({ task, outputs }: Dataset): string =>
  task === "classification"
    ? `${outputs} classes to tell apart`
    : outputs === 1
      ? "a number to predict"
      : `${outputs} numbers to predict`;

/** How a text was read: `4 columns separated by semicolons; decimal commas; names in the first line; predicts column 4, "y"`. */
function formWords(
  { delimiter, decimal, thousands, header, columns, comments }: TableForm,
  facts: readonly ColumnFacts[],
): string {
  const targets = facts.filter(({ role }) => role === "target").map(({ number }) => number);
  const names = targets.map((number) => columns[number - 1]).filter((name) => name !== "");
  return [
    `${columns.length} columns separated by ${delimiterName(delimiter)}s`,
    decimal === "," ? "decimal commas" : "decimal points",
    ...(thousands === undefined ? [] : [`thousands separated by ${quote(thousands)}`]),
    header ? "names in the first line" : "no names in the first line",
    ...(comments === undefined ? [] : [`${several(comments, "comment")} skipped`]),
    `predicts column${targets.length === 1 ? "" : "s"} ${[targets.join(" and "), ...(names.length > 0 ? [names.map(quote).join(" and ")] : [])].join(", ")}`,
  ].join("; ");
}

/** Tables of more columns show only the first, and their targets. */
const MOST_COLUMNS = 40;
const FIRST_COLUMNS = 20;

function columnLines(columns: readonly ColumnFacts[], width: number): string[] {
  if (columns.length <= MOST_COLUMNS) return setColumns(columns, width);
  const first = columns.slice(0, FIRST_COLUMNS);
  const rest = columns.slice(FIRST_COLUMNS);
  const targets = rest.filter(isNamed);
  const more = rest.filter((column) => !isNamed(column));
  const lines = setColumns([...first, ...targets], width);
  return [...lines.slice(0, FIRST_COLUMNS + 1), `… ${restWords(more)}`, ...lines.slice(FIRST_COLUMNS + 1)];
}

const isNamed = ({ role }: ColumnFacts): boolean => role === "target" || role === "weights";

/** `764 more: 700 inputs, 64 left out` */
function restWords(columns: readonly ColumnFacts[]): string {
  const uses = { input: "inputs", "left out": "left out", refused: "that cannot be used" } as const;
  const counts = (["input", "left out", "refused"] as const)
    .map((role) => ({ role, count: columns.filter((column) => column.role === role).length }))
    .filter(({ count }) => count > 0);
  const missing = columns.reduce((sum, column) => sum + column.missing, 0);
  const words = counts.map(({ role, count }) => `${format.count(count)} ${uses[role]}`);
  return `${format.count(columns.length)} more: ${[...words, ...(missing > 0 ? [`${format.count(missing)} missing cells`] : [])].join(", ")}`;
}

/** The widest name, in a usual and in a wide terminal. */
const nameWidth = (width: number): number => (width < 100 ? 18 : 30);

/** What a column holds takes at least this much room. */
const LEAST_VALUES = 20;

function setColumns(columns: readonly ColumnFacts[], width: number): string[] {
  const others: Column<ColumnFacts>[] = [
    textColumn("column", ({ name }) => shorten(name, nameWidth(width))),
    textColumn("kind", ({ kind }) => kind),
    ...(columns.some(({ missing }) => missing > 0)
      ? [numberColumn("missing", ({ missing }: ColumnFacts) => (missing === 0 ? "" : missing), format.count)]
      : []),
    textColumn("use", (column) => useWords(column)),
  ];
  const used = Math.max(...tableLines(others, columns).map(cellWidth));
  const room = Math.max(LEAST_VALUES, width - used - 2);
  const values = textColumn<ColumnFacts>("values", (column) => valueWords(column, room));
  return tableLines([...others.slice(0, -1), values, ...others.slice(-1)], columns);
}

/** What becomes of a column. */
function useWords({ role, kind, reason = "", inputs }: ColumnFacts): string {
  if (role === "target") return "target";
  if (role === "weights") return "weights of the examples";
  const [why] = reason.split(/[:,]/);
  if (role === "left out") return `left out${kind === "empty" ? "" : `: ${before(why, " are used only")}`}`;
  if (role === "refused")
    return `cannot be used: ${why.includes(" of which") ? `${before(why, " of which")} unclear` : why}`;
  if (kind === "category" || kind === "text") return `${inputs} inputs, one-hot`;
  return inputs === 1 ? "input" : `${inputs} inputs`;
}

const before = (text: string, word: string): string => text.split(word, 1)[0];

/** What a column holds: a range and a mean, the first and the last date, or its most frequent words, as many as there is room for. */
function valueWords({ range, dates, frequent = [], different = 0, kind }: ColumnFacts, room: number): string {
  if (dates) return `${dates.first} to ${dates.last}`;
  if (range && kind === "number") return rangeWords(range, room);
  const [first] = frequent;
  if (first && (kind === "text" || first.rows === 1))
    return shorten(`${format.count(different)} different: ${first.word}`, room);
  const words = frequent.map(({ word, rows }) => `${shorten(word, 24)} ${format.count(rows)}`);
  const lines = words.map((_, i) => {
    const rest = different > i + 1 ? `, … ${format.count(different)} in all` : "";
    return `${words.slice(0, i + 1).join(", ")}${rest}`;
  });
  return lines.findLast((line) => cellWidth(line) <= room) ?? shorten(lines[0] ?? "", room);
}

function rangeWords(range: NonNullable<ColumnFacts["range"]>, room: number): string {
  const [least, mean, most] = [range.least, range.mean, range.most].map(numberWords);
  if (least === most) return least;
  const whole = `${least} to ${most}, mean ${mean}`;
  return cellWidth(whole) <= room ? whole : shorten(`${least} to ${most}`, room);
}

/** A value of the user's data: whole, or four digits. */
function numberWords(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e9)) return value.toExponential(2).replace("e+", "e");
  const useGrouping = size >= 10_000;
  if (Number.isInteger(value) || size >= 10_000) return Math.round(value).toLocaleString("en", { useGrouping });
  return value.toLocaleString("en", { useGrouping, maximumSignificantDigits: 4 });
}
