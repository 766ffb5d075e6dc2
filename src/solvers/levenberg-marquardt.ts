import { multiply, multiplyByQTransposed, multiplyTransposed, norm, type Qr, qr, svd } from "../linalg/index.ts";
import { naturalGradientDirection } from "./natural-gradient.ts";
import { armijo } from "./search/armijo.ts";
import { descent } from "./search/descent.ts";
import { leastChange } from "./search/least-change.ts";
import type { Diagonalized } from "./search/region-step.ts";
import { measure, type Sizes, sizesFor } from "./search/sizes.ts";
import { type ModelBuilder, trustRegion } from "./search/trust-region.ts";
import { either, solver } from "./solver.ts";
import { positive } from "./solver-settings.ts";

interface Memory {
  readonly sizes: Sizes;
  /** The residuals at the last point evaluated. */
  readonly ahead: Float64Array;
}

/** ‖r + Jp‖² = ‖r‖² + Σ (2σₖ·uₖᵀr·zₖ + σₖ²·zₖ²) with z = VᵀDp, where JD⁻¹ = UΣVᵀ. */
interface Linearized extends Diagonalized {
  readonly least: number;
  /** D⁻¹. */
  readonly sizes: Float64Array;
  /** QR of JD⁻¹, and the first min(m, n) entries of Qᵀr. */
  readonly factors: Qr;
  readonly residuals: Float64Array;
  /** Rows σₖuₖ and vₖ. */
  readonly scaledLeft: Float64Array;
  readonly right: Float64Array;
  /** 1 for singular values above rounding, else 0. */
  readonly real: Float64Array;
}

/**
 * Sums of squares by Gauss–Newton steps in a trust region: minimising ‖r + Jp‖² over ‖Dp‖ ≤ Δ gives the step
 * p = −(JᵀJ + μD²)⁻¹Jᵀr for some μ. D scales the parameters by their sizes. Levenberg 1944; Marquardt 1963;
 * Moré 1978, The Levenberg–Marquardt algorithm: implementation and theory.
 *
 * The step comes from the singular values of JD⁻¹, never from JᵀJ, which would square the condition number; parameters on
 * which the residuals do not depend, to rounding, stay as they are. The linear model's error at the end of a step,
 * e = r(x + p) − r − Jp, is half the residuals' curvature along it: −(JᵀJ + μD²)⁻¹Jᵀe corrects a failed step, and a step
 * that this would change by much is not trusted. Transtrum & Sethna 2012, Improvements to the Levenberg–Marquardt
 * algorithm for nonlinear least-squares minimization, who compute that curvature from an extra point.
 */
const linearizer: ModelBuilder<Memory, Linearized> = {
  givesGradient: false,
  init: (f) => ({ sizes: sizesFor(f.dimension), ahead: new Float64Array(f.residualCount) }),
  *evaluate(f, { ahead }, at) {
    at.value = yield* f.residuals(at.x, ahead);
  },
  *model(f, { sizes }, here) {
    const [m, n] = [f.residualCount, f.dimension];
    const [r, jacobian] = [new Float64Array(m), new Float64Array(m * n)];
    const value = yield* f.jacobian(here.x, r, jacobian);
    if (value === Number.POSITIVE_INFINITY) return null;
    const halfGradient = multiplyTransposed(jacobian, m, n, r);
    for (let j = 0; j < n; j++) here.g[j] = 2 * halfGradient[j];
    return here.g.every(Number.isFinite) ? diagonalized(here.x, r, jacobian, sizes) : null;
  },
  step: ({ right, sizes }, z) =>
    multiplyTransposed(right, sizes.length, sizes.length, z).map((change, j) => change * sizes[j]),
  correction: ({ ahead }, model, { z, added }) => {
    const { residuals, scaledLeft, factors, curvatures } = model;
    const linear = multiplyTransposed(scaledLeft, z.length, residuals.length, z);
    const error = applyQTransposed(factors, ahead).map((there, i) => there - residuals[i] - linear[i]);
    return slopesOf(model, error).map((slope, k) => (slope === 0 ? 0 : -slope / (curvatures[k] + added)));
  },
};

