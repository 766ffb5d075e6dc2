import type { LineMark, Panel, Point } from "./description.ts";
import { dodge } from "./dodge.ts";
import { domainsOf } from "./extent.ts";
import { type Scale, scaleOf } from "./scale.ts";
import { entriesOf } from "./series.ts";

/** The end of a line that has a label: where a reader who finds it there needs no legend. */
export interface End {
  readonly mark: LineMark;
  readonly label: string;
  readonly x: number;
  readonly y: number;
}

export interface EndLabel extends End {
  /** The label's height after neighbours have moved apart. */
  readonly labelY: number;
}

export interface EndLabels {
  /** Of the lines that reach the right edge, from top to bottom. */
  readonly labels: readonly EndLabel[];
  /** The ends within the plot. */
  readonly inner: readonly End[];
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
  const lines = labelledLines(panel);
  const [atEdge, within] = [true, false].map((edge) =>
    lines.filter((mark) => reaches(mark, panel, x, plot.width) === edge),
  );
  return {
    labels: apart(
      atEdge.map((mark) => endOf(mark, x, y)),
      gap,
      plot.height,
    ),
    inner: within.flatMap((mark) => lastWithin(mark, x, y)),
    complete: within.every(({ diverged }) => diverged) && lines.length === entriesOf([panel]).length,
  };
}

/** Whether a line comes so near to the right edge that its label belongs there. On a surface places matter. */
function reaches(mark: LineMark, { marks }: Panel, x: Scale, width: number): boolean {
  const [end] = lastPoint(mark) ?? [null];
  const exact = mark.diverged || marks.some(({ kind }) => kind === "contour");
  return (x.at(end) ?? 0) >= (exact ? 0.99 : 0.85) * width;
}

/** The labels that will stand beside the right edge, however wide the plot will be. */
export function edgeLabels(panel: Panel): string[] {
  const x = scaleOf(panel.x, domainsOf(panel).x, [0, 1], []);
  return labelledLines(panel)
    .filter((mark) => reaches(mark, panel, x, 1))
    .map(({ label = "" }) => label);
}

/** From top to bottom, with their labels at least a gap apart. */
export function apart(ends: readonly End[], gap: number, height: number): EndLabel[] {
  const sorted = [...ends].sort((a, b) => a.y - b.y);
  const wanted = sorted.map((end) => Math.max(0, Math.min(height, end.y)));
  const places = dodge(wanted, gap, 0, height);
  return sorted.map((end, i) => ({ ...end, labelY: places[i] }));
}

function endOf(mark: LineMark, x: Scale, y: Scale): End {
  const [px, py] = lastPoint(mark) ?? [null, null];
  return { mark, label: mark.label ?? "", x: x.at(px) ?? 0, y: y.at(py) ?? 0 };
}

/** The last point of a line that can be seen: its end, or where it leaves the plot for good. */
function lastWithin(mark: LineMark, x: Scale, y: Scale): End[] {
  const seen = mark.points.findLast(([px, py]) => x.within(px) && y.within(py));
  return seen ? [{ mark, label: mark.label ?? "", x: x.at(seen[0]) ?? 0, y: y.at(seen[1]) ?? 0 }] : [];
}

export const labelledLines = (panel: Panel): LineMark[] =>
  panel.marks
    .filter((mark) => mark.kind === "line")
    .filter((mark) => mark.label !== undefined && lastPoint(mark) !== undefined);

/** The last point of a line that is not a hole. */
export const lastPoint = ({ points }: LineMark): Point | undefined =>
  points.findLast(([x, y]) => x !== null && y !== null);
