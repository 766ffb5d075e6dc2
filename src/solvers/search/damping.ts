import { dot } from "../../linalg/index.ts";
import type { Point } from "../run/point.ts";

/** Steps of λ after a model that promised too much, or about right: Martens 2010, Deep learning via Hessian-free optimization. */
const RAISE = 1.5;

/** λ of (G + λI)d = −g, and the last direction with its slope gᵀd, from which the next λ follows. */
export interface Damping {
  damping: number;
  d: Float64Array;
  slope: number;
}

export const dampingFrom = (damping: number, n: number): Damping => ({ damping, d: new Float64Array(n), slope: 0 });

/** Keeps the direction that was found at a point. */
export function follow(memory: Damping, { g }: Point, d: Float64Array): void {
  memory.d = d.slice();
  memory.slope = dot(g, d);
}

/**
 * λ is raised where the function fell by less than a quarter of what the quadratic model promised, and lowered where it fell by more
 * than three quarters (Levenberg's and Marquardt's rule).
 */
export function adapt(memory: Damping, from: Point, to: Point): void {
  const ratio = (from.value - to.value) / promisedBy(memory.slope, lengthAlong(from, to, memory.d));
  if (ratio < 0.25) memory.damping *= RAISE;
  else if (ratio > 0.75) memory.damping /= RAISE;
}

/** α of the step from one point to another along d. */
function lengthAlong(from: Point, to: Point, d: Float64Array): number {
  let [along, square] = [0, 0];
  for (let i = 0; i < d.length; i++) {
    along += (to.x[i] - from.x[i]) * d[i];
    square += d[i] * d[i];
  }
  return along / square;
}

/** The decrease that the model gᵀd·α + ½·dᵀ(G + λI)d·α² promises; where (G + λI)d = −g it is −gᵀd·(α − α²/2). */
const promisedBy = (slope: number, alpha: number): number => -slope * (alpha - (alpha * alpha) / 2);
