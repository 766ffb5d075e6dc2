import type { Vector } from "../../expr/index.ts";
import { dot, squaredDistance } from "../../linalg/index.ts";
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
 * Throws a RangeError for axes that are parallel, or not as long as the origin.
 */
export function projector({ origin, directions }: PlaneAxes): (point: Vector) => Projection {
  const [a, b] = directions.map(({ vector }) => vector);
  for (const { length } of [a, b])
    if (length !== origin.length)
      throw new RangeError(`projector: a direction has ${length} values, the origin ${origin.length}; give as many`);
  const [aa, ab, bb] = [dot(a, a), dot(a, b), dot(b, b)];
  const determinant = aa * bb - ab * ab;
  if (!(determinant > 1e-12 * aa * bb))
    throw new RangeError(
      "projector: the two directions are parallel, or one has no length; give two that span a plane",
    );
  return (point) => {
    if (point.length !== origin.length)
      throw new RangeError(`projector: the point has ${point.length} values, the plane's origin ${origin.length}`);
    const p = Float64Array.from(point, (value, i) => value - origin[i]);
    const [ap, bp] = [dot(a, p), dot(b, p)];
    const [x, y] = [(bb * ap - ab * bp) / determinant, (aa * bp - ab * ap) / determinant];
    return { x, y, distance: Math.sqrt(squaredDistance(point, pointAt({ origin, directions }, x, y))) };
  };
}

/** The plane's point with these coordinates. */
export function pointAt(
  { origin, directions: [{ vector: a }, { vector: b }] }: PlaneAxes,
  x: number,
  y: number,
): Float64Array {
  return Float64Array.from(origin, (value, i) => value + x * a[i] + y * b[i]);
}
