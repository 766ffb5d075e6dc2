import type { Point } from "./axis.ts";
import type { Panel } from "./description.ts";
import { entriesOf } from "./entries.ts";
import { domainsOf, hasGround } from "./extent.ts";
import { kindOf, type Mark } from "./kinds.ts";
import type { Curve } from "./mark.ts";
import { isWhole } from "./points.ts";
import { type Scale, scaleOf } from "./scale.ts";

/** A curve, and the mark that it is. */
interface Labelled {
  readonly mark: Mark;
  readonly curve: Curve;
  readonly label: string;
}

/** The end of a curve that has a label: where a reader who finds it there needs no legend. */
export interface End extends Labelled {
  readonly x: number;
  readonly y: number;
}

export interface EndLabel extends End {
  /** The label's height after neighbours have moved apart. */
  readonly labelY: number;
}

export interface EndLabels {
  /** Of the curves that reach the right edge, from top to bottom. */
  readonly labels: readonly EndLabel[];
  /** The ends within the plot. */
  readonly inner: readonly End[];
  /** Whether no other label is left: every one is a curve's, and the curve ends at the edge or where it diverged. */
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
  const all = labelledCurves(panel);
  const [atEdge, within] = [true, false].map((edge) =>
    all.filter(({ curve }) => reaches(curve, panel, x, plot.width) === edge),
  );
  return {
    labels: apart(
      atEdge.map((each) => endOf(each, x, y)),
      gap,
      plot.height,
    ),
    inner: within.flatMap((each) => lastWithin(each, x, y)),
    complete: within.every(({ curve }) => curve.diverged) && all.length === entriesOf([panel]).length,
  };
}

/** Whether a curve comes so near to the right edge that its label belongs there. On a surface places matter. */
function reaches(curve: Curve, panel: Panel, x: Scale, width: number): boolean {
  const [end] = lastPoint(curve) ?? [null];
  const exact = curve.diverged || hasGround(panel);
  return (x.at(end) ?? 0) >= (exact ? 0.99 : 0.85) * width;
}

/** The labels that will stand beside the right edge, however wide the plot will be. */
export function edgeLabels(panel: Panel): string[] {
  const x = scaleOf(panel.x, domainsOf(panel).x, [0, 1], []);
  return labelledCurves(panel)
    .filter(({ curve }) => reaches(curve, panel, x, 1))
    .map(({ label }) => label);
}

/** From top to bottom, with their labels at least a gap apart. */
export function apart(ends: readonly End[], gap: number, height: number): EndLabel[] {
  const sorted = [...ends].sort((a, b) => a.y - b.y);
  const wanted = sorted.map((end) => Math.max(0, Math.min(height, end.y)));
  const places = dodge(wanted, gap, 0, height);
  return sorted.map((end, i) => ({ ...end, labelY: places[i] }));
}

function endOf(each: Labelled, x: Scale, y: Scale): End {
  const [px, py] = lastPoint(each.curve) ?? [null, null];
  return { ...each, x: x.at(px) ?? 0, y: y.at(py) ?? 0 };
}

/** The last point of a curve that can be seen: its end, or where it leaves the plot for good. */
function lastWithin(each: Labelled, x: Scale, y: Scale): End[] {
  const seen = each.curve.points.findLast(([px, py]) => x.within(px) && y.within(py));
  return seen ? [{ ...each, x: x.at(seen[0]) ?? 0, y: y.at(seen[1]) ?? 0 }] : [];
}

/** The curves that have a label and a point to put it at. */
export const labelledCurves = ({ marks }: Panel): Labelled[] =>
  marks.flatMap((mark) => {
    const curve = kindOf(mark).curve(mark);
    const label = curve?.label;
    return curve === null || label === undefined || lastPoint(curve) === undefined ? [] : [{ mark, curve, label }];
  });

export const curvesOf = ({ marks }: Panel): Curve[] => marks.flatMap((mark) => kindOf(mark).curve(mark) ?? []);

/** The last point of a curve that is not a hole. */
export const lastPoint = ({ points }: Curve): Point | undefined => points.findLast(isWhole);

/**
 * Places of labels along a line, at least `gap` apart and within [low, high] where they fit, as near to `wanted` (which
 * rises) as least squares can: neighbours that overlap are pooled and moved as one (pool adjacent violators).
 */
export function dodge(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const blocks: { sum: number; size: number }[] = [];
  // With i gaps taken off the i-th place, labels do not overlap where the places do not fall.
  wanted.forEach((place, i) => {
    let block = { sum: place - i * gap, size: 1 };
    for (let last = blocks.at(-1); last && last.sum / last.size > block.sum / block.size; last = blocks.at(-1)) {
      block = { sum: block.sum + last.sum, size: block.size + last.size };
      blocks.pop();
    }
    blocks.push(block);
  });
  const highest = high - (wanted.length - 1) * gap;
  const free = blocks.flatMap(({ sum, size }) => new Array<number>(size).fill(sum / size));
  return free.map((place, i) => Math.max(low, Math.min(highest, place)) + i * gap);
}
