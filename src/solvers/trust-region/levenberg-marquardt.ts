import { multiply, multiplyByQTransposed, multiplyTransposed, norm, type Qr, qr } from "../../linalg/index.ts";
import type { Evaluator } from "../evaluator.ts";
import { leastChange } from "../least-change.ts";
import type { Point } from "../point.ts";
import type { Solver } from "../solver.ts";
import type { Solving } from "../solving.ts";
import { Sizes } from "./sizes.ts";
import { svd } from "./svd.ts";
import { type LocalModel, type Modeller, trustRegion } from "./trust-region.ts";

/**
 * Sums of squares by Gauss–Newton steps within a region: ‖r + Jp‖² is made least over ‖Dp‖ ≤ Δ, which is the step
 * p = −(JᵀJ + μD²)⁻¹Jᵀr with the right μ. D measures parameters by their sizes (`Sizes`). Levenberg 1944; Marquardt 1963;
 * Moré 1978, The Levenberg–Marquardt algorithm: implementation and theory.
 *
 * The step comes from the singular values of JD⁻¹, never from JᵀJ, which would square its condition; parameters on which
 * the residuals do not depend, to rounding, stay where they are. What the linear model has missed at the end of a step,
 * e = r(x + p) − r − Jp, is half of the residuals' curvature along it: −(JᵀJ + μD²)⁻¹Jᵀe corrects a step that failed, and
 * one that it would change by much is not to be trusted. Transtrum & Sethna 2012, Improvements to the Levenberg–Marquardt
 * algorithm for nonlinear least-squares minimization, who take that curvature from a point of its own.
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
  readonly sloped = false;
  readonly #f: Evaluator;
  readonly #m: number;
  readonly #n: number;
  /** Where the model is made. */
  readonly #r: Float64Array;
  readonly #j: Float64Array;
  /** r where was looked last. */
  readonly #ahead: Float64Array;
  readonly #sizes: Sizes;

  constructor(f: Evaluator) {
    this.#f = f;
    [this.#m, this.#n] = [f.residualCount, f.dimension];
    [this.#r, this.#ahead] = [new Float64Array(this.#m), new Float64Array(this.#m)];
    this.#j = new Float64Array(this.#m * this.#n);
    this.#sizes = new Sizes(this.#n, { follows: true });
  }

  *look(at: Point): Solving<void> {
    at.value = yield* this.#f.residuals(at.x, this.#ahead);
  }

  *model(here: Point): Solving<LocalModel | null> {
    const value = yield* this.#f.jacobian(here.x, this.#r, this.#j);
    if (value === Number.POSITIVE_INFINITY) return null;
    const slope = multiplyTransposed(this.#j, this.#m, this.#n, this.#r);
    for (let j = 0; j < this.#n; j++) here.g[j] = 2 * slope[j];
    if (!here.g.every(Number.isFinite)) return null;
    return this.#diagonalize(here.x);
  }

  /** ‖r + Jp‖² = ‖r‖² + Σ (2σₖ·uₖᵀr·zₖ + σₖ²·zₖ²) with z = VᵀDp, where JD⁻¹ = UΣVᵀ. */
  #diagonalize(x: Float64Array): LocalModel | null {
    const [m, n] = [this.#m, this.#n];
    const lengths = columnNorms(this.#j, m, n);
    this.#sizes.update(x, (j) => norm(this.#r) / lengths[j]);
    const sizes = this.#sizes.values.slice();
    const factors = qr(
      this.#j.map((slope, at) => slope * sizes[at % n]),
      m,
      n,
    );
    if (factors === null) return null;
    const rows = Math.min(m, n);
    const { values, scaledLeft, right } = svd(triangle(factors), rows, n);
    const now = turned(factors, this.#r);
    // A singular value below this is what rounding of the columns makes of 0.
    const noise = multiply(
      right.map(Math.abs),
      n,
      n,
      lengths.map((length, j) => length * sizes[j]),
    );
    const real = values.map((value, k) => (value > Math.max(m, n) * Number.EPSILON * noise[k] ? 1 : 0));
    const slopesOf = (vector: Float64Array): Float64Array =>
      multiply(scaledLeft, n, rows, vector).map((along, k) => 2 * real[k] * along);
    const curvatures = values.map((value) => 2 * value * value);
    return {
      least: leastChange(x, this.#r, this.#j),
      curvatures,
      slopes: slopesOf(now),
      step: (z) => multiplyTransposed(right, n, n, z).map((change, j) => change * sizes[j]),
      correction: ({ z, added }) => {
        const model = multiplyTransposed(scaledLeft, n, rows, z);
        const missed = turned(factors, this.#ahead).map((there, i) => there - now[i] - model[i]);
        return slopesOf(missed).map((slope, k) => (slope === 0 ? 0 : -slope / (curvatures[k] + added)));
      },
    };
  }
}

/** R·Pᵀ of A = QR·Pᵀ: what is left of QᵀA without its rows of zeros. */
function triangle({ m, n, factors, columns }: Qr): Float64Array {
  const rows = Math.min(m, n);
  const matrix = new Float64Array(rows * n);
  for (let i = 0; i < rows; i++) for (let j = i; j < n; j++) matrix[i * n + columns[j]] = factors[i * n + j];
  return matrix;
}

/** Qᵀr where A's rows are left. */
function turned(factors: Qr, r: Float64Array): Float64Array {
  const vector = r.slice();
  multiplyByQTransposed(factors, vector);
  return vector.subarray(0, Math.min(factors.m, factors.n));
}

/** The lengths of the columns, whose squares may be too large for a number. */
function columnNorms(a: Float64Array, m: number, n: number): Float64Array {
  const [most, sums] = [new Float64Array(n), new Float64Array(n)];
  for (let i = 0, at = 0; i < m; i++) for (let j = 0; j < n; j++) most[j] = Math.max(most[j], Math.abs(a[at++]));
  for (let i = 0, at = 0; i < m; i++) for (let j = 0; j < n; j++) sums[j] += (a[at++] / (most[j] || 1)) ** 2;
  return sums.map((sum, j) => most[j] * Math.sqrt(sum));
}
