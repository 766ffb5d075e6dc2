import { checkMatrix, checkVector, isFiniteMatrix } from "./matrix.ts";

/**
 * The lower triangle L with A = L·Lᵀ of a symmetric positive definite n×n matrix, of which it reads the lower triangle;
 * `null` if the matrix is not positive definite (to rounding) or not finite.
 * Golub & Van Loan 2013, Matrix computations, algorithm 4.2.1.
 */
export function cholesky(a: Float64Array, n: number): Float64Array | null {
  checkMatrix("cholesky", a, n, n);
  const l = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    const pivot = a[j * n + j] - rowProduct(l, n, j, j);
    if (!(pivot > 0 && pivot < Number.POSITIVE_INFINITY)) return null;
    l[j * n + j] = Math.sqrt(pivot);
    for (let i = j + 1; i < n; i++) l[i * n + j] = (a[i * n + j] - rowProduct(l, n, i, j)) / l[j * n + j];
  }
  return isFiniteMatrix(l) ? l : null;
}

/** Σ L(i,k)·L(j,k) over the columns before j. */
function rowProduct(l: Float64Array, n: number, i: number, j: number): number {
  let sum = 0;
  for (let k = 0; k < j; k++) sum += l[i * n + k] * l[j * n + k];
  return sum;
}

/** The x with L·Lᵀ·x = b. */
export function choleskySolve(l: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  checkMatrix("choleskySolve", l, n, n);
  checkVector("choleskySolve", b, n);
  const x = b.slice();
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= l[i * n + k] * x[k];
    x[i] /= l[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= l[k * n + i] * x[k];
    x[i] /= l[i * n + i];
  }
  return x;
}
