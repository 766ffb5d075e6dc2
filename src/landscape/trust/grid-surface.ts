import { checkGrid, checkValues } from "../slices/grid.ts";
import type { Grid, GridValues } from "../slices/landscape.ts";

/** Rounding of losses in float32, relative to their size, with some room: differences below it are none. */
export const ROUNDING = 2 ** -21;

/** A point of a grid, by its column and row. */
export interface Node {
  readonly i: number;
  readonly j: number;
}

/** A loss on a grid, read between its points as well. */
export interface GridSurface extends Grid {
  /** +∞ where there is no finite loss. */
  at(i: number, j: number): number;
  /** Bilinear between the grid's points; +∞ beside a point without a finite loss, NaN outside the window. */
  between(x: number, y: number): number;
  /** Whether it has one row. */
  readonly isLine: boolean;
  /** All points, row by row. */
  readonly nodes: readonly Node[];
  /** The area that a point stands for, or the length on a line: halfway to its neighbours. */
  weight(node: Node): number;
  /** The point nearest to (0, 0). */
  readonly centre: Node;
  /** Whether (0, 0) is within the window. */
  readonly holdsCentre: boolean;
}

/** Throws a RangeError if the values are not as many as the grid has points, or not finite, or if coordinates do not ascend. */
export function gridSurface({ x, y }: Grid, values: GridValues): GridSurface {
  checkGrid({ x, y });
  if (x.length < 2) throw new RangeError(`the slice has 1 column of ${y.length} rows; it needs 2 columns or more`);
  checkValues("the slice's loss", { x, y }, values);
  const at = (i: number, j: number): number => values[i][j] ?? Number.POSITIVE_INFINITY;
  return {
    x,
    y,
    at,
    between(right, up) {
      const [j, s] = cellOf(x, right);
      const [i, t] = cellOf(y, up);
      if (!(s >= 0 && s <= 1 && t >= 0 && t <= 1)) return Number.NaN;
      return blend(blend(at(i, j), at(i, j + 1), s), t > 0 ? blend(at(i + 1, j), at(i + 1, j + 1), s) : 0, t);
    },
    isLine: y.length === 1,
    weight: ({ i, j }) => share(x, j) * (y.length === 1 ? 1 : share(y, i)),
    nodes: y.flatMap((_, i) => x.map((__, j) => ({ i, j }))),
    centre: { i: nearestToZero(y), j: nearestToZero(x) },
    holdsCentre: holdsZero(x) && holdsZero(y),
  };
}

/** (1 − t)·a + t·b, where an infinite value without weight does not count. */
const blend = (a: number, b: number, t: number): number => (t === 0 ? a : t === 1 ? b : (1 - t) * a + t * b);

/** The cell that a coordinate is in, and where in it, from 0 to 1; elsewhere if it is in none. A single coordinate is a cell by itself. */
function cellOf(coordinates: readonly number[], value: number): [cell: number, part: number] {
  const last = coordinates.length - 1;
  if (last === 0) return [0, value === coordinates[0] ? 0 : Number.NaN];
  let cell = 0;
  while (cell < last - 1 && value >= coordinates[cell + 1]) cell++;
  return [cell, (value - coordinates[cell]) / (coordinates[cell + 1] - coordinates[cell])];
}

const share = (coordinates: readonly number[], k: number): number =>
  ((coordinates[k + 1] ?? coordinates[k]) - (coordinates[k - 1] ?? coordinates[k])) / 2;

const holdsZero = (coordinates: readonly number[]): boolean =>
  coordinates[0] <= 0 && coordinates[coordinates.length - 1] >= 0;

const nearestToZero = (coordinates: readonly number[]): number =>
  coordinates.reduce((best, value, k) => (Math.abs(value) < Math.abs(coordinates[best]) ? k : best), 0);
