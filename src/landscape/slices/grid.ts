import {
  checkList,
  checkNumber,
  checkOptions,
  isListOfNumbers,
  isOptions,
  quoteValue,
  whole,
} from "../../arguments/index.ts";
import type { Grid, GridValues } from "./landscape.ts";

/** An interval of an axis. */
export type Interval = readonly [low: number, high: number];

/** A grid's size and extent. */
export interface GridOptions {
  /** The interval along x. Default [−1, 1]. */
  readonly x?: Interval;
  /** The number of columns, from 2 to 10,001. Default 25. */
  readonly columns?: number;
  /** The interval along y. Default: that of x. */
  readonly y?: Interval;
  /** The number of rows. Default: as many as columns; of a line there is none to give. */
  readonly rows?: number;
}

/** The most points along an axis: a million in a plane are hours of work. */
export const MOST_POINTS = 10_001;

/**
 * An evenly spaced grid over a plane. The middle of a symmetric interval is 0 exactly, and −x is there for each x. Throws a TypeError for
 * intervals that are no pair of numbers, and a RangeError for unknown options, for fewer than 2 points along an axis or more than 10,001, and for
 * an interval that does not grow, is not finite, or is too narrow or too wide for so many different numbers.
 */
export function evenGrid(options: GridOptions = {}): Grid {
  checkOptions("evenGrid", options, ["x", "columns", "y", "rows"], "evenGrid({ x: [-1, 1], columns: 25 })");
  const { x = [-1, 1], columns = 25, y = x, rows = columns } = options;
  return { x: evenly("x", x, columns), y: evenly("y", y, rows) };
}

/** The same along a line. Default: 51 points over [−1, 1]. */
export function evenLine(options: Pick<GridOptions, "x" | "columns"> = {}): Grid {
  checkOptions("evenLine", options, ["x", "columns"], "evenLine({ x: [-1, 1], columns: 51 })");
  const { x = [-1, 1], columns = 51 } = options;
  return { x: evenly("x", x, columns), y: [0] };
}

function evenly(axis: string, interval: Interval, count: number): number[] {
  checkNumber(`the grid's number of points along ${axis}`, count, whole(2, MOST_POINTS));
  const [low, high] = checkInterval(`the grid's ${axis}`, interval);
  const last = count - 1;
  const found = Array.from({ length: count }, (_, i) => {
    if (i === 0 || i === last) return i === 0 ? low : high;
    return ((last - i) * low + i * high) / last;
  });
  if (isAscending(found)) return found;
  throw new RangeError(
    `the grid's ${axis} goes from ${low} to ${high}: no ${count} different numbers lie evenly between; give fewer points, or another interval`,
  );
}

/** Throws a TypeError for anything but a pair of numbers, and a RangeError unless they are finite and the first is the smaller. */
export function checkInterval(what: string, interval: Interval): Interval {
  if (!isListOfNumbers(interval) || interval.length !== 2)
    throw new TypeError(`${what} is ${quoteValue(interval)}; give two numbers, such as [-1, 1]`);
  const [low, high] = interval;
  if (Number.isFinite(low) && Number.isFinite(high) && high > low) return interval;
  throw new RangeError(
    `${what} goes from ${quoteValue(low)} to ${quoteValue(high)}; give two finite numbers, the smaller first`,
  );
}

const isAscending = (values: readonly number[]): boolean =>
  values.every((value, i) => Number.isFinite(value) && (i === 0 || value > values[i - 1]));

/** Throws a TypeError for anything but a grid, and a RangeError unless its coordinates are finite and ascend, and it has two points or more. */
export function checkGrid(grid: Grid): void {
  checkPlaces(grid);
  const { x, y } = grid;
  if (x.length * y.length < 2) throw new RangeError("a grid of one point is no slice; give at least 2 points along x");
}

/** `checkGrid` where one point is enough. */
export function checkPlaces(grid: Grid): void {
  if (!isOptions(grid)) throw new TypeError(`the grid is ${quoteValue(grid)}; give one, such as evenGrid()`);
  checkCoordinates("x", grid.x);
  checkCoordinates("y", grid.y);
}

function checkCoordinates(axis: string, values: readonly number[]): void {
  checkList(`the grid's ${axis}`, values, "evenGrid() has one");
  if (values.length === 0) throw new RangeError(`the grid has no ${axis}; give at least one value`);
  const at = values.findIndex((value, i) => !Number.isFinite(value) || (i > 0 && !(value > values[i - 1])));
  if (at >= 0)
    throw new RangeError(
      `the grid's ${axis}[${at}] is ${quoteValue(values[at])}; give finite numbers in ascending order`,
    );
}

/**
 * Throws a TypeError for anything but values on a grid, and a RangeError unless there is one for each of its points: a finite number, or null.
 * `what` names them: "the slice's loss".
 */
export function checkValues(what: string, { x, y }: Grid, values: GridValues): void {
  checkList(what, values, "[[1, null], [2, 3]]");
  if (values.length !== y.length || values.some((row) => !isListOfNumbers(row) || row.length !== x.length))
    throw new RangeError(`${what} must have a row for each of its ${y.length} y, of ${x.length} values each`);
  for (const [i, row] of values.entries()) {
    const j = row.findIndex((value) => value !== null && !Number.isFinite(value));
    if (j >= 0)
      throw new RangeError(
        `${what} is ${quoteValue(row[j])} at x[${j}], y[${i}]; give a finite number, or null where there is none`,
      );
  }
}
