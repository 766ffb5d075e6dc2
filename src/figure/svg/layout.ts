import type { Figure, Panel } from "../description.ts";
import { labelledCurves } from "../ends.ts";
import { type Entry, entriesOf } from "../entries.ts";
import { isInSpace } from "../extent.ts";
import { columnsOf } from "./columns.ts";
import { sizes, textWidth, wrap } from "./measure.ts";
import { endsFit, endsReadable, noteLines, type PlacedPanel, placePanel, titleLines } from "./panel.ts";
import { SWATCH } from "./swatch.ts";

/** An entry of the legend with the place of its swatch's left end. */
export interface PlacedEntry {
  readonly entry: Entry;
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly title: readonly string[];
  readonly entries: readonly PlacedEntry[];
  readonly panels: readonly PlacedPanel[];
}

export interface LayoutOptions {
  readonly width: number;
  /** Without title, legend list and outer margin: for a page that brings its own. */
  readonly bare: boolean;
}

const LEAST_PANEL = 280;
const GAP = 28;
/** Pixels that words take above and below a plot. */
const AROUND = 60;

/** Labels go to the ends of lines where they can be read there, else into a list above the panels. */
export function layoutOf(figure: Figure, options: LayoutOptions): Layout {
  const { legend, panels } = figure;
  // In space the end of a curve is not where the axes say.
  if (!panels.some(isInSpace) && (legend === "ends" || (legend === "auto" && panels.length === 1))) {
    const layout = place(figure, options, true);
    if (layout.panels.every(legend === "ends" ? labelsFit : endsReadable)) return layout;
  }
  return place(figure, options, false);
}

const labelsFit = (placed: PlacedPanel): boolean => endsFit(placed) && columnsOf(placed).every(({ clear }) => clear);

function place(figure: Figure, options: LayoutOptions, ends: boolean): Layout {
  const { width, bare } = options;
  const margin = bare ? 2 : 16;
  const title = bare ? [] : wrap(figure.title, width - 2 * margin, sizes.title);
  const below = margin + title.length * 20;
  const listed = bare || figure.legend === "none" ? [] : listedOf(figure, ends);
  const entries = listEntries(listed, margin, below + 12, width - margin);
  const top = entries.length > 0 ? Math.max(...entries.map(({ y }) => y)) + 24 : bare ? margin : below + 12;
  const columns = columnsAt(figure, width);
  const cellWidth = (width - 2 * margin - (columns - 1) * GAP) / columns;
  const panels: PlacedPanel[] = [];
  let y = top;
  for (let first = 0; first < figure.panels.length; first += columns) {
    const inRow = figure.panels.slice(first, first + columns);
    const lines = Math.max(
      ...inRow.map((panel) => titleLines(panel, cellWidth).length + noteLines(panel, cellWidth).length),
    );
    const row = inRow.map((panel, i) => {
      const height = cellHeight(figure, panel, width, bare ? 40 : top, cellWidth);
      const cell = { x: margin + i * (cellWidth + GAP), y, width: cellWidth, height };
      return placePanel(panel, { cell, lines, ends });
    });
    panels.push(...row);
    y = Math.max(...row.map(({ cell }) => cell.y + cell.height)) + GAP;
  }
  return { width, height: Math.ceil(y - GAP + (bare ? 2 : 12)), title, entries, panels };
}

/** The entries of the list: all labels, or those that are not at the ends of curves. */
function listedOf({ panels }: Figure, ends: boolean): Entry[] {
  const atEnds = new Set(ends ? panels.flatMap(labelledCurves).map(({ label }) => label) : []);
  return entriesOf(panels).filter(({ label }) => !atEnds.has(label));
}

const columnsAt = ({ columns, panels }: Figure, width: number): number =>
  Math.min(columns, panels.length, Math.max(1, Math.floor((width + GAP) / (LEAST_PANEL + GAP))));

/**
 * The figure's own height shared by its own rows; in a narrower drawing panels become a little lower, not flat, in a wider
 * one they grow where the shape of a plot is fixed.
 */
function cellHeight(figure: Figure, panel: Panel, width: number, header: number, cellWidth: number): number {
  const rows = Math.ceil(figure.panels.length / columnsAt(figure, figure.width));
  const height = Math.max(150, (figure.height - header - 12 - (rows - 1) * GAP) / rows);
  if (width < figure.width) return Math.min(height, cellWidth / (panel.aspect ?? 1.25) + AROUND);
  return figure.panels.some(({ aspect }) => aspect !== undefined) ? (height * width) / figure.width : height;
}

/** Entries side by side; where one row does not hold them, in columns of equal width. */
function listEntries(entries: readonly Entry[], left: number, top: number, right: number): PlacedEntry[] {
  const widths = entries.map(({ label }) => SWATCH + 6 + textWidth(label, sizes.label) + 16);
  const total = widths.reduce((sum, width) => sum + width, 0);
  const oneRow = total - 16 <= right - left;
  const column = Math.max(1, ...widths);
  const columns = oneRow ? entries.length : Math.max(1, Math.floor((right - left + 16) / column));
  let x = left;
  return entries.map((entry, i) => {
    const row = Math.floor(i / Math.max(1, columns));
    const placed = { entry, x: oneRow ? x : left + (i % columns) * column, y: top + 6 + row * 18 };
    x += widths[i];
    return placed;
  });
}
