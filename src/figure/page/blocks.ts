import { isOptions } from "../../arguments/index.ts";
import { show } from "../check.ts";
import type { Figure } from "../description.ts";
import { checkBuilder, checkFigure, type Form, type Forms, forms, listOf, optional } from "../options.ts";

/** A part of a page: plain data, like a figure. */
export type Block = Prose | Chart | Live | Table | Code | Facts | Details;

/** A part of a page with a heading of its own. */
export interface Section {
  /** The heading. */
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** Paragraphs. In them `code` between backticks, **strong** words and [links](https://…) are set as such. */
export interface Prose {
  readonly kind: "prose";
  /** One text for each. */
  readonly paragraphs: readonly string[];
}

/** A figure on a page. */
export interface Chart {
  readonly kind: "chart";
  readonly figure: Figure;
  /** Words below the title, in the markup of `Prose`. */
  readonly caption?: string;
}

/** A figure that the page's program shows in motion, from data. Where it cannot run, and in print, the drawing is shown. */
export interface Live {
  readonly kind: "live";
  readonly figure: Figure;
  /** What the program shows: plain data that JSON can hold. */
  readonly data: object;
  /** Words below the title, in the markup of `Prose`. */
  readonly caption?: string;
}

/** A table on a page. `table` builds one from options. */
export interface Table {
  readonly kind: "table";
  /** Shown above the table. */
  readonly caption: string;
  readonly columns: readonly Column[];
  /** Each with one cell for each column. */
  readonly rows: readonly Row[];
  /** Whether a narrow page sets each row as a block below the name in its first cell: for sentences, which columns would make too narrow. */
  readonly stacked?: boolean;
}

/** A column of a table. */
export interface Column {
  /** The heading of the column. */
  readonly name: string;
  /** Whether the cells are numbers: set to the right, with common decimals. */
  readonly numeric: boolean;
  /** Which number is the best, to be highlighted unless another's interval overlaps its own. Default: none. */
  readonly best?: "min" | "max";
  /** Decimals of the numbers. Default: enough to give the median number four significant digits. */
  readonly decimals?: number;
}

/** A row of a table. */
export interface Row {
  /** One for each column. */
  readonly cells: readonly Cell[];
  /** The curve of the charts that this row is about: it gets a sample of the line. */
  readonly label?: string;
  /** The curve's number in the palette, from 0; without it and `color` there is no sample. */
  readonly series?: number;
  /** The curve's colour, "#rrggbb" or "ink", if not the palette's. */
  readonly color?: string;
}

/** A cell of a table: words, a number, nothing (null), or a number with its own words. */
export type Cell = string | number | null | Written;

/** A number and its words: `{ value: 0.012, text: "0.012 ± 0.001" }`. */
export interface Written {
  /** Null for a number that is missing, whose interval counts all the same. */
  readonly value: number | null;
  readonly text: string;
  /** An interval of confidence, or the range over several seeds. */
  readonly interval?: readonly [low: number, high: number];
}

/** Text set as it is typed, with a button to copy it. */
export interface Code {
  readonly kind: "code";
  readonly text: string;
  /** Shown above the text. */
  readonly label?: string;
}

/** Short pairs of a name and a value. */
export interface Facts {
  readonly kind: "facts";
  /** In the order in which they are shown. */
  readonly facts: readonly (readonly [name: string, value: string])[];
}

/** Blocks that are folded away until the reader opens them. */
export interface Details {
  readonly kind: "details";
  /** The line that is always shown, and opens the rest. */
  readonly summary: string;
  readonly blocks: readonly Block[];
}

/** A part of a page with a heading. Throws a TypeError if the title is empty. */
export function section(title: string, blocks: readonly Block[]): Section {
  forms.words("section: title", title);
  forms.blocks("section: blocks", blocks);
  return { title, blocks: [...blocks] };
}

/** Paragraphs, in which `code`, **strong** words and links are marked up; see `Prose`. */
export function prose(...paragraphs: readonly string[]): Prose {
  forms.texts("prose: the paragraphs", paragraphs);
  return { kind: "prose", paragraphs };
}

/** A figure with a caption, which is marked up as prose. */
export function chart(figure: Figure, caption?: string): Chart {
  checkFigure("chart", figure);
  optional(forms.text)("chart: caption", caption);
  return { kind: "chart", figure, caption };
}

/** A figure that the page's program shows in motion, from plain data; its caption is marked up as prose. */
export function live(figure: Figure, data: object, caption?: string): Live {
  checkFigure("live", figure);
  if (!isOptions(data)) throw new TypeError(`live: the data are ${show(data)}; give an object`);
  optional(forms.text)("live: caption", caption);
  return { kind: "live", figure, data, caption };
}

/** Text set as it is typed, with a label above it, and a button to copy it. */
export function code(text: string, label?: string): Code {
  forms.text("code: text", text);
  optional(forms.text)("code: label", label);
  return { kind: "code", text, label };
}

/** Short pairs of a name and a value, from a list or an object. */
export function facts(pairs: Facts["facts"] | Readonly<Record<string, string>>): Facts {
  if (!(isOptions(pairs) || Array.isArray(pairs)))
    throw new TypeError(`facts: the pairs are ${show(pairs)}; give [[name, value], …], or { name: value }`);
  const facts = isList(pairs) ? [...pairs] : Object.entries(pairs);
  for (const [i, pair] of facts.entries()) forms.texts(`facts: [${i}]`, pair);
  return { kind: "facts", facts };
}

const isList = (pairs: Facts["facts"] | Readonly<Record<string, string>>): pairs is Facts["facts"] =>
  Array.isArray(pairs);

/** Blocks that are folded away behind a line until the reader opens them. */
export function details(summary: string, blocks: readonly Block[]): Details {
  forms.words("details: summary", summary);
  forms.blocks("details: blocks", blocks);
  return { kind: "details", summary, blocks: [...blocks] };
}

interface TableOptions {
  readonly caption: string;
  readonly columns: readonly (string | (Partial<Column> & { name: string }))[];
  readonly rows: readonly (readonly Cell[] | Row)[];
  readonly stacked?: boolean;
}

const columnForm: Form = (what, value) => {
  if (typeof value !== "string") madeByHand(what, value, "name", "a name, or { name, … }");
};
const rowForm: Form = (what, value) => {
  if (!Array.isArray(value)) madeByHand(what, value, "cells", "a list of cells, or { cells, … }");
};

function madeByHand(what: string, value: unknown, field: string, allowed: string): void {
  if (!(isOptions(value) && field in value)) throw new TypeError(`${what} is ${show(value)}; give ${allowed}`);
}

const tableForms: Forms<TableOptions> = {
  caption: forms.words,
  columns: listOf(columnForm, "a list of columns"),
  rows: listOf(rowForm, "a list of rows"),
  stacked: optional(forms.flag),
};

/**
 * A table. A column is numeric if all its cells are; a row is a list of cells, or has a curve as well. Throws a
 * RangeError for a row with too few or too many cells.
 */
export function table(options: TableOptions): Table {
  checkBuilder("table", options, tableForms);
  const rows = options.rows.map((row): Row => ("cells" in row ? row : { cells: row }));
  const { length } = options.columns;
  const odd = rows.find(({ cells }) => cells.length !== length);
  if (odd)
    throw new RangeError(
      `table: ${length} columns and a row of ${odd.cells.length}: ${show(odd.cells)}; give a cell for each column`,
    );
  const columns = options.columns.map((column, i) => {
    const cells = rows.map((row) => row.cells[i]);
    return { numeric: isNumeric(cells), ...(typeof column === "string" ? { name: column } : column) };
  });
  const { caption, stacked } = options;
  return { kind: "table", caption, columns, rows, ...(stacked && { stacked }) };
}

const isNumeric = (cells: readonly Cell[]): boolean =>
  cells.some((cell) => cell !== null) && cells.every((cell) => typeof cell !== "string");
