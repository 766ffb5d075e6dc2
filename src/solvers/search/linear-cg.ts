import { addScaled, dot, norm } from "../../linalg/index.ts";
import type { Computation } from "../run/computation.ts";

/** Writes the product of a symmetric matrix and v to `to`. */
export type Product = (v: Float64Array, to: Float64Array) => Computation<void>;

/**
 * Solves A·d ≈ −g by conjugate gradients, to ‖A·d + g‖ ≤ min(½, √‖g‖)·‖g‖ or `most` products. It stops at a direction p of negative
 * curvature, and adds to d the step along p that a positive curvature of the same size would give: otherwise d would never follow a valley
 * whose floor curves downwards. If p is the first direction, d = p. Dembo & Steihaug 1983; Nocedal & Wright 2006, algorithm 7.1.
 */
export function* solveByCG(product: Product, g: Float64Array, d: Float64Array, most: number): Computation<void> {
  const length = norm(g);
  const residual = Math.min(0.5, Math.sqrt(length)) * length;
  d.fill(0);
  const r = g.slice();
  const p = g.map((x) => -x);
  const ap = new Float64Array(g.length);
  let rr = dot(r, r);
  for (let k = 0; k < most; k++) {
    yield* product(p, ap);
    const curvature = dot(p, ap);
    if (!(curvature > 0)) {
      if (k === 0) d.set(p);
      else if (curvature < 0) addScaled(d, -rr / curvature, p);
      return;
    }
    const alpha = rr / curvature;
    addScaled(d, alpha, p);
    addScaled(r, alpha, ap);
    const next = dot(r, r);
    if (Math.sqrt(next) <= residual) return;
    for (let i = 0; i < p.length; i++) p[i] = -r[i] + (next / rr) * p[i];
    rr = next;
  }
}