function diagonalized(x: Float64Array, r: Float64Array, jacobian: Float64Array, memory: Sizes): Linearized | null {
  const [m, n] = [r.length, x.length];
  const lengths = columnNorms(jacobian, m, n);
  const sizes = measure(memory, x, (j) => norm(r) / lengths[j], { follows: true });
  const scaled = jacobian.map((slope, at) => slope * sizes[at % n]);
  const factors = qr(scaled, m, n);
  if (factors === null) return null;
  const { values, scaledLeft, right } = svd(triangle(factors), Math.min(m, n), n);
  const spread = lengths.map((length, j) => length * sizes[j]);
  // Rounding of the columns can turn a zero singular value into one as large as this.
  const noise = multiply(right.map(Math.abs), n, n, spread);
  const real = values.map((value, k) => (value > Math.max(m, n) * Number.EPSILON * noise[k] ? 1 : 0));
  const residuals = applyQTransposed(factors, r);
  return {
    least: leastChange(x, r, jacobian),
    curvatures: values.map((value) => 2 * value * value),
    slopes: slopesOf({ scaledLeft, real }, residuals),
    ...{ sizes, factors, residuals, scaledLeft, right, real },
  };
}

/** 2σₖ·uₖᵀr. */
const slopesOf = ({ scaledLeft, real }: Pick<Linearized, "scaledLeft" | "real">, r: Float64Array): Float64Array =>
  multiply(scaledLeft, real.length, r.length, r).map((along, k) => 2 * real[k] * along);

/** R·Pᵀ of A = QR·Pᵀ: QᵀA without its rows of zeros. */
function triangle({ m, n, factors, columns }: Qr): Float64Array {
  const rows = Math.min(m, n);
  const matrix = new Float64Array(rows * n);
  for (let i = 0; i < rows; i++) for (let j = i; j < n; j++) matrix[i * n + columns[j]] = factors[i * n + j];
  return matrix;
}

/** The first min(m, n) entries of Qᵀr: the rows of QᵀA that are not zero. */
function applyQTransposed(factors: Qr, r: Float64Array): Float64Array {
  const vector = r.slice();
  multiplyByQTransposed(factors, vector);
  return vector.slice(0, Math.min(factors.m, factors.n));
}

/** The norms of the columns, scaled so that their squares do not overflow. */
function columnNorms(a: Float64Array, m: number, n: number): Float64Array {
  const [most, sums] = [new Float64Array(n), new Float64Array(n)];
  for (let i = 0, at = 0; i < m; i++) for (let j = 0; j < n; j++) most[j] = Math.max(most[j], Math.abs(a[at++]));
  for (let i = 0, at = 0; i < m; i++) for (let j = 0; j < n; j++) sums[j] += (a[at++] / (most[j] || 1)) ** 2;
  return sums.map((sum, j) => most[j] * Math.sqrt(sum));
}

/**
 * For sums of squares, the first choice: the Gauss–Newton step, kept within a region in which the linear model can be
 * trusted. For a net, which only provides products with its Gauss–Newton matrix, conjugate gradients find the damped step,
 * and the damping follows Marquardt's rule instead of a region.
 */
export const levenbergMarquardt = solver(
  {
    name: "levenberg-marquardt",
    title: "Levenberg–Marquardt",
    formula: "d minimises ‖r + Jd‖ over ‖Dd‖ ≤ Δ; D holds 1/|xⱼ| with the largest |xⱼ| so far",
    symbols: "r are the residuals, J is their Jacobian, d the step and Δ the radius of the trust region",
    source: "Levenberg 1944; Marquardt 1963; Moré 1978, The Levenberg–Marquardt algorithm",
    notes: [
      "D is not Moré's, the column norms of J; only a parameter that starts at or near 0 is also measured by its column",
    ],
    settings: { radius: 0.1 },
    meanings: { radius: "Δ at the start" },
    allowed: { radius: positive },
  },
  ({ radius }) => {
    const exact = trustRegion({ needsOneOf: ["residuals"], tolerance: 0, radius, builder: linearizer });
    const byProducts = descent({ direction: naturalGradientDirection(), stepLength: armijo() });
    return either(
      ["residuals", "gaussNewtonProduct"],
      ({ objective }) => (objective.residuals === undefined ? byProducts : exact),
      { tolerance: exact.tolerance },
    );
  },
);
