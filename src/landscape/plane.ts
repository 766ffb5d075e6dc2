import { checkNumber, whole } from "../arguments/index.ts";
import type { Vector } from "../expr/index.ts";
import { addScaled, dot, norm } from "../linalg/index.ts";
import type { AsyncObjective } from "../objective/index.ts";

/** A plane in parameter space, with coordinates in the units of the parameters: distances in it are true. */
export interface Plane {
  /** The point with coordinates (0, 0). */
  readonly origin: Float64Array;
  /** Unit vectors, perpendicular to each other. */
  readonly along: Float64Array;
  readonly across: Float64Array;
}

/** A cost over a window of a plane: `values[j * x.length + i]` is the cost at (x[i], y[j]). */
export interface CostPlane {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly values: readonly number[];
}

/** Which part of a plane is looked at, and how finely. */
export interface WindowOptions {
  readonly x: readonly [low: number, high: number];
  readonly y: readonly [low: number, high: number];
  /** How many points side by side. Default 41. */
  readonly columns?: number;
  /** Default: as many as columns. */
  readonly rows?: number;
}

/**
 * The plane through three points: a at (0, 0), b at (‖b − a‖, 0), c above. Throws a RangeError where they lie on one line.
 * Garipov, Izmailov, Podoprikhin, Vetrov & Wilson 2018, Loss surfaces, mode connectivity, and fast ensembling of DNNs,
 * appendix A.
 */
export function planeThrough(a: Vector, b: Vector, c: Vector): Plane {
  if (b.length !== a.length || c.length !== a.length)
    throw new RangeError(
      `planeThrough: points of ${a.length}, ${b.length} and ${c.length} numbers; give three of one length`,
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

/** The coordinates of a point's foot on the plane. */
export function coordinates({ origin, along, across }: Plane, point: Vector): [x: number, y: number] {
  const from = Float64Array.from(point, (x, i) => x - origin[i]);
  return [dot(from, along), dot(from, across)];
}

/** The cost at the points of a grid over a window of a plane. Where the cost is not finite, neither is the number here. */
export async function costOnPlane(
  objective: Pick<AsyncObjective, "name" | "dimension" | "value">,
  { origin, along, across }: Plane,
  { x, y, columns = 41, rows = columns }: WindowOptions,
): Promise<CostPlane> {
  if (origin.length !== objective.dimension)
    throw new RangeError(`${objective.name}: a plane of ${origin.length} numbers; ${objective.dimension} are needed`);
  const [xs, ys] = [spread("x", x, columns), spread("y", y, rows)];
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

function spread(axis: string, [low, high]: readonly [number, number], count: number): number[] {
  checkNumber(`costOnPlane: the number of points along ${axis}`, count, whole(2));
  if (!(high > low)) throw new RangeError(`costOnPlane: ${axis} from ${low} to ${high}; give a range that rises`);
  return Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
}
