import { checkMatrix, checkVector } from "./matrix.ts";

/** P·A = L·U of a square matrix. */
export interface Lu {
  readonly n: number;
  /** U on and above the diagonal, L below it; L's diagonal is 1. */
  readonly factors: Float64Array;
  /** Row i of P·A is row `rows[i]` of A. */
  readonly rows: Int32Array;
  /** 1 or −1: the determinant of P. */
  readonly sign: number;
}

/**
 * Gaussian elimination with row exchanges; `null` if a column has no pivot because the matrix is singular or not finite.
 * Golub & Van Loan 2013, algorithm 3.4.1.
 */
export function lu(a: Float64Array, n: number): Lu | null {
  checkMatrix("lu", a, n, n);
  const factors = a.slice();
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  let sign = 1;
  for (let k = 0; k < n; k++) {
    const pivot = largestBelow(factors, n, k);
    const size = Math.abs(factors[pivot * n + k]);
    if (!(size > 0 && size < Number.POSITIVE_INFINITY)) return null;
    if (pivot !== k) {
      exchangeRows(factors, n, k, pivot);
      [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
      sign = -sign;
    }
    eliminate(factors, n, k);
  }
  return { n, factors, rows, sign };
}

/** The row, k or below, whose entry in column k is largest; NaN counts as largest. */
function largestBelow(a: Float64Array, n: number, k: number): number {
  let best = k;
  for (let i = k; i < n; i++) {
    const size = Math.abs(a[i * n + k]);
    if (Number.isNaN(size)) return i;
    if (size > Math.abs(a[best * n + k])) best = i;
  }
  return best;
}

function exchangeRows(a: Float64Array, n: number, i: number, k: number): void {
  for (let j = 0; j < n; j++) [a[i * n + j], a[k * n + j]] = [a[k * n + j], a[i * n + j]];
}

function eliminate(a: Float64Array, n: number, k: number): void {
  for (let i = k + 1; i < n; i++) {
    const factor = a[i * n + k] / a[k * n + k];
    a[i * n + k] = factor;
    for (let j = k + 1; j < n; j++) a[i * n + j] -= factor * a[k * n + j];
  }
}

/** The x with A·x = b. */
export function luSolve({ n, factors, rows }: Lu, b: Float64Array): Float64Array {
  checkVector("luSolve", b, n);
  const x = Float64Array.from(rows, (row) => b[row]);
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) x[i] -= factors[i * n + j] * x[j];
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) x[i] -= factors[i * n + j] * x[j];
    x[i] /= factors[i * n + i];
  }
  return x;
}

/** det A. */
export function determinant({ n, factors, sign }: Lu): number {
  let product = sign;
  for (let i = 0; i < n; i++) product *= factors[i * n + i];
  return product;
}
