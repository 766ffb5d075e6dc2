import { multiplyTransposed, norm } from "../../linalg/index.ts";
import type { Evaluator } from "../evaluator.ts";
import type { Point } from "../point.ts";
import type { Solver } from "../solver.ts";
import type { Solving } from "../solving.ts";
import { svd } from "./svd.ts";
import { type LocalModel, type Modeller, trustRegion } from "./trust-region.ts";

/**
 * Sums of squares by Gauss–Newton steps within a region: ‖r + Jp‖² is made least over ‖Dp‖ ≤ Δ, which is the step
 * p = −(JᵀJ + μD²)⁻¹Jᵀr with the right μ. D holds the largest norm that each column of J has had, so the scale of the
 * parameters does not matter. Levenberg 1944; Marquardt 1963; Moré 1978, The Levenberg–Marquardt algorithm:
 * implementation and theory.
 *
 * The step comes from the singular values of JD⁻¹, never from JᵀJ, which would square its condition; parameters on which
 * the residuals do not depend, to rounding, stay where they are.
 */
export const marquardt = (radius: number): Solver =>
  trustRegion({
    name: "levenberg-marquardt",
    needs: ["residuals"],
    tolerance: 0,
    radius,
    start: (f) => new Linearizer(f),
  });

class Linearizer implements Modeller {
  readonly #f: Evaluator;
  readonly #m: number;
  readonly #n: number;
  readonly #r: Float64Array;
  readonly #j: Float64Array;
  /** D. */
  readonly #scales: Float64Array;

  constructor(f: Evaluator) {
    this.#f = f;
    [this.#m, this.#n] = [f.residualCount, f.dimension];
    this.#r = new Float64Array(this.#m);
    this.#j = new Float64Array(this.#m * this.#n);
    this.#scales = new Float64Array(this.#n);
  }

  *model(here: Point): Solving<LocalModel | null> {
    const value = yield* this.#f.jacobian(here.x, this.#r, this.#j);
    if (value === Number.POSITIVE_INFINITY) return null;
    const slope = multiplyTransposed(this.#j, this.#m, this.#n, this.#r);
    for (let j = 0; j < this.#n; j++) here.g[j] = 2 * slope[j];
    this.#rescale();
    return this.#diagonalize();
  }

  #rescale(): void {
    const [m, n] = [this.#m, this.#n];
    for (let j = 0; j < n; j++) {
      const column = norm(Float64Array.from({ length: m }, (_, i) => this.#j[i * n + j]));
      this.#scales[j] = Math.max(this.#scales[j], column);
    }
  }

  /** ‖r + Jp‖² = ‖r‖² + Σ (2σₖ·uₖᵀr·zₖ + σₖ²·zₖ²) with z = VᵀDp. */
  #diagonalize(): LocalModel {
    const n = this.#n;
    const d = this.#scales.map((scale) => scale || 1);
    const { values, scaledLeft, right } = svd(
      this.#j.map((x, at) => x / d[at % n]),
      this.#m,
      n,
    );
    const negligible = values.reduce((most, x) => Math.max(most, x), 0) * Math.max(this.#m, n) * Number.EPSILON;
    const slopes = new Float64Array(n);
    for (let k = 0; k < n; k++) {
      if (values[k] <= negligible) continue;
      for (let i = 0; i < this.#m; i++) slopes[k] += 2 * scaledLeft[k * this.#m + i] * this.#r[i];
    }
    return {
      slopes,
      curvatures: values.map((x) => 2 * x * x),
      step: (z) => multiplyTransposed(right, n, n, z).map((x, j) => x / d[j]),
      length: (x) => norm(x.map((entry, j) => entry * d[j])),
    };
  }
}
