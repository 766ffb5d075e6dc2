import { multiply, multiplyTransposed, symmetricEigen } from "../../linalg/index.ts";
import type { Evaluator } from "../evaluator.ts";
import type { Point } from "../point.ts";
import { type Solver, TOLERANCE } from "../solver.ts";
import type { Solving } from "../solving.ts";
import { Sizes } from "./sizes.ts";
import { type LocalModel, type Modeller, trustRegion } from "./trust-region.ts";

/**
 * Newton's method in a trust region: the lowest point of f + gᵀp + ½·pᵀ∇²f·p over ‖p‖ ≤ Δ, from the eigenvectors of the
 * Hessian. It leaves saddles even where the slope is zero along the way down. Moré & Sorensen 1983, Computing a trust
 * region step.
 */
export const trustRegionNewton = (): Solver =>
  trustRegion({
    name: "newton-trust-region",
    needsOneOf: ["hessian", "hessianProduct"],
    tolerance: TOLERANCE,
    radius: 0.03,
    start: (f) => new Quadratic(f),
  });

class Quadratic implements Modeller {
  readonly sloped = true;
  readonly #f: Evaluator;
  readonly #h: Float64Array;
  readonly #sizes: Sizes;

  constructor(f: Evaluator) {
    this.#f = f;
    this.#h = new Float64Array(f.dimension ** 2);
    this.#sizes = new Sizes(f.dimension, { follows: false });
  }

  *look(at: Point): Solving<void> {
    at.value = yield* this.#f.gradient(at.x, at.g);
  }

  *model({ x, g, value }: Point): Solving<LocalModel | null> {
    if (value === Number.POSITIVE_INFINITY) return null;
    const [n, h] = [g.length, this.#h];
    yield* this.#f.hessian(x, h);
    this.#sizes.update(x, (i) => Math.abs(g[i] / h[i * n + i]));
    const sizes = this.#sizes.values.slice();
    const eigen = symmetricEigen(
      h.map((entry, at) => entry * sizes[at % n] * sizes[Math.floor(at / n)]),
      n,
    );
    if (eigen === null) return null;
    return {
      curvatures: eigen.values,
      slopes: multiply(
        eigen.vectors,
        n,
        n,
        g.map((slope, i) => slope * sizes[i]),
      ),
      step: (z) => multiplyTransposed(eigen.vectors, n, n, z).map((change, i) => change * sizes[i]),
    };
  }
}
