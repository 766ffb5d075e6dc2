import { checkNumber, whole } from "../../arguments/index.ts";
import type { Grid } from "./landscape.ts";

/** An interval of an axis. */
export type Interval = readonly [low: number, high: number];

/** A grid's size and extent. */
export interface GridOptions {
  /** The interval along x. Default [−1, 1]. */
  readonly x?: Interval;
  /** The number of columns. Default 25. */
  readonly columns?: number;
  /** The interval along y. Default: that of x. */
  readonly y?: Interval;
  /** The number of rows. Default: as many as columns; of a line there is none to give. */
  readonly rows?: number;
}

/**
 * An evenly spaced grid over a plane. The middle of a symmetric interval is 0 exactly, and −x is there for each x. Throws a RangeError for
 * fewer than 2 points along an axis, and for an interval that does not grow or is not finite.
 */
export function evenGrid({ x = [-1, 1], columns = 25, y = x, rows = columns }: GridOptions = {}): Grid {
  return { x: evenly("x", x, columns), y: evenly("y", y, rows) };
}

/** The same along a line. Default: 51 points over [−1, 1]. */
export const evenLine = ({ x = [-1, 1], columns = 51 }: Pick<GridOptions, "x" | "columns"> = {}): Grid => ({
  x: evenly("x", x, columns),
  y: [0],
});

function evenly(axis: string, [low, high]: Interval, count: number): number[] {
  checkNumber(`the grid's number of points along ${axis}`, count, whole(2));
  if (!(Number.isFinite(low) && Number.isFinite(high) && high > low))
    throw new RangeError(`the grid's ${axis} goes from ${low} to ${high}; give two finite numbers, the smaller first`);
  const last = count - 1;
  return Array.from({ length: count }, (_, i) => {
    if (i === 0 || i === last) return i === 0 ? low : high;
    return ((last - i) * low + i * high) / last;
  });
}

/** Throws a RangeError unless the coordinates are finite and ascending, and there are at least two points. */
export function checkGrid({ x, y }: Grid): void {
  for (const [axis, values] of [
    ["x", x],
    ["y", y],
  ] as const) {
    if (values.length === 0) throw new RangeError(`the grid has no ${axis}; give at least one value`);
    const at = values.findIndex((value, i) => !Number.isFinite(value) || (i > 0 && !(value > values[i - 1])));
    if (at >= 0)
      throw new RangeError(`the grid's ${axis}[${at}] is ${values[at]}; give finite numbers in ascending order`);
  }
  if (x.length * y.length < 2) throw new RangeError("a grid of one point is no slice; give at least 2 points along x");
}
