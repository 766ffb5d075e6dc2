import { multiply, multiplyByQTransposed, multiplyTransposed, norm, qr } from "../../linalg/index.ts";
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
    needsOneOf: ["residuals"],
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

  *look(at: Point): Solving<void> {
    at.value = yield* this.#f.value(at.x);
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
    const norms = columnNorms(this.#j, this.#m, this.#n);
    for (let j = 0; j < this.#n; j++) this.#scales[j] = Math.max(this.#scales[j], norms[j]);
  }

  /** ‖r + Jp‖² = ‖r‖² + Σ (2σₖ·uₖᵀr·zₖ + σₖ²·zₖ²) with z = VᵀDp, where JD⁻¹ = UΣVᵀ. */
  #diagonalize(): LocalModel | null {
    const n = this.#n;
    const d = this.#scales.map((scale) => scale || 1);
    const scaled = this.#j.slice();
    for (let at = 0; at < scaled.length; ) for (let j = 0; j < n; j++) scaled[at++] /= d[j];
    const small = compressed(scaled, this.#m, n, this.#r);
    if (small === null) return null;
    const { values, scaledLeft, right } = svd(small.matrix, small.rows, n);
    const negligible = values.reduce((most, x) => Math.max(most, x), 0) * Math.max(this.#m, n) * Number.EPSILON;
    const along = multiply(scaledLeft, n, small.rows, small.vector);
    return {
      slopes: along.map((x, k) => (values[k] <= negligible ? 0 : 2 * x)),
      curvatures: values.map((x) => 2 * x * x),
      step: (z) => multiplyTransposed(right, n, n, z).map((x, j) => x / d[j]),
      length: (x) => norm(x.map((entry, j) => entry * d[j])),
    };
  }
}

/** The lengths of the columns, whose squares may be too large for a number. */
function columnNorms(a: Float64Array, m: number, n: number): Float64Array {
  const [most, sums] = [new Float64Array(n), new Float64Array(n)];
  for (let i = 0, at = 0; i < m; i++) for (let j = 0; j < n; j++) most[j] = Math.max(most[j], Math.abs(a[at++]));
  for (let i = 0, at = 0; i < m; i++) for (let j = 0; j < n; j++) sums[j] += (a[at++] / (most[j] || 1)) ** 2;
  return sums.map((sum, j) => most[j] * Math.sqrt(sum));
}

/** QᵀA and Qᵀr with the rows that matter: at most n instead of m. A = QR·Pᵀ by Householder's reflections. */
function compressed(a: Float64Array, m: number, n: number, r: Float64Array) {
  const factored = qr(a, m, n);
  if (factored === null) return null;
  const { factors, columns } = factored;
  const rows = Math.min(m, n);
  const matrix = new Float64Array(rows * n);
  for (let i = 0; i < rows; i++) for (let j = i; j < n; j++) matrix[i * n + columns[j]] = factors[i * n + j];
  const vector = r.slice();
  multiplyByQTransposed(factored, vector);
  return { matrix, rows, vector: vector.subarray(0, rows) };
}
