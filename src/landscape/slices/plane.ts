import { checkNumber, checkOptions, isOptions, quoteValue, whole } from "../../arguments/index.ts";
import { isVector, type Vector } from "../../expr/index.ts";
import { addScaled, dot, norm } from "../../linalg/index.ts";
import type { AsyncObjective } from "../../objective/index.ts";
import { checkObjective } from "../checks/objectives.ts";
import { checkVector } from "../checks/vectors.ts";
import { besideLine } from "../directions/beside-line.ts";
import { checkInterval, type Interval, MOST_POINTS } from "./grid.ts";

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
 * The plane through three points: a at (0, 0), b at (‖b − a‖, 0), c with y > 0. Throws a TypeError for anything but vectors, and a RangeError if
 * they differ in length, are not finite, or lie on one line as far as the rounding of their numbers lets that be seen.
 * Garipov, Izmailov, Podoprikhin, Vetrov & Wilson 2018, Loss surfaces, mode connectivity, and fast ensembling of DNNs,
 * appendix A.
 */
export function planeThrough(a: Vector, b: Vector, c: Vector): Plane {
  for (const [name, point] of Object.entries({ a, b, c })) checkVector(`planeThrough: the point ${name}`, point);
  if (b.length !== a.length || c.length !== a.length)
    throw new RangeError(
      `planeThrough: the points have ${a.length}, ${b.length} and ${c.length} values; give three of the same length`,
    );
  const along = Float64Array.from(b, (x, i) => x - a[i]);
  const length = norm(along);
  const beside = length > 0 ? besideLine(a, b, c) : undefined;
  if (beside === undefined)
    throw new RangeError("planeThrough: the three points lie on one line, up to rounding; give points that do not");
  const height = norm(beside.across);
  return {
    origin: Float64Array.from(a),
    along: along.map((x) => x / length),
    across: beside.across.map((x) => x / height),
  };
}

/**
 * The coordinates of a point's projection onto the plane. Throws a TypeError for anything but a plane and a vector, and a RangeError for a point
 * that is not finite, or not as long as the plane's origin.
 */
export function coordinates(plane: Plane, point: Vector): [x: number, y: number] {
  checkPlane("coordinates", plane);
  const { origin, along, across } = plane;
  checkVector("coordinates: the point", point, origin.length);
  const from = Float64Array.from(point, (x, i) => x - origin[i]);
  return [dot(from, along), dot(from, across)];
}

function checkPlane(what: string, plane: Plane): void {
  if (!(isOptions(plane) && isVector(plane.origin)))
    throw new TypeError(
      `${what}: the plane is ${quoteValue(plane)}; give { origin, along, across }, as planeThrough makes them`,
    );
  const { origin, along, across } = plane;
  for (const [name, vector] of Object.entries({ origin, along, across }))
    checkVector(`${what}: the plane's ${name}`, vector, origin.length);
}

const names = ["x", "y", "columns", "rows"] as const;

/**
 * The loss on a grid over a window of a plane. Losses that are not finite stay so. Throws a TypeError for anything but an objective, a plane and
 * a window, and a RangeError if the plane lies in another space than the objective's, for an empty window, and for fewer than 2 points along an
 * axis or more than 10,001.
 */
export async function lossOnPlane(
  objective: Pick<AsyncObjective, "name" | "dimension" | "value">,
  plane: Plane,
  options: WindowOptions,
): Promise<LossPlane> {
  checkObjective("lossOnPlane", objective, ["value"]);
  checkPlane("lossOnPlane", plane);
  checkOptions("lossOnPlane", options, names, "lossOnPlane(objective, plane, { x: [-1, 1], y: [-1, 1] })");
  const { origin, along, across } = plane;
  const { x, y, columns = 41, rows = columns } = options;
  checkVector(`${objective.name}: the plane's origin`, origin, objective.dimension);
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

function gridAlong(axis: string, interval: Interval, count: number): number[] {
  checkNumber(`lossOnPlane: the number of points along ${axis}`, count, whole(2, MOST_POINTS));
  const [low, high] = checkInterval(`lossOnPlane: ${axis}`, interval);
  return Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
}
