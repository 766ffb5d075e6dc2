import { checkMatrix, isFiniteMatrix } from "./matrix.ts";

/** A = Σ λₖ vₖ vₖᵀ of a symmetric matrix. */
export interface SymmetricEigen {
  /** λ, ascending. */
  readonly values: Float64Array;
  /** n×n; row k is vₖ, of length 1: `vectors.subarray(k * n, (k + 1) * n)`. Its largest entry is positive. */
  readonly vectors: Float64Array;
}

/** The most sweeps. Six to ten are usual; convergence is quadratic. */
const MOST_SWEEPS = 60;

/**
 * All eigenvalues and eigenvectors of a symmetric n×n matrix by Jacobi's method: plane rotations, row by row, each
 * making one off-diagonal entry zero. Exact to the last digits also for small eigenvalues of well-scaled matrices, and
 * quick up to a few hundred rows. It works on the mean of A and Aᵀ. `null` if an entry is not finite.
 * Rutishauser 1966, The Jacobi method for real symmetric matrices; Golub & Van Loan 2013, section 8.5.
 */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen | null {
  checkMatrix("symmetricEigen", matrix, n, n);
  if (!isFiniteMatrix(matrix)) return null;
  const a = symmetricPart(matrix, n);
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  for (let sweep = 0; sweep < MOST_SWEEPS && !isDiagonal(a, n); sweep++)
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
  return sorted(a, v, n);
}

function symmetricPart(matrix: Float64Array, n: number): Float64Array {
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) a[i * n + j] = (matrix[i * n + j] + matrix[j * n + i]) / 2;
  return a;
}

function isDiagonal(a: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) if (a[i * n + j] !== 0) return false;
  return true;
}

/** A ← JᵀAJ with the rotation J in the plane (p, q) that makes A(p, q) zero; v ← Jᵀv accumulates the rotations. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q];
  if (apq === 0) return;
  const app = a[p * n + p];
  const aqq = a[q * n + q];
  // An entry too small to change either diagonal entry's last bit is zero.
  if (Math.abs(apq) < Number.EPSILON * 2 ** -4 * Math.min(Math.abs(app), Math.abs(aqq))) {
    a[p * n + q] = a[q * n + p] = 0;
    return;
  }
  const theta = (aqq - app) / (2 * apq);
  // The smaller root of t² + 2θt − 1 = 0: the rotation by at most 45°.
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (let k = 0; k < n; k++) turn(a, p * n + k, q * n + k, c, s);
  for (let k = 0; k < n; k++) turn(a, k * n + p, k * n + q, c, s);
  for (let k = 0; k < n; k++) turn(v, p * n + k, q * n + k, c, s);
  a[p * n + p] = app - t * apq;
  a[q * n + q] = aqq + t * apq;
  a[p * n + q] = a[q * n + p] = 0;
}

/** (x, y) ← (cx − sy, sx + cy). */
function turn(a: Float64Array, x: number, y: number, c: number, s: number): void {
  const ax = a[x];
  const ay = a[y];
  a[x] = c * ax - s * ay;
  a[y] = s * ax + c * ay;
}

function sorted(a: Float64Array, v: Float64Array, n: number): SymmetricEigen {
  const order: number[] = [];
  for (let i = 0; i < n; i++) order.push(i);
  order.sort((i, j) => a[i * n + i] - a[j * n + j]);
  const values = new Float64Array(n);
  const vectors = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    const row = order[k] * n;
    values[k] = a[row + order[k]];
    let largest = 0;
    for (let i = 0; i < n; i++) if (Math.abs(v[row + i]) > Math.abs(largest)) largest = v[row + i];
    for (let i = 0; i < n; i++) vectors[k * n + i] = largest < 0 ? -v[row + i] : v[row + i];
  }
  return { values, vectors };
}
