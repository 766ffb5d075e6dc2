import type { Residuals } from "../objective/index.ts";
import type { CurveErrors } from "./curve-errors.ts";
import type { CurveInterval, CurvePrediction } from "./curve-fit.ts";

/**
 * The curve's values with its confidence band, f ± t·√(gᵀVg) with the gradient g by the parameters and their covariance V, and the
 * prediction band f ± t·√(gᵀVg + s²/w).
 */
export function predictions(
  model: Residuals,
  x: Float64Array,
  errors: CurveErrors | null,
  weights: Float64Array | number | undefined,
): CurvePrediction[] {
  const [m, n] = [model.count, model.dimension];
  const [values, jacobian] = [new Float64Array(m), new Float64Array(m * n)];
  model.residualsAndJacobian(x, values, jacobian);
  return Array.from(values, (value, i) => {
    if (errors === null) return { value, confidence: null, prediction: null };
    const { variance, t } = errors;
    const ofCurve = quadratic(errors, jacobian.subarray(i * n, (i + 1) * n));
    const weight = typeof weights === "number" ? weights : weights?.[i];
    return {
      value,
      confidence: around(value, t * Math.sqrt(ofCurve)),
      prediction: weight === undefined ? null : around(value, t * Math.sqrt(ofCurve + variance / weight)),
    };
  });
}

function around(value: number, by: number): CurveInterval | null {
  return Number.isFinite(by) && Number.isFinite(value) ? [value - by, value + by] : null;
}

/** gᵀVg, at least 0. */
function quadratic({ sure, covariance }: CurveErrors, gradient: Float64Array): number {
  const k = sure.length;
  let sum = 0;
  for (let i = 0; i < k; i++)
    for (let j = 0; j < k; j++) sum += gradient[sure[i]] * covariance[i * k + j] * gradient[sure[j]];
  return Math.max(0, sum);
}
