import { norm, qr, svd } from "../linalg/index.ts";

/** (JᵀJ)⁻¹ of an m×n Jacobian, n×n row by row, and the parameters that J does not determine. */
export interface InverseInformation {
  readonly matrix: Float64Array;
  /** Their rows and columns are NaN. */
  readonly undetermined: ReadonlySet<number>;
}

/** The part of a direction without influence on the fit from which on a parameter counts as undetermined. */
const PART = 1e-8;

/**
 * (JᵀJ)⁻¹ from the singular values of J with columns of length 1, never from JᵀJ, which would square the condition number. Where a
 * combination of parameters has no influence on the fit, to rounding, these parameters are undetermined.
 */
export function inverseInformation(jacobian: Float64Array, m: number, n: number): InverseInformation {
  const lengths = Float64Array.from({ length: n }, (_, j) =>
    norm(Float64Array.from({ length: m }, (_, i) => jacobian[i * n + j])),
  );
  const scaled = jacobian.map((each, at) => (lengths[at % n] === 0 ? 0 : each / lengths[at % n]));
  const factors = qr(scaled, m, n);
  if (factors === null)
    return { matrix: new Float64Array(n * n).fill(Number.NaN), undetermined: new Set(lengths.keys()) };
  const triangle = new Float64Array(n * n);
  for (let i = 0; i < Math.min(m, n); i++)
    for (let j = i; j < n; j++) triangle[i * n + factors.columns[j]] = factors.factors[i * n + j];
  const { values, right } = svd(triangle, n, n);
  const least = Math.max(m, n) * Number.EPSILON * values.reduce((most, value) => Math.max(most, value), 0);
  const undetermined = new Set<number>();
  const matrix = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    const v = right.subarray(k * n, (k + 1) * n);
    if (!(values[k] > least)) for (let j = 0; j < n; j++) if (Math.abs(v[j]) > PART) undetermined.add(j);
    if (!(values[k] > least)) continue;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        matrix[i * n + j] += ((v[i] / values[k]) * (v[j] / values[k])) / (lengths[i] * lengths[j]);
  }
  for (const j of undetermined) for (let i = 0; i < n; i++) matrix[i * n + j] = matrix[j * n + i] = Number.NaN;
  return { matrix, undetermined };
}
