import { dot } from "../../linalg/index.ts";
import type { Point } from "../run/point.ts";

/** The factor by which λ rises or falls: Martens 2010, Deep learning via Hessian-free optimization. */
const RAISE = 1.5;

/** λ of (G + λI)d = −g, and the last direction with its slope gᵀd, which determine the next λ. */
export interface Damping {
  damping: number;
  d: Float64Array;
  slope: number;
}

export const dampingFrom = (damping: number, n: number): Damping => ({ damping, d: new Float64Array(n), slope: 0 });

/** Stores the direction found at a point, and its slope. */
export function keepDirection(memory: Damping, { g }: Point, d: Float64Array): void {
  memory.d = d.slice();
  memory.slope = dot(g, d);
}

/**
 * Raises λ if the function fell by less than a quarter of the decrease that the quadratic model predicted, and lowers it if by more
 * than three quarters (Levenberg's and Marquardt's rule).
 */
export function adaptDamping(memory: Damping, from: Point, to: Point): void {
  const ratio = (from.value - to.value) / promisedBy(memory.slope, lengthAlong(from, to, memory.d));
  if (ratio < 0.25) memory.damping *= RAISE;
  else if (ratio > 0.75) memory.damping /= RAISE;
}

/** The step length α from one point to another along d. */
function lengthAlong(from: Point, to: Point, d: Float64Array): number {
  let [along, square] = [0, 0];
  for (let i = 0; i < d.length; i++) {
    along += (to.x[i] - from.x[i]) * d[i];
    square += d[i] * d[i];
  }
  return along / square;
}

/** The decrease that the model gᵀd·α + ½·dᵀ(G + λI)d·α² predicts: −gᵀd·(α − α²/2), since (G + λI)d = −g. */
const promisedBy = (slope: number, alpha: number): number => -slope * (alpha - (alpha * alpha) / 2);
