import { checkList, checkNumber, domains, isOptions, quoteValue } from "../../arguments/index.ts";
import type { Vector } from "../../expr/index.ts";
import { dot, squaredDistance } from "../../linalg/index.ts";
import { checkVector } from "../checks/vectors.ts";
import type { Direction } from "../directions/direction.ts";

/** A plane in parameter space: w = origin + x·a + y·b. Its axes may have any length and any angle. */
export interface PlaneAxes {
  /** The point with the coordinates (0, 0). */
  readonly origin: Vector;
  /** a and b. */
  readonly directions: readonly [PlaneAxis, PlaneAxis];
}

/** An axis of a plane, such as a `Direction` of a slice. */
export type PlaneAxis = Pick<Direction, "vector">;

/** Where a point is, seen in a plane. */
export interface Projection {
  /** The coordinates of the plane's nearest point. */
  readonly x: number;
  readonly y: number;
  /** From there to the point itself. */
  readonly distance: number;
}

/**
 * Projects points onto a plane: the coordinates of its nearest point, by least squares, and the distance to it. The axes need not be
 * perpendicular: ⟨a, p⟩ / ‖a‖, as some programs compute it, would be right only if they were.
 *
 *     [⟨a,a⟩ ⟨a,b⟩] [x]   [⟨a, p⟩]
 *     [⟨a,b⟩ ⟨b,b⟩] [y] = [⟨b, p⟩],   p = point − origin
 *
 * Throws a TypeError for anything but a plane, and a RangeError for axes that are parallel, not as long as the origin, or not finite; the function
 * throws for a point that is no vector, not as long as the origin, or not finite.
 */
export function projector(plane: PlaneAxes): (point: Vector) => Projection {
  checkPlane("projector", plane);
  const { origin, directions } = plane;
  const [a, b] = directions.map(({ vector }) => vector);
  const [aa, ab, bb] = [dot(a, a), dot(a, b), dot(b, b)];
  const determinant = aa * bb - ab * ab;
  if (!(determinant > 1e-12 * aa * bb))
    throw new RangeError(
      "projector: the two directions are parallel, or one has no length; give two that span a plane",
    );
  return (point) => {
    checkVector("projector: the point", point, origin.length);
    const p = Float64Array.from(point, (value, i) => value - origin[i]);
    const [ap, bp] = [dot(a, p), dot(b, p)];
    const [x, y] = [(bb * ap - ab * bp) / determinant, (aa * bp - ab * ap) / determinant];
    return { x, y, distance: Math.sqrt(squaredDistance(point, placeIn(plane, x, y))) };
  };
}

/**
 * The plane's point with these coordinates, n values. Throws a TypeError for anything but a plane, and a RangeError for axes that are not as long
 * as the origin or not finite, and for coordinates that are not finite numbers.
 */
export function pointAt(plane: PlaneAxes, x: number, y: number): Float64Array {
  checkPlane("pointAt", plane);
  checkNumber("pointAt: x", x, domains.finite);
  checkNumber("pointAt: y", y, domains.finite);
  return placeIn(plane, x, y);
}

/** `pointAt`, unchecked. */
export const placeIn = (
  { origin, directions: [{ vector: a }, { vector: b }] }: PlaneAxes,
  x: number,
  y: number,
): Float64Array => Float64Array.from(origin, (value, i) => value + x * a[i] + y * b[i]);

/** Throws for what is no plane. `what`: the function that was called. */
export function checkPlane(what: string, plane: PlaneAxes): void {
  if (!isOptions(plane))
    throw new TypeError(`${what}: the plane is ${quoteValue(plane)}; give { origin, directions: [x, y] }`);
  const { origin, directions } = plane;
  checkVector(`${what}: the plane's origin`, origin);
  checkList(`${what}: the plane's directions`, directions, "[{ vector: a }, { vector: b }]");
  const axes: readonly PlaneAxis[] = directions;
  if (axes.length !== 2)
    throw new RangeError(`${what}: the plane has ${axes.length} directions; give the two that span it`);
  for (const axis of axes) {
    if (!isOptions(axis)) throw new TypeError(`${what}: a direction is ${quoteValue(axis)}; give { vector }`);
    checkVector(`${what}: a direction`, axis.vector, origin.length);
  }
}
