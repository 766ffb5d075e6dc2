import { exchange, fullFromLower, identityRows, type Ldl } from "./ldl.ts";
import { checkMatrix, isFiniteMatrix } from "./matrix.ts";

/** P·(A + E)·Pᵀ = L·D·Lᵀ with D positive: a positive definite matrix near A. */
export interface ModifiedCholesky {
  /** For `ldlSolve`. D has no blocks of two rows. */
  readonly factors: Ldl;
  /** E's diagonal, in A's order; all 0 if A is safely positive definite. */
  readonly added: Float64Array;
}

/**
 * The Cholesky factors of a symmetric n×n matrix, with just enough added to the diagonal that they exist and their entries
 * stay bounded: so Newton's direction goes downhill even at a saddle. It reads the lower triangle. `null` if an entry is not
 * finite.
 *
 *     dⱼ = max(|cⱼⱼ|, (θⱼ/β)², δ),   θⱼ = maxᵢ |cᵢⱼ|,   β² = max(γ, ξ/√(n² − 1), ε)
 *
 * with γ and ξ the largest entries on and off A's diagonal. Gill, Murray & Wright 1981, Practical optimization, section
 * 4.4.2.2; the largest remaining diagonal entry comes first.
 */
export function modifiedCholesky(matrix: Float64Array, n: number): ModifiedCholesky | null {
  checkMatrix("modifiedCholesky", matrix, n, n);
  if (!isFiniteMatrix(matrix)) return null;
  const c = fullFromLower(matrix, n);
  const factors = { n, lower: c, diagonal: new Float64Array(n), below: new Float64Array(n), rows: identityRows(n) };
  const { beta2, delta } = bounds(c, n);
  const shifts = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    exchange(factors, j, largestDiagonal(c, n, j));
    let theta = 0;
    for (let i = j + 1; i < n; i++) theta = Math.max(theta, Math.abs(c[i * n + j]));
    const d = Math.max(Math.abs(c[j * n + j]), theta ** 2 / beta2, delta);
    shifts[j] = d - c[j * n + j];
    factors.diagonal[j] = d;
    for (let i = j + 1; i < n; i++) for (let k = j + 1; k < n; k++) c[i * n + k] -= (c[i * n + j] / d) * c[j * n + k];
    for (let i = j + 1; i < n; i++) c[i * n + j] /= d;
  }
  const added = new Float64Array(n);
  for (let j = 0; j < n; j++) added[factors.rows[j]] = shifts[j];
  return { factors, added };
}

function bounds(a: Float64Array, n: number): { readonly beta2: number; readonly delta: number } {
  let [gamma, xi] = [0, 0];
  for (let i = 0; i < n; i++) {
    gamma = Math.max(gamma, Math.abs(a[i * n + i]));
    for (let j = 0; j < i; j++) xi = Math.max(xi, Math.abs(a[i * n + j]));
  }
  const beta2 = Math.max(gamma, xi / Math.sqrt(Math.max(1, n * n - 1)), Number.EPSILON);
  return { beta2, delta: Number.EPSILON * Math.max(gamma + xi, 1) };
}

function largestDiagonal(c: Float64Array, n: number, first: number): number {
  let best = first;
  for (let i = first; i < n; i++) if (Math.abs(c[i * n + i]) > Math.abs(c[best * n + best])) best = i;
  return best;
}
