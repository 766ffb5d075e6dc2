import { addScaled, dot, norm } from "../../linalg/index.ts";
import type { Direction, Guide } from "../descent.ts";
import type { Evaluator } from "../evaluator.ts";
import type { Point } from "../point.ts";
import { checkSettings, count } from "../settings.ts";
import type { Solving } from "../solving.ts";

/** Products of a symmetric matrix with vectors. */
export type Product = (v: Float64Array, to: Float64Array) => Solving<void>;

/**
 * Newton's direction without the Hessian: conjugate gradients on ∇²f·d = −g by products with vectors, ended early, at
 * ‖∇²f·d + g‖ ≤ min(½, √‖g‖)·‖g‖, and at a direction of negative curvature, which it follows too. Dembo & Steihaug 1983, Truncated-Newton
 * algorithms for large-scale unconstrained optimization; Nocedal & Wright 2006, algorithm 7.1.
 */
export function newtonCG(options: { readonly products?: number } = {}): Direction {
  const { products } = checkSettings("Newton-CG", { products: 200 }, options, { products: count });
  return {
    name: "Newton-CG",
    needsOneOf: ["hessianProduct"],
    resumes: "rescaled",
    start: (f) => new Truncated(f, products),
  };
}

class Truncated implements Guide {
  readonly #f: Evaluator;
  readonly #most: number;

  constructor(f: Evaluator, most: number) {
    this.#f = f;
    this.#most = most;
  }

  *direction({ x, g }: Point, d: Float64Array) {
    const length = norm(g);
    const f = this.#f;
    const product: Product = (v, to) => f.hessianProduct(x, v, to);
    yield* solveByCG(product, g, d, { residual: Math.min(0.5, Math.sqrt(length)) * length, most: this.#most });
    return undefined;
  }

  scaled(): boolean {
    return true;
  }
}

/**
 * d with A·d ≈ −g, to a residual of this length; where A curves down along the way, d as far as it came and that way as far again as
 * the same curvature upwards would have it: without, d never leads along a valley whose floor curves down. If it is the first, that way.
 */
export function* solveByCG(
  product: Product,
  g: Float64Array,
  d: Float64Array,
  limits: { readonly residual: number; readonly most: number },
): Solving<void> {
  d.fill(0);
  const r = g.slice();
  const p = g.map((x) => -x);
  const ap = new Float64Array(g.length);
  let rr = dot(r, r);
  for (let k = 0; k < limits.most; k++) {
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
    if (Math.sqrt(next) <= limits.residual) return;
    for (let i = 0; i < p.length; i++) p[i] = -r[i] + (next / rr) * p[i];
    rr = next;
  }
}
