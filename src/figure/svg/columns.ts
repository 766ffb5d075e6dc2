import { apart, curvesOf, type End, endLabels } from "../ends.ts";
import { sizes, textWidth } from "./measure.ts";
import { END_GAP, type PlacedPanel } from "./panel.ts";

/** The labels of ends within the plot that lie together, one below the other. */
export interface Column {
  readonly ends: readonly End[];
  /** Where the words begin, right of the ends; left of them, where they end. */
  readonly x: number;
  readonly side: "right" | "left";
  /** Whether the words have their place to themselves. One label alone is small enough to stand on a line. */
  readonly clear: boolean;
}

/** Pixels from an end within the plot to its label, and from several that lie together to theirs. */
const NEAR = 9;
const ASIDE = 22;

/** Ends that are nearer than this to each other, across and down, share a column. */
const TOGETHER = { across: 48, down: 2 * END_GAP };

export function columnsOf(placed: PlacedPanel): Column[] {
  const groups: End[][] = [];
  for (const end of [...endLabels(placed, END_GAP).inner].sort((a, b) => a.x - b.x)) {
    const group = groups.find((ends) => ends.some((other) => isNear(end, other)));
    if (group) group.push(end);
    else groups.push([end]);
  }
  return groups.map((ends) => (ends.length > 1 ? together(ends, placed) : alone(ends[0], placed)));
}

const isNear = (a: End, b: End): boolean =>
  Math.abs(a.x - b.x) < TOGETHER.across && Math.abs(a.y - b.y) < TOGETHER.down;

/** On the side where there is more room. */
function alone(end: End, { plot }: PlacedPanel): Column {
  const left = end.x > 0.7 * plot.width;
  return { ends: [end], x: left ? end.x - NEAR : end.x + NEAR, side: left ? "left" : "right", clear: true };
}

/** Right of the ends, if they fit there. */
function together(ends: readonly End[], placed: PlacedPanel): Column {
  const { plot } = placed;
  const width = Math.max(...ends.map(({ label }) => textWidth(label, sizes.label)));
  const right = Math.max(...ends.map(({ x }) => x)) + ASIDE;
  if (right + width > plot.width)
    return { ends, x: Math.min(...ends.map(({ x }) => x)) - ASIDE, side: "left", clear: false };
  const heights = apart(ends, END_GAP, plot.height).map(({ labelY }) => labelY);
  const [top, bottom] = [heights[0] - END_GAP / 2, heights[heights.length - 1] + END_GAP / 2];
  const clear = !placesOfLines(placed).some(([x, y]) => x > right && x < right + width && y > top && y < bottom);
  return { ends, x: right, side: "right", clear };
}

function placesOfLines({ panel, x, y }: PlacedPanel): (readonly [number, number])[] {
  const points = curvesOf(panel).flatMap((curve) => curve.points);
  return points.map(([px, py]) => [x.at(px) ?? 0, y.at(py) ?? 0]);
}
