import type { Panel } from "../description.ts";
import { type EndLabel, endLabels, labelledCurves } from "../ends.ts";
import { domainsOf } from "../extent.ts";
import { scaleOf, ticksOf } from "../scale.ts";
import type { Tick } from "../ticks.ts";
import { ansiOf } from "./ansi.ts";
import { cellWidth, shorten } from "./cells.ts";
import type { Plot } from "./plot.ts";
import { DOTS, type Screen } from "./screen.ts";

/** A panel laid out on a screen of its own. */
export interface Frame {
  readonly panel: Panel;
  readonly plot: Plot;
  /** Cells of the plot and of the screen. */
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  /** Labels right of the plot; null where they do not fit or not all labels are ends of curves. */
  readonly ends: readonly EndLabel[] | null;
}

/** Cells left of a label at the end of a curve: a blank, the letter, a blank. */
const LEAD = 3;

export function frameOf(panel: Panel, screen: Screen, width: number, height: number): Frame {
  const room = LEAD + Math.max(0, ...labelledCurves(panel).map(({ label }) => cellWidth(label)));
  if (room <= 0.4 * width) {
    const frame = layOut(panel, screen, width, height, room);
    const { labels, complete } = endLabels(frame, DOTS[1]);
    if (complete && labels.length <= frame.rows) return { ...frame, ends: labels };
  }
  return layOut(panel, screen, width, height, 0);
}

function layOut(panel: Panel, screen: Screen, width: number, height: number, right: number): Frame & Plot {
  const domains = domainsOf(panel);
  const row = (panel.title ? 1 : 0) + (panel.y.label ? 1 : 0);
  const rows = height - row - (panel.x.label ? 3 : 2);
  const yTicks = ticksOf(panel.y, domains.y, rows, 4).map((tick) => short(tick, Math.floor(width / 3)));
  const column = 1 + Math.max(...yTicks.map(({ label }) => cellWidth(label)), 0);
  const columns = width - column - Math.max(right, 1);
  const [dotsX, dotsY] = [columns * DOTS[0], rows * DOTS[1]];
  const x = scaleOf(panel.x, domains.x, [0, dotsX - 1], ticksOf(panel.x, domains.x, columns, 9));
  const y = scaleOf(panel.y, domains.y, panel.y.scale === "band" ? [0, dotsY] : [dotsY - 1, 0], yTicks);
  const plot = { screen, column, row, width: dotsX, height: dotsY, x, y };
  return { ...plot, panel, plot, columns, rows, width, ends: null };
}

const short = ({ value, label }: Tick, width: number): Tick => ({ value, label: shorten(label, width) });

export function drawAxes({ panel, plot, columns, rows, width }: Frame): void {
  const { screen, column, row } = plot;
  const grey = ansiOf("muted");
  if (panel.title) screen.write(0, 0, shorten(panel.title, width));
  if (panel.y.label) screen.write(0, row - 1, shorten(panel.y.label, width), grey);
  for (let i = 0; i < rows; i++) screen.write(column - 1, row + i, "│", grey);
  screen.write(column - 1, row + rows, `└${"─".repeat(columns)}`, grey);
  const label = shorten(panel.x.label ?? "", width);
  screen.write(column + centred(columns / 2, label, columns), row + rows + 2, label, grey);
  yTicks(plot, grey);
  xTicks(plot, columns, rows, grey);
}

function yTicks({ screen, column, row, y }: Plot, grey: number | undefined): void {
  for (const { value, label } of y.ticks) {
    const at = row + Math.floor((y.at(value) ?? 0) / DOTS[1]);
    screen.write(column - 1 - cellWidth(label), at, label, grey);
    screen.write(column - 1, at, "┤", grey);
  }
}

/** Numbers that would run into each other are left out; names are cut to their band. */
function xTicks({ screen, column, row, x }: Plot, columns: number, rows: number, grey: number | undefined): void {
  const band = Math.floor(columns / Math.max(1, x.ticks.length)) - 1;
  let free = -column;
  for (const { value, label } of x.ticks) {
    const at = Math.floor((x.at(value) ?? 0) / DOTS[0]);
    const word = x.band > 0 ? shorten(label, Math.max(1, band)) : label;
    const start = centred(at, word, columns);
    if (start < free) continue;
    if (x.band === 0) screen.write(column + at, row + rows, "┬", grey);
    screen.write(column + start, row + rows + 1, word, grey);
    free = start + cellWidth(word) + 1;
  }
}

/** The first column of a word about a column, so that it ends on the screen. */
const centred = (at: number, word: string, columns: number): number =>
  Math.floor(Math.max(0, Math.min(at - (cellWidth(word) - 1) / 2, columns + 1 - cellWidth(word))));
