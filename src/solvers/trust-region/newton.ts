import { multiply, multiplyTransposed, norm, symmetricEigen } from "../../linalg/index.ts";
import type { Evaluator } from "../evaluator.ts";
import type { Point } from "../point.ts";
import { type Solver, TOLERANCE } from "../solver.ts";
import type { Solving } from "../solving.ts";
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
    radius: 1,
    start: (f) => new Quadratic(f),
  });

class Quadratic implements Modeller {
  readonly #f: Evaluator;
  readonly #h: Float64Array;

  constructor(f: Evaluator) {
    this.#f = f;
    this.#h = new Float64Array(f.dimension ** 2);
  }

  *look(at: Point): Solving<void> {
    at.value = yield* this.#f.gradient(at.x, at.g);
  }

  *model({ x, g, value }: Point): Solving<LocalModel | null> {
    if (value === Number.POSITIVE_INFINITY) return null;
    yield* this.#f.hessian(x, this.#h);
    const n = g.length;
    const eigen = symmetricEigen(this.#h, n);
    if (eigen === null) return null;
    return {
      curvatures: eigen.values,
      slopes: multiply(eigen.vectors, n, n, g),
      step: (z) => multiplyTransposed(eigen.vectors, n, n, z),
      length: norm,
    };
  }
}
