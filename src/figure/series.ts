import type { Dash, Look, Mark, MarkerShape, Panel } from "./description.ts";
import { type Color, colorOf, dashOf, shapeOf } from "./palette.ts";

/** One curve in a legend: how all marks of one label look together. */
export interface Entry {
  readonly label: string;
  readonly color: Color;
  readonly dash?: Dash;
  readonly shape?: MarkerShape;
  /** Whether it is an arrow. */
  readonly arrow?: boolean;
  /** Whether it is an area: bars, or a band without a line. */
  readonly area: boolean;
}

/** The labelled curves of some panels, each label once, in the order of appearance. */
export function entriesOf(panels: readonly Panel[]): Entry[] {
  const entries = new Map<string, Entry>();
  for (const mark of panels.flatMap((panel) => panel.marks)) {
    if (mark.kind === "contour" || mark.label === undefined) continue;
    const known = entries.get(mark.label);
    entries.set(mark.label, { ...entryOf(mark, mark.label), ...known, ...partsOf(mark, known) });
  }
  return [...entries.values()];
}

const entryOf = (mark: Look, label: string): Entry => ({ label, color: seriesColor(mark), area: false });

/** What a mark adds to its entry: a line, a marker, an arrow, or an area where there is no line. */
function partsOf(mark: Mark, known: Entry | undefined): Partial<Entry> {
  if (mark.kind === "line") return { dash: lineDash(mark), area: false };
  if (mark.kind === "arrow") return { arrow: true };
  if (mark.kind === "marker") return { shape: mark.shape ?? shapeOf(mark) };
  if (mark.kind === "band" || mark.kind === "bar") return { area: known?.dash === undefined };
  return {};
}

/** Lines, bands and bars without a label are of series 0. */
export const seriesColor = (mark: Look): Color => colorOf(mark, 0);
export const lineDash = (mark: Look & { dash?: Dash }): Dash => mark.dash ?? dashOf(mark);

/** What a page's script finds a mark's curve by. */
export const keyOf = ({ label, series }: Look): string | undefined =>
  label ?? (series === undefined ? undefined : `series ${series}`);
