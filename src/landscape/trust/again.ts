import { checkNumber, whole } from "../../arguments/index.ts";
import type { Vector } from "../../expr/index.ts";
import { addScaled } from "../../linalg/index.ts";
import type { AsyncObjective, Awaitable } from "../../objective/index.ts";
import type { Grid, LossSlice, Measured } from "../slices/landscape.ts";

/** What gives the loss at a point of a slice, such as a `PointMeter`. */
export interface LossAt {
  /** At w + x·d₁ + y·d₂. */
  measure(x: number, y: number): Awaitable<Pick<Measured, "loss">>;
}

/** An objective on the line or plane through w along the directions; losses that are not finite are null. */
export function lossOver(objective: Pick<AsyncObjective, "value">, w: Vector, directions: readonly Vector[]): LossAt {
  return {
    async measure(x, y) {
      const point = Float64Array.from(w);
      for (const [k, direction] of directions.entries()) addScaled(point, [x, y][k], direction);
      const loss = await objective.value(point);
      return { loss: Number.isFinite(loss) ? loss : null };
    },
  };
}

/** Two losses at some points of a slice, as plain data that JSON holds. */
export interface TwoLosses {
  readonly points: readonly {
    readonly x: number;
    readonly y: number;
    readonly first: number | null;
    readonly second: number | null;
  }[];
  /** The greatest difference, relative to the larger loss of the two, where both are finite; null if they nowhere are. */
  readonly greatest: number | null;
  /** The mean of these differences. */
  readonly mean: number | null;
  /** The points at which one loss is finite and the other is not. */
  readonly apart: number;
}

/**
 * The slice's losses, `first`, beside those that another way of computing gives at some of its points, `second`: in float64, to see
 * what rounding does. The points are the one nearest to the centre and others spread over the window, the same each time.
 * Throws a RangeError if `points` is not a whole number, 1 or more.
 */
export async function againAt(slice: LossSlice, other: LossAt, points = 5, signal?: AbortSignal): Promise<TwoLosses> {
  const found = [];
  for (const { i, j } of spreadPoints(slice, points)) {
    signal?.throwIfAborted();
    const [x, y] = [slice.x[j], slice.y[i]];
    found.push({ x, y, first: slice.loss[i][j], second: (await other.measure(x, y)).loss });
  }
  return compared(found);
}

/**
 * The losses on two halves of the examples at some points of a grid: by as much as they differ is a slice on other examples like
 * these another one. The standard error of the mean over both halves is about half the mean difference. Throws a RangeError
 * if `points` is not a whole number, 1 or more.
 */
export async function halvesAt(
  grid: Grid,
  [one, other]: readonly [LossAt, LossAt],
  points = 5,
  signal?: AbortSignal,
): Promise<TwoLosses> {
  const found = [];
  for (const { i, j } of spreadPoints(grid, points)) {
    signal?.throwIfAborted();
    const [x, y] = [grid.x[j], grid.y[i]];
    const first = (await one.measure(x, y)).loss;
    found.push({ x, y, first, second: (await other.measure(x, y)).loss });
  }
  return compared(found);
}

function compared(points: TwoLosses["points"]): TwoLosses {
  const differences = points.flatMap(({ first, second }) =>
    first === null || second === null ? [] : [relative(first, second)],
  );
  return {
    points,
    greatest: differences.length === 0 ? null : Math.max(...differences),
    mean: differences.length === 0 ? null : differences.reduce((sum, each) => sum + each, 0) / differences.length,
    apart: points.filter(({ first, second }) => (first === null) !== (second === null)).length,
  };
}

function relative(a: number, b: number): number {
  const size = Math.max(Math.abs(a), Math.abs(b));
  return size > 0 ? Math.abs(a - b) / size : 0;
}

/** 1/φ and 1/φ² with φ³ = φ + 1: multiples of these fill a square evenly (Roberts 2018, The unreasonable effectiveness of quasirandom sequences). */
const EVENLY = [0.7548776662466927, 0.5698402909980532] as const;

/** So many points of a grid, all different: the one nearest to (0, 0), and others that fill the window evenly. */
export function spreadPoints({ x, y }: Grid, count: number): { readonly i: number; readonly j: number }[] {
  checkNumber("the number of points", count, whole(1));
  const nearest = (coordinates: readonly number[]): number =>
    coordinates.reduce((best, value, k) => (Math.abs(value) < Math.abs(coordinates[best]) ? k : best), 0);
  const chosen = new Map([[`${nearest(y)} ${nearest(x)}`, { i: nearest(y), j: nearest(x) }]]);
  const wanted = Math.min(count, x.length * y.length);
  for (let k = 1; chosen.size < wanted; k++) {
    const [j, i] = [x, y].map(({ length }, axis) => Math.floor(((0.5 + k * EVENLY[axis]) % 1) * length));
    chosen.set(`${i} ${j}`, { i, j });
  }
  return [...chosen.values()];
}
