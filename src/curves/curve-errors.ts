import type { Residuals } from "../objective/index.ts";
import type { Walked } from "./bounds.ts";
import { inverseInformation } from "./covariance.ts";
import type { Task } from "./curve-task.ts";
import { rhos } from "./robust.ts";
import { studentQuantile } from "./student.ts";

/** How sure the parameters are. */
export interface CurveErrors {
  /** The fitted parameters that have a standard error, as indices of all fitted. */
  readonly sure: readonly number[];
  /** Their covariance, row by row. */
  readonly covariance: Float64Array;
  /** The variance of a response of weight 1: s², or 1 if σ is absolute. */
  readonly variance: number;
  /** The factor of a standard error that gives an interval: Student's t, or the normal distribution's if σ is absolute. */
  readonly t: number;
}

/**
 * The covariance s²(JᵀJ)⁻¹ with the rows of J times √w. For a robust loss they are also times √(ρ′ + 2ρ″z), so that 2JᵀJ is the Hessian of
 * the loss without the curvature of the curve, and s² is the loss over the degrees of freedom: as SciPy's `curve_fit` has it. null if there
 * are as many parameters as rows.
 */
export function errorsOf(
  { options, free, rows }: Task,
  { x, held, value }: Walked,
  curve: Residuals,
  residuals: Float64Array,
): CurveErrors | null {
  const { loss = "linear", scale = 1, level = 0.95, absoluteSigma = false } = options;
  const df = rows.count - free.length;
  if (df === 0 && !absoluteSigma) return null;
  const variance = absoluteSigma ? 1 : value / df;
  const [m, n] = [rows.count, free.length];
  const [values, all] = [new Float64Array(m), new Float64Array(m * n)];
  curve.residualsAndJacobian(x, values, all);
  const inside = [...free.keys()].filter((j) => !held.has(j));
  const k = inside.length;
  const jacobian = new Float64Array(m * k);
  for (let i = 0; i < m; i++) {
    const weight = rows.weights?.[i] ?? 1;
    const curvature = rhos[loss].curvature((weight * residuals[i] ** 2) / scale ** 2);
    const factor = Math.sqrt(weight * Math.max(curvature, Number.EPSILON));
    for (let c = 0; c < k; c++) jacobian[i * k + c] = factor * all[i * n + inside[c]];
  }
  const { matrix, undetermined } = inverseInformation(jacobian, m, k);
  const determined = [...inside.keys()].filter((c) => !undetermined.has(c));
  return {
    sure: determined.map((c) => inside[c]),
    covariance: Float64Array.from(determined.flatMap((a) => determined.map((b) => variance * matrix[a * k + b]))),
    variance,
    t: studentQuantile(level, absoluteSigma ? Number.POSITIVE_INFINITY : df),
  };
}
