import type { Axis } from "../axis.ts";
import type { Panel } from "../description.ts";
import { edgeLabels, endLabels } from "../ends.ts";
import { domainsOf, isInSpace } from "../extent.ts";
import { type Domain, scaleOf, ticksOf } from "../scale.ts";
import type { Tick } from "../ticks.ts";
import { sizes, textWidth, wrap } from "./measure.ts";
import type { Box, Placed } from "./place.ts";

/** A panel with its place: `cell` is all of it, `plot` the area between the axes. */
export interface PlacedPanel extends Placed {
  readonly panel: Panel;
  readonly cell: Box;
  /** The lines of its title. */
  readonly title: readonly string[];
  /** Those of the note below it. */
  readonly note: readonly string[];
  /** Whether names below the x axis are too long to stand side by side. */
  readonly slanted: boolean;
  readonly ends: boolean;
}

/** Pixels from a line's end to its label, and from one label to the next. */
export const LEAD = 26;
export const END_GAP = 15;

/** Pixels from one line of a title to the next. */
export const TITLE_GAP = 17;

/** How much wider bold letters are. */
const BOLD = 1.07;

/** A panel's title in lines that its cell has room for. */
export const titleLines = ({ title = "" }: Panel, width: number): string[] => wrap(title, width, BOLD * sizes.panel);

/** The same of its note. */
export const noteLines = ({ note = "" }: Panel, width: number): string[] => wrap(note, width, sizes.label);

/** What a panel gets: its cell, the lines that the titles and notes of its row take, and whether labels stand at the ends of lines. */
interface PanelRoom {
  readonly cell: Box;
  readonly lines: number;
  readonly ends: boolean;
}

/** Finds room for title, ticks and names around the plot, and for labels at the ends of lines where `ends` asks for it. */
export function placePanel(panel: Panel, { cell, lines, ends }: PanelRoom): PlacedPanel {
  if (isInSpace(panel)) return placeInSpace(panel, { cell, lines, ends });
  const domains = domainsOf(panel);
  const top = (lines > 0 ? 5 + TITLE_GAP * lines : 0) + (panel.y.label ? 22 : 8);
  const yTicks = ticksOf(panel.y, domains.y, cell.height - top - 30, 44);
  const left = widest(yTicks) + 8;
  const right = ends ? endsWidth(panel) : 10;
  const xTicks = roomyTicks(panel.x, domains.x, cell.width - left - right);
  const slanted = panel.x.scale === "band" && widest(xTicks) + 6 > (cell.width - left - right) / xTicks.length;
  const bottom = (slanted ? 12 + 0.68 * widest(xTicks) : 20) + (panel.x.label ? 18 : 0);
  const overhang = slanted ? 0 : lastOverhang(xTicks);
  const room = { width: cell.width - left - Math.max(right, overhang), height: cell.height - top - bottom };
  const size = largest(room, panel.aspect);
  const plot = { x: cell.x + left, y: cell.y + top, ...size };
  return {
    panel,
    title: titleLines(panel, cell.width),
    note: noteLines(panel, cell.width),
    cell: { ...cell, height: top + size.height + bottom },
    plot,
    x: scaleOf(panel.x, domains.x, [0, size.width], slanted ? thinned(xTicks, size.width) : xTicks),
    y: scaleOf(panel.y, domains.y, panel.y.scale === "band" ? [0, size.height] : [size.height, 0], yTicks),
    slanted,
    ends,
  };
}

/** Ticks along an axis that is seen aslant. */
const ASLANT = 110;

/** The plot is all that the title leaves; axes and words are within it. */
function placeInSpace(panel: Panel, { cell, lines, ends }: PanelRoom): PlacedPanel {
  const domains = domainsOf(panel);
  const top = lines > 0 ? 5 + TITLE_GAP * lines : 0;
  const size = largest({ width: cell.width, height: cell.height - top }, panel.aspect);
  return {
    panel,
    title: titleLines(panel, cell.width),
    note: noteLines(panel, cell.width),
    cell: { ...cell, height: top + size.height },
    plot: { x: cell.x + (cell.width - size.width) / 2, y: cell.y + top, ...size },
    x: scaleOf(panel.x, domains.x, [0, size.width], ticksOf(panel.x, domains.x, size.width, ASLANT)),
    y: scaleOf(panel.y, domains.y, [size.height, 0], ticksOf(panel.y, domains.y, size.width, ASLANT)),
    slanted: false,
    ends,
  };
}

/** Pixels from one slanted name to the next: less, and they would overlap. */
const SLANTED = 16;

/** Every k-th name, where there is no room for all. */
const thinned = (ticks: readonly Tick[], length: number): readonly Tick[] =>
  ticks.filter((_, i) => i % Math.ceil((SLANTED * ticks.length) / length) === 0);

/** As many ticks as keep their labels apart. */
function roomyTicks(axis: Axis, domain: Domain, length: number): readonly Tick[] {
  const choices = [40, 56, 80, 112, 160].map((spacing) => ticksOf(axis, domain, length, spacing));
  return choices.find((ticks) => (widest(ticks) + 22) * ticks.length <= length) ?? choices[choices.length - 1];
}

/** The largest plot of the given aspect in the room there is. */
function largest(
  room: { width: number; height: number },
  aspect: number | undefined,
): { width: number; height: number } {
  const width = Math.max(40, room.width);
  const height = Math.max(40, room.height);
  if (aspect === undefined) return { width, height };
  return width / height > aspect ? { width: height * aspect, height } : { width, height: width / aspect };
}

const widest = (ticks: readonly Tick[]): number =>
  Math.max(0, ...ticks.map(({ label }) => textWidth(label, sizes.tick)));
const lastOverhang = (ticks: readonly Tick[]): number => textWidth(ticks.at(-1)?.label ?? "", sizes.tick) / 2;

/** No label is left over, they have the room they need, and so has the plot. */
export const endsReadable = (placed: PlacedPanel): boolean => endLabels(placed, END_GAP).complete && endsFit(placed);

/** The labels right of the plot have the room they need, and so has the plot. */
export function endsFit(placed: PlacedPanel): boolean {
  const { labels } = endLabels(placed, END_GAP);
  const { width, height } = placed.plot;
  return (labels.length - 1) * END_GAP <= height && width >= 2 * endsWidth(placed.panel);
}

function endsWidth(panel: Panel): number {
  const widths = edgeLabels(panel).map((label) => textWidth(label, sizes.label));
  return widths.length > 0 ? LEAD + 6 + Math.max(...widths) : 10;
}
