import { show } from "./check.ts";
import type { ContourMark, Grid } from "./description.ts";

/** The share of the nodes that lie below the first of log-spaced levels: the floor of the valley. */
const FLOOR = 0.01;

/** `count` heights between the lowest and the highest value of a surface, both excluded; none where it is flat. */
export function levelsOf(grid: Grid, count: number, spacing: ContourMark["spacing"]): number[] {
  const { lo, hi } = rangeOf(grid);
  const share = spacing === "log" ? geometric(grid, count) : (k: number) => (k + 1) / (count + 1);
  // Each end is scaled by itself: hi − lo can overflow.
  const heights = Array.from({ length: count }, (_, k) => lo * (1 - share(k)) + hi * share(k));
  return heights.filter((v, k) => v > (k === 0 ? lo : heights[k - 1]) && v < hi);
}

/** Shares of the range that grow by a constant factor, from the floor of the valley on. */
function geometric(grid: Grid, count: number): (k: number) => number {
  const { lo, hi } = rangeOf(grid);
  const heights = grid.values.filter((v) => v !== null && v > lo).map((v) => ((v ?? lo) - lo) / (hi - lo));
  const floor = heights.sort((a, b) => a - b)[Math.floor(FLOOR * heights.length)] ?? 1;
  return (k) => floor ** (1 - k / count);
}

/** The lowest and highest finite value; both 0 where there is none. */
export function rangeOf({ values }: Grid): { lo: number; hi: number } {
  let [lo, hi] = [Infinity, -Infinity];
  for (const v of values) {
    if (v === null || !Number.isFinite(v)) continue;
    if (v < lo) lo = v;
    if (v > hi) hi = v;
  }
  return lo <= hi ? { lo, hi } : { lo: 0, hi: 0 };
}

export function checkGrid({ x, y, values }: Grid): void {
  if (values.length !== x.length * y.length)
    throw new RangeError(
      `contour: the grid has ${x.length} × ${y.length} nodes and ${values.length} values; give one value for each node`,
    );
  for (const nodes of [x, y])
    if (nodes.length < 2 || !nodes.every((v, i) => Number.isFinite(v) && (i === 0 || v > nodes[i - 1])))
      throw new RangeError(`contour: the nodes are ${show(nodes)}; give at least two, finite and rising`);
}
