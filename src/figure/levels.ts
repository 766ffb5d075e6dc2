import { type Grid, rangeOf } from "./grid.ts";

/** Linear, or linear in the logarithm of the height above the lowest value. */
export const spacings = ["linear", "log"] as const;
export type Spacing = (typeof spacings)[number];

/** The share of the nodes that lie below the first of log-spaced levels: the floor of the valley. */
const FLOOR = 0.01;

/** `count` heights between the lowest and the highest value of a surface, both excluded; none where it is flat. */
export function levelsOf(grid: Grid, count: number, spacing: Spacing): number[] {
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
