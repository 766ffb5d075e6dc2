import { show, words } from "../check.ts";
import type { Figure } from "../description.ts";

/** A part of a page: plain data, like a figure. */
export type Block = Prose | Chart | Table | Code | Facts | Details;

export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** Paragraphs. In them `code` between backticks, **strong** words and [links](https://…) are set as such. */
export interface Prose {
  readonly kind: "prose";
  readonly paragraphs: readonly string[];
}

export interface Chart {
  readonly kind: "chart";
  readonly figure: Figure;
  /** Words below the title; as prose. */
  readonly caption?: string;
}

export interface Table {
  readonly kind: "table";
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

export interface Column {
  readonly name: string;
  /** The cells are numbers: set to the right, with common decimals. */
  readonly numeric: boolean;
  /** Which number is the best one and set off from the others, where no other's interval reaches into its own. */
  readonly best?: "min" | "max";
  /** Decimals; by default as many as give the middle number four significant digits. */
  readonly decimals?: number;
}

export interface Row {
  readonly cells: readonly Cell[];
  /** The curve of the charts that this row is about: it gets a sample of the line. */
  readonly label?: string;
  readonly series?: number;
  readonly color?: string;
}

/** Words, a number, nothing, or a number as it is written. */
export type Cell = string | number | null | Written;

/** A number and its words: `{ value: 0.012, text: "0.012 ± 0.001" }`. */
export interface Written {
  readonly value: number;
  readonly text: string;
  /** An interval of confidence, or the range over several seeds. */
  readonly interval?: readonly [low: number, high: number];
}

/** Text set as it is typed, with a button to copy it. */
export interface Code {
  readonly kind: "code";
  readonly text: string;
  readonly label?: string;
}

/** Short pairs of a name and a value. */
export interface Facts {
  readonly kind: "facts";
  readonly facts: readonly (readonly [name: string, value: string])[];
}

/** Blocks that are folded away until the reader opens them. */
export interface Details {
  readonly kind: "details";
  readonly summary: string;
  readonly blocks: readonly Block[];
}

export const section = (title: string, blocks: readonly Block[]): Section => ({
  title: words("section: title", title),
  blocks: [...blocks],
});

export const prose = (...paragraphs: readonly string[]): Prose => ({ kind: "prose", paragraphs });

export const chart = (figure: Figure, caption?: string): Chart => ({ kind: "chart", figure, caption });

export const code = (text: string, label?: string): Code => ({ kind: "code", text, label });

export const facts = (pairs: Facts["facts"] | Readonly<Record<string, string>>): Facts => ({
  kind: "facts",
  facts: isList(pairs) ? [...pairs] : Object.entries(pairs),
});

const isList = (pairs: Facts["facts"] | Readonly<Record<string, string>>): pairs is Facts["facts"] =>
  Array.isArray(pairs);

export const details = (summary: string, blocks: readonly Block[]): Details => ({
  kind: "details",
  summary: words("details: summary", summary),
  blocks: [...blocks],
});

/** A table. A column is numeric where all its cells are; a row is a list of cells, or has a curve as well. */
export function table(options: {
  caption: string;
  columns: readonly (string | (Partial<Column> & { name: string }))[];
  rows: readonly (readonly Cell[] | Row)[];
}): Table {
  const rows = options.rows.map((row): Row => ("cells" in row ? row : { cells: row }));
  const { length } = options.columns;
  const odd = rows.find(({ cells }) => cells.length !== length);
  if (odd) throw new RangeError(`table: ${length} columns and a row of ${odd.cells.length}: ${show(odd.cells)}`);
  const columns = options.columns.map((column, i) => {
    const cells = rows.map((row) => row.cells[i]);
    return { numeric: isNumeric(cells), ...(typeof column === "string" ? { name: column } : column) };
  });
  return { kind: "table", caption: words("table: caption", options.caption), columns, rows };
}

const isNumeric = (cells: readonly Cell[]): boolean =>
  cells.some((cell) => cell !== null) && cells.every((cell) => typeof cell !== "string");
