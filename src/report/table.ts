import { type Block, cellWidth, table, type Written } from "../figure/index.ts";

/**
 * A column of a table: its head, and how a row's value is written. Each kind of result lists its columns once; `tableLines`
 * sets them for a terminal, `tableBlock` for a page.
 */
export interface Column<Row> {
  readonly head: string;
  /** Numbers are aligned to the right. */
  readonly align: "left" | "right";
  readonly value: (row: Row) => Cell;
  /** Which value a page highlights as the best, provided that its interval overlaps no other. */
  readonly best?: "min" | "max";
}

/** Stands for a missing number. */
const NONE = "–";

/** Words; a number with its text and interval; null for an empty cell. */
export type Cell = string | Written | null;

export type Interval = readonly [low: number, high: number];

/** A column of words. */
export const textColumn = <Row>(head: string, value: (row: Row) => string | null): Column<Row> => ({
  ...{ head, value },
  align: "left",
});

interface NumberOptions<Row> {
  readonly best?: "min" | "max" | undefined;
  /** The number's uncertainty, also where it is missing, such as the arrivals of an optimizer without a median. Default: it is exact. */
  readonly interval?: (row: Row) => Interval | undefined;
}

/** A column of numbers, formatted by `write`; a row may have a word instead. */
export const numberColumn = <Row>(
  head: string,
  value: (row: Row) => number | string | null | undefined,
  write: (value: number) => string,
  { best, interval }: NumberOptions<Row> = {},
): Column<Row> => ({
  head,
  align: "right",
  value: (row) => {
    const found = value(row) ?? null;
    if (typeof found === "number") return { value: found, text: write(found), interval: interval?.(row) };
    const range = found === null ? interval?.(row) : undefined;
    return range === undefined ? found : { value: null, text: NONE, interval: range };
  },
  ...(best === undefined ? {} : { best }),
});

/** A cell in words. */
export const cellText = (cell: Cell): string => (cell === null ? NONE : typeof cell === "string" ? cell : cell.text);

/** The width of a usual terminal, in characters. */
const WIDTH = 80;

/**
 * The table as lines of a terminal, with two blanks between columns. Where the table would be too wide, heads that are wider than
 * their columns break into two lines.
 */
export function tableLines<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] {
  const heads = columns.map(({ head }) => head);
  const cells = rows.map((row) => columns.map(({ value }) => cellText(value(row))));
  const lines = setLines([heads, ...cells], columns);
  if (Math.max(...lines.map(cellWidth)) <= WIDTH) return lines;
  const isWider = (head: string, i: number): boolean => cells.every((line) => cellWidth(line[i]) < cellWidth(head));
  const broken = heads.map((head, i) => (isWider(head, i) ? inTwo(head) : (["", head] as const)));
  const upper = broken.map(([above]) => above);
  return upper.every((words) => words === "")
    ? lines
    : setLines([upper, broken.map(([, lower]) => lower), ...cells], columns);
}

/** A head on two lines, cut at the blank nearest its middle; a single word goes on the lower line. */
function inTwo(head: string): [upper: string, lower: string] {
  const blanks = Array.from(head.matchAll(/ /g), ({ index }) => index);
  const [cut] = blanks.sort((a, b) => Math.abs(a - head.length / 2) - Math.abs(b - head.length / 2));
  return cut === undefined ? ["", head] : [head.slice(0, cut), head.slice(cut + 1)];
}

function setLines(lines: readonly (readonly string[])[], columns: readonly Pick<Column<never>, "align">[]): string[] {
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => cellWidth(line[i]))));
  return lines.map((line) => setLine(line, columns, widths));
}

/**
 * Writes rows one at a time, the first with the heads above it. Columns are as wide as their heads, and at least as wide as `least`
 * says, since the rows to come are not known.
 */
export function rowPrinter<Row>(columns: readonly Column<Row>[], least: readonly number[]): (row: Row) => string[] {
  const heads = columns.map(({ head }) => head);
  const widths = heads.map((head, i) => Math.max(cellWidth(head), least[i] ?? 0));
  let isFirst = true;
  return (row) => {
    const cells = columns.map(({ value }) => cellText(value(row)));
    const lines = isFirst ? [heads, cells] : [cells];
    isFirst = false;
    return lines.map((line) => setLine(line, columns, widths));
  };
}

const setLine = (
  cells: readonly string[],
  columns: readonly Pick<Column<never>, "align">[],
  widths: readonly number[],
): string =>
  cells
    .map((cell, i) => pad(cell, widths[i], columns[i].align))
    .join("  ")
    .trimEnd();

function pad(words: string, width: number, align: "left" | "right"): string {
  const blanks = " ".repeat(Math.max(0, width - cellWidth(words)));
  return align === "left" ? words + blanks : blanks + words;
}

interface TableOptions<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** The curve of the page's charts that a row is about. */
  readonly curve?: (row: Row, index: number) => { readonly label: string; readonly series: number | undefined };
}

/** The table as a block of a page. The first cell names the row. */
export const tableBlock = <Row>({ caption, columns, rows, curve }: TableOptions<Row>): Block =>
  table({
    caption,
    columns: columns.map(({ head, align, best }) => ({ name: head, numeric: align === "right", best })),
    rows: rows.map((row, i) => ({ cells: columns.map(({ value }) => value(row)), ...curve?.(row, i) })),
  });
