import { type Block, cellWidth, table, type Written } from "../figure/index.ts";

/**
 * A table is a list of columns over rows. Each kind of result has its columns once; `tableLines` sets them for a terminal,
 * `tableBlock` for a page.
 */
export interface Column<Row> {
  readonly head: string;
  /** Numbers stand to the right. */
  readonly align: "left" | "right";
  readonly value: (row: Row) => Cell;
  /** Which number a page sets off as the best, where no other's interval meets its own. */
  readonly best?: "min" | "max";
}

/** Words; a number with its words, and within what it may lie; null where there is nothing. */
export type Cell = string | Written | null;

export type Interval = readonly [low: number, high: number];

/** A column of words. */
export const textColumn = <Row>(head: string, value: (row: Row) => string | null): Column<Row> => ({
  ...{ head, value },
  align: "left",
});

interface NumberOptions<Row> {
  readonly best?: "min" | "max" | undefined;
  /** Within what the number may lie. Default: it is exact. */
  readonly interval?: (row: Row) => Interval | undefined;
}

/** A column of numbers, as `write` writes them; words where a row has a word instead. */
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
    return typeof found === "number" ? { value: found, text: write(found), interval: interval?.(row) } : found;
  },
  ...(best === undefined ? {} : { best }),
});

/** A cell in words. */
export const cellText = (cell: Cell): string => (cell === null ? "–" : typeof cell === "string" ? cell : cell.text);

/** Cells of a usual terminal. */
const WIDTH = 80;

/**
 * The table as lines of a terminal, with its heads above and two blanks between columns. Heads break into two lines where they would
 * make the table too wide, and are wider than what is below them.
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

/** A head on two lines, cut at the blank that is nearest to its middle; a single word stands on the lower. */
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
 * Writes rows as they come, each a line, the first with the heads above it: columns are as wide as their heads, and at least as
 * `least` says, since nobody knows what is still to come.
 */
export function rowTeller<Row>(columns: readonly Column<Row>[], least: readonly number[]): (row: Row) => string[] {
  const heads = columns.map(({ head }) => head);
  const widths = heads.map((head, i) => Math.max(cellWidth(head), least[i] ?? 0));
  let told = false;
  return (row) => {
    const cells = columns.map(({ value }) => cellText(value(row)));
    const lines = told ? [cells] : [heads, cells];
    told = true;
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
