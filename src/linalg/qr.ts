import { checkMatrix, checkVector, isFiniteMatrix } from "./matrix.ts";

/** A·P = Q·R of an m×n matrix. */
export interface Qr {
  readonly m: number;
  readonly n: number;
  /** m×n; R on and above the diagonal, below it the Householder vectors without their leading 1. */
  readonly factors: Float64Array;
  /** Scales of the reflections H = I − βvvᵀ; Q = H₀H₁… */
  readonly betas: Float64Array;
  /** Column j of A·P is column `columns[j]` of A. */
  readonly columns: Int32Array;
  /** The number of independent columns, to rounding. */
  readonly rank: number;
}

/**
 * Householder reflections, the longest remaining column first, so that R's diagonal falls and reveals the rank: entries
 * below max(m, n)·ε·|R(0,0)| count as 0. `null` if an entry is not finite.
 * Businger & Golub 1965, Linear least squares solutions by Householder transformations.
 */
export function qr(a: Float64Array, m: number, n: number): Qr | null {
  checkMatrix("qr", a, m, n);
  if (!isFiniteMatrix(a)) return null;
  const factors = a.slice();
  const steps = Math.min(m, n);
  const betas = new Float64Array(steps);
  const columns = Int32Array.from({ length: n }, (_, j) => j);
  for (let k = 0; k < steps; k++) {
    bringLongestColumn(factors, m, n, k, columns);
    betas[k] = reflectColumn(factors, m, n, k);
    for (let j = k + 1; j < n; j++) applyReflection(factors, m, n, k, betas[k], factors, n, j);
  }
  return { m, n, factors, betas, columns, rank: rankOf(factors, m, n) };
}

function bringLongestColumn(a: Float64Array, m: number, n: number, k: number, columns: Int32Array): void {
  let [best, longest] = [k, -1];
  for (let j = k; j < n; j++) {
    const length = columnNorm(a, m, n, j, k);
    if (length > longest) [best, longest] = [j, length];
  }
  if (best === k) return;
  [columns[k], columns[best]] = [columns[best], columns[k]];
  for (let i = 0; i < m; i++) [a[i * n + k], a[i * n + best]] = [a[i * n + best], a[i * n + k]];
}

/** The norm of column j from row `first` down. */
function columnNorm(a: Float64Array, m: number, n: number, j: number, first: number): number {
  let largest = 0;
  for (let i = first; i < m; i++) largest = Math.max(largest, Math.abs(a[i * n + j]));
  if (largest === 0) return 0;
  let sum = 0;
  for (let i = first; i < m; i++) sum += (a[i * n + j] / largest) ** 2;
  return largest * Math.sqrt(sum);
}

/** Reflects column k to zeros below the diagonal, stores the reflection's vector there and returns its β. */
function reflectColumn(a: Float64Array, m: number, n: number, k: number): number {
  const head = a[k * n + k];
  const length = columnNorm(a, m, n, k, k);
  if (length === 0) return 0;
  const result = head > 0 ? -length : length;
  const lead = head - result;
  for (let i = k + 1; i < m; i++) a[i * n + k] /= lead;
  a[k * n + k] = result;
  return -lead / result;
}

/** Reflects column j of a matrix b of `width` columns, in place: b ← b − βv(vᵀb). */
function applyReflection(
  factors: Float64Array,
  m: number,
  n: number,
  k: number,
  beta: number,
  b: Float64Array,
  width: number,
  j: number,
): void {
  let product = b[k * width + j];
  for (let i = k + 1; i < m; i++) product += factors[i * n + k] * b[i * width + j];
  product *= beta;
  b[k * width + j] -= product;
  for (let i = k + 1; i < m; i++) b[i * width + j] -= product * factors[i * n + k];
}

function rankOf(factors: Float64Array, m: number, n: number): number {
  const least = Math.max(m, n) * Number.EPSILON * Math.abs(factors[0] ?? 0);
  let rank = 0;
  while (rank < Math.min(m, n) && Math.abs(factors[rank * n + rank]) > least) rank++;
  return rank;
}

/** Qᵀ·b, in place. */
export function multiplyByQTransposed({ m, n, factors, betas }: Qr, b: Float64Array): void {
  checkVector("multiplyByQTransposed", b, m);
  for (let k = 0; k < betas.length; k++) applyReflection(factors, m, n, k, betas[k], b, 1, 0);
}

/** Q·b, in place. */
export function multiplyByQ({ m, n, factors, betas }: Qr, b: Float64Array): void {
  checkVector("multiplyByQ", b, m);
  for (let k = betas.length - 1; k >= 0; k--) applyReflection(factors, m, n, k, betas[k], b, 1, 0);
}

/** The x that minimizes ‖A·x − b‖₂. If columns depend on others, those past the rank get 0. */
export function qrSolve(factored: Qr, b: Float64Array): Float64Array {
  const { n, factors, columns, rank } = factored;
  const y = b.slice();
  multiplyByQTransposed(factored, y);
  for (let i = rank - 1; i >= 0; i--) {
    for (let j = i + 1; j < rank; j++) y[i] -= factors[i * n + j] * y[j];
    y[i] /= factors[i * n + i];
  }
  const x = new Float64Array(n);
  for (let k = 0; k < rank; k++) x[columns[k]] = y[k];
  return x;
}

/** The x that minimizes ‖A·x − b‖₂ for an m×n matrix; `null` if an entry is not finite. */
export function leastSquares(a: Float64Array, m: number, n: number, b: Float64Array): Float64Array | null {
  checkVector("leastSquares", b, m);
  const factored = isFiniteMatrix(b) ? qr(a, m, n) : null;
  return factored === null ? null : qrSolve(factored, b);
}
