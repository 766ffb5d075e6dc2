import type { LineMark, Panel, Point } from "./description.ts";
import { dodge } from "./dodge.ts";
import type { Scale } from "./scale.ts";
import { entriesOf } from "./series.ts";

/** Labels at the ends of lines, where a reader needs no legend. */
export interface EndLabel {
  readonly mark: LineMark;
  readonly label: string;
  /** The line's end. */
  readonly x: number;
  readonly y: number;
  /** The label's height after neighbours have moved apart. */
  readonly labelY: number;
}

export interface EndLabels {
  /** Of the lines that reach the right edge, from top to bottom. */
  readonly labels: readonly EndLabel[];
  /** Whether no other label is left: every one is a line's, and the line ends at the edge or where it diverged. */
  readonly complete: boolean;
}

/** A panel laid out, in whichever unit a renderer counts. */
interface Placed {
  readonly panel: Panel;
  readonly plot: { readonly width: number; readonly height: number };
  readonly x: Scale;
  readonly y: Scale;
}

/** `gap`: the least distance of two labels. */
export function endLabels({ panel, plot, x, y }: Placed, gap: number): EndLabels {
  const ends = labelledLines(panel).map((mark) => endOf(mark, x, y));
  const atEdge = ends.filter(({ mark, x }) => x >= (mark.diverged ? 0.99 : 0.85) * plot.width);
  const sorted = atEdge.sort((a, b) => a.y - b.y);
  const wanted = sorted.map((end) => Math.max(0, Math.min(plot.height, end.y)));
  const places = dodge(wanted, gap, 0, plot.height);
  const labels = sorted.map((end, i) => ({ ...end, labelY: places[i] }));
  const covered = ends.every((end) => end.mark.diverged || atEdge.includes(end));
  return { labels, complete: covered && ends.length === entriesOf([panel]).length };
}

function endOf(mark: LineMark, x: Scale, y: Scale): Omit<EndLabel, "labelY"> {
  const [px, py] = lastPoint(mark) ?? [null, null];
  return { mark, label: mark.label ?? "", x: x.at(px) ?? 0, y: y.at(py) ?? 0 };
}

export const labelledLines = (panel: Panel): LineMark[] =>
  panel.marks
    .filter((mark) => mark.kind === "line")
    .filter((mark) => mark.label !== undefined && lastPoint(mark) !== undefined);

/** The last point of a line that is not a hole. */
export const lastPoint = ({ points }: LineMark): Point | undefined =>
  points.findLast(([x, y]) => x !== null && y !== null);
