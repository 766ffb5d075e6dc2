import { checkNumber, whole } from "../../arguments/index.ts";
import type { Vector } from "../../expr/index.ts";
import { addScaled, dot, norm } from "../../linalg/index.ts";
import type { AsyncObjective } from "../../objective/index.ts";

/** A plane in parameter space, with orthonormal coordinates, so that distances in it are those in parameter space. */
export interface Plane {
  /** The point with coordinates (0, 0). */
  readonly origin: Float64Array;
  /** The unit vector of the x axis. */
  readonly along: Float64Array;
  /** The unit vector of the y axis, perpendicular to `along`. */
  readonly across: Float64Array;
}

/** The loss over a window of a plane. */
export interface LossPlane {
  /** Coordinates of the columns, ascending. */
  readonly x: readonly number[];
  /** Coordinates of the rows, ascending. */
  readonly y: readonly number[];
  /** `values[j * x.length + i]` is the loss at (x[i], y[j]). */
  readonly values: readonly number[];
}

/** Which part of a plane `lossOnPlane` samples, and how finely. */
export interface WindowOptions {
  /** The interval along the x axis, in the plane's coordinates. */
  readonly x: readonly [low: number, high: number];
  /** The interval along the y axis. */
  readonly y: readonly [low: number, high: number];
  /** The number of points along x. Default 41. */
  readonly columns?: number;
  /** The number of points along y. Default: `columns`. */
  readonly rows?: number;
}

/**
 * The plane through three points: a at (0, 0), b at (‖b − a‖, 0), c with y > 0. Throws a RangeError if they lie on one
 * line or differ in length.
 * Garipov, Izmailov, Podoprikhin, Vetrov & Wilson 2018, Loss surfaces, mode connectivity, and fast ensembling of DNNs,
 * appendix A.
 */
export function planeThrough(a: Vector, b: Vector, c: Vector): Plane {
  if (b.length !== a.length || c.length !== a.length)
    throw new RangeError(
      `planeThrough: the points have ${a.length}, ${b.length} and ${c.length} values; give three of the same length`,
    );
  const [along, toC] = [b, c].map((point) => Float64Array.from(point, (x, i) => x - a[i]));
  const length = norm(along);
  const across = toC.slice();
  addScaled(across, -dot(toC, along) / length ** 2, along);
  const height = norm(across);
  if (!(length > 0 && height > 1e-9 * norm(toC)))
    throw new RangeError("planeThrough: the three points lie on one line; give points that do not");
  return { origin: Float64Array.from(a), along: along.map((x) => x / length), across: across.map((x) => x / height) };
}

/** The coordinates of a point's projection onto the plane; the point is as long as the plane's origin. */
export function coordinates({ origin, along, across }: Plane, point: Vector): [x: number, y: number] {
  const from = Float64Array.from(point, (x, i) => x - origin[i]);
  return [dot(from, along), dot(from, across)];
}

/**
 * The loss on a grid over a window of a plane. Values that are not finite stay so. Throws a RangeError if the plane
 * lies in another space than the objective's, for an empty window, or for fewer than 2 points along an axis.
 */
export async function lossOnPlane(
  objective: Pick<AsyncObjective, "name" | "dimension" | "value">,
  { origin, along, across }: Plane,
  { x, y, columns = 41, rows = columns }: WindowOptions,
): Promise<LossPlane> {
  if (origin.length !== objective.dimension)
    throw new RangeError(
      `${objective.name}: the plane's origin has ${origin.length} values; ${objective.dimension} are needed`,
    );
  const [xs, ys] = [gridAlong("x", x, columns), gridAlong("y", y, rows)];
  const values: number[] = [];
  for (const up of ys)
    for (const right of xs) {
      const point = origin.slice();
      addScaled(point, right, along);
      addScaled(point, up, across);
      values.push(await objective.value(point));
    }
  return { x: xs, y: ys, values };
}

function gridAlong(axis: string, [low, high]: readonly [number, number], count: number): number[] {
  checkNumber(`lossOnPlane: the number of points along ${axis}`, count, whole(2));
  if (!(high > low))
    throw new RangeError(`lossOnPlane: ${axis} goes from ${low} to ${high}; give the smaller number first`);
  return Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
}
