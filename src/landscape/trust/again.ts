import {
  checkFunction,
  checkList,
  checkNumber,
  checkSignal,
  isOptions,
  quoteValue,
  whole,
} from "../../arguments/index.ts";
import type { Vector } from "../../expr/index.ts";
import { addScaled } from "../../linalg/index.ts";
import type { AsyncObjective, Awaitable } from "../../objective/index.ts";
import { checkAxes, checkObjective, checkPoint } from "../checks/objectives.ts";
import { checkSliceData } from "../checks/slices.ts";
import { checkGrid } from "../slices/grid.ts";
import type { Grid, LossSlice, Measured } from "../slices/landscape.ts";

/** What gives the loss at a point of a slice, such as a `PointMeter`. */
export interface LossAt {
  /** At w + x·d₁ + y·d₂. */
  measure(x: number, y: number): Awaitable<Pick<Measured, "loss">>;
}

/**
 * An objective on the line or plane through w along one or two directions; losses that are not finite are null. Throws a TypeError for anything but
 * an objective and vectors, and a RangeError for a point or a direction of another length or with numbers that are not finite.
 */
export function lossOver(
  objective: Pick<AsyncObjective, "name" | "dimension" | "value">,
  w: Vector,
  directions: readonly Vector[],
): LossAt {
  checkObjective("lossOver", objective, ["value"]);
  checkPoint(objective, w);
  checkAxes(objective, directions);
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
 * Throws a RangeError if `points` is not a whole number, 1 or more, a TypeError for anything but a slice and what measures at its points, and the
 * signal's reason once it is aborted.
 */
export async function againAt(slice: LossSlice, other: LossAt, points = 5, signal?: AbortSignal): Promise<TwoLosses> {
  checkSliceData("againAt", slice);
  checkMeter("againAt: the other", other);
  if (signal !== undefined) checkSignal("againAt: signal", signal);
  const found = [];
  for (const { i, j } of spreadPoints(slice, points)) {
    signal?.throwIfAborted();
    const [x, y] = [slice.x[j], slice.y[i]];
    found.push({ x, y, first: slice.loss[i][j], second: await lossAt(other, x, y) });
  }
  return compared(found);
}

/**
 * The losses on two halves of the examples at some points of a grid: by as much as they differ is a slice on other examples like
 * these another one. The standard error of the mean over both halves is about half the mean difference. Throws a RangeError
 * if `points` is not a whole number, 1 or more, a TypeError for anything but a grid and a pair of what measures at its points, and the signal's
 * reason once it is aborted.
 */
export async function halvesAt(
  grid: Grid,
  halves: readonly [LossAt, LossAt],
  points = 5,
  signal?: AbortSignal,
): Promise<TwoLosses> {
  checkGrid(grid);
  checkList("halvesAt: the halves", halves, "[{ measure(x, y) }, { measure(x, y) }]");
  const [one, other] = halves;
  for (const half of [one, other]) checkMeter("halvesAt: a half", half);
  if (signal !== undefined) checkSignal("halvesAt: signal", signal);
  const found = [];
  for (const { i, j } of spreadPoints(grid, points)) {
    signal?.throwIfAborted();
    const [x, y] = [grid.x[j], grid.y[i]];
    const first = await lossAt(one, x, y);
    found.push({ x, y, first, second: await lossAt(other, x, y) });
  }
  return compared(found);
}

function checkMeter(what: string, meter: LossAt): void {
  if (!isOptions(meter)) throw new TypeError(`${what} is ${quoteValue(meter)}; give { measure(x, y) }`);
  checkFunction(`${what}'s measure`, meter.measure);
}

/** The loss at a point; null if it is not finite. */
async function lossAt(meter: LossAt, x: number, y: number): Promise<number | null> {
  const { loss } = await meter.measure(x, y);
  return loss !== null && Number.isFinite(loss) ? loss : null;
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

/**
 * So many points of a grid, all different, at most all that it has: the one nearest to (0, 0), and others that fill the window evenly. Throws a
 * TypeError for anything but a grid, and a RangeError unless `count` is a whole number, 1 or more.
 */
export function spreadPoints(grid: Grid, count: number): { readonly i: number; readonly j: number }[] {
  checkGrid(grid);
  checkNumber("the number of points", count, whole(1));
  const { x, y } = grid;
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
