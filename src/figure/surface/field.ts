import { range } from "../points.ts";
import { monotoneCubic } from "./smooth.ts";

/** A surface over evenly spaced nodes, fine enough to be drawn: a height for each node, row by row. */
export interface Field {
  readonly columns: number;
  readonly rows: number;
  /** Shares of the height that is drawn: 0 at the floor, 1 at the ceiling, more above it; NaN in a hole. */
  readonly heights: Float64Array;
}

/** Values at the nodes of a grid, row by row; NaN in a hole. */
interface Nodes {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly values: ArrayLike<number>;
}

/** The most intervals into which one of the grid is divided. */
const FINEST = 8;

/** How many nodes are drawn for those of an axis: at least two, and about `most`. The nodes of an even grid are among them. */
export function nodesDrawn(count: number, most: number): number {
  const intervals = Math.max(1, count - 1);
  return intervals >= most ? most + 1 : intervals * Math.min(FINEST, Math.floor(most / intervals)) + 1;
}

/** The surface at more nodes, evenly spaced, by monotone cubics along the rows and then along the columns. */
export function refine({ x, y, values }: Nodes, columns: number, rows: number): Field {
  const [fineX, fineY] = [evenly(x, columns), evenly(y, rows)];
  const wide = y.map((_, j) => monotoneCubic(x, sliceOf(values, j * x.length, x.length), fineX));
  const heights = new Float64Array(columns * rows);
  for (let i = 0; i < columns; i++) {
    const column = monotoneCubic(
      y,
      wide.map((row) => row[i]),
      fineY,
    );
    for (let j = 0; j < rows; j++) heights[j * columns + i] = column[j];
  }
  return { columns, rows, heights };
}

const sliceOf = (values: ArrayLike<number>, from: number, length: number): number[] =>
  range(length).map((i) => values[from + i]);

const evenly = (nodes: readonly number[], count: number): number[] => {
  const [low, high] = [nodes[0], nodes[nodes.length - 1]];
  return range(count).map((i) => (i === count - 1 ? high : low + ((high - low) * i) / (count - 1)));
};

/** The height at a place between the nodes, counted in nodes; NaN in a hole and outside. */
export function heightAt({ columns, rows, heights }: Field, column: number, row: number): number {
  if (!(column >= 0 && row >= 0 && column <= columns - 1 && row <= rows - 1)) return Number.NaN;
  const [i, j] = [Math.min(columns - 2, Math.floor(column)), Math.min(rows - 2, Math.floor(row))];
  const [s, t] = [column - i, row - j];
  const at = j * columns + i;
  const near = between(heights[at], heights[at + 1], s);
  return t === 0 ? near : between(near, between(heights[at + columns], heights[at + columns + 1], s), t);
}

/** A node beside a hole is still there. */
const between = (a: number, b: number, t: number): number => (t === 0 ? a : a * (1 - t) + b * t);
