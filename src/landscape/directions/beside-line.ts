import type { Vector } from "../../expr/index.ts";
import { addScaled, dot, norm } from "../../linalg/index.ts";
import { unitRoundoff } from "./rounding.ts";

/** Where a point is, seen from a line. */
interface Beside {
  /** Of the nearest point of the line: 0 at `a`, 1 at `b`. */
  readonly along: number;
  /** From there to the point, perpendicular to the line. */
  readonly across: Float64Array;
}

/**
 * Where c is, seen from the line through a and b, which differ; undefined if it is on that line as far as rounding lets that be seen: the
 * distance is then at most what two roundings of each number of the three points may make, and its direction is noise.
 */
export function besideLine(a: Vector, b: Vector, c: Vector): Beside | undefined {
  const [toB, toC] = [b, c].map((point) => Float64Array.from(point, (x, i) => x - a[i]));
  const along = dot(toC, toB) / dot(toB, toB);
  const across = toC.slice();
  addScaled(across, -along, toB);
  const size = Math.abs(1 - along) * norm(inFloat64(a)) + Math.abs(along) * norm(inFloat64(b)) + norm(inFloat64(c));
  const rounding = ROUNDINGS * unitRoundoff([a, b, c]) * size;
  // Nor can the subtraction be trusted further than this.
  return norm(across) > Math.max(rounding, 1e-9 * norm(toC)) ? { along, across } : undefined;
}

const ROUNDINGS = 2;

const inFloat64 = (vector: Vector): Float64Array => Float64Array.from(vector);
