import { checkMatrix, checkVector, isFiniteMatrix } from "./matrix.ts";

/** P·A·Pᵀ = L·D·Lᵀ of a symmetric matrix: L has ones on its diagonal, D has blocks of one or two rows on its own. */
export interface Ldl {
  readonly n: number;
  /** n×n; L strictly below the diagonal. The other entries have no meaning. */
  readonly lower: Float64Array;
  /** D's diagonal. */
  readonly diagonal: Float64Array;
  /** D(k+1, k): not 0 if rows k and k + 1 are a block. */
  readonly below: Float64Array;
  /** Row i of P·A is row `rows[i]` of A. */
  readonly rows: Int32Array;
}

/** How many eigenvalues are positive, negative and zero. */
export interface Inertia {
  readonly positive: number;
  readonly negative: number;
  readonly zero: number;
}

/** Bounds the growth of entries: (1 + √17)/8. */
const ALPHA = (1 + Math.sqrt(17)) / 8;

/**
 * Factors a symmetric n×n matrix, definite or not, of which it reads the lower triangle. `null` if it is not finite.
 * Bunch & Kaufman 1977, Some stable methods for calculating inertia and solving symmetric linear systems (partial
 * pivoting, algorithm A).
 */
export function ldl(matrix: Float64Array, n: number): Ldl | null {
  checkMatrix("ldl", matrix, n, n);
  const a = fullFromLower(matrix, n);
  const result = { n, lower: a, diagonal: new Float64Array(n), below: new Float64Array(n), rows: identityRows(n) };
  for (let k = 0; k < n; ) k += eliminateBlock(result, k);
  return isFiniteMatrix(result.diagonal) && isFiniteMatrix(a) ? result : null;
}

/** A copy with the lower triangle mirrored. */
export function fullFromLower(matrix: Float64Array, n: number): Float64Array {
  return matrix.map((x, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return j > i ? matrix[j * n + i] : x;
  });
}

export const identityRows = (n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => i);

/** Chooses a pivot of one or two rows for row k, eliminates with it and returns its number of rows. */
function eliminateBlock(factors: Ldl, k: number): 1 | 2 {
  const { n, lower: a } = factors;
  const r = largestOffDiagonal(a, n, k, k);
  const pivot = Math.abs(a[k * n + k]);
  const lambda = r === k ? 0 : Math.abs(a[r * n + k]);
  if (lambda === 0 || pivot >= ALPHA * lambda) return eliminateOne(factors, k);
  const sigma = Math.abs(a[r * n + largestOffDiagonal(a, n, r, k)]);
  if (pivot * sigma >= ALPHA * lambda * lambda) return eliminateOne(factors, k);
  if (Math.abs(a[r * n + r]) >= ALPHA * sigma) {
    exchange(factors, k, r);
    return eliminateOne(factors, k);
  }
  exchange(factors, k + 1, r);
  return eliminateTwo(factors, k);
}

/** The row i ≥ first, other than j, whose entry in column j is largest; j if all are 0. */
function largestOffDiagonal(a: Float64Array, n: number, j: number, first: number): number {
  let best = j;
  for (let i = first; i < n; i++)
    if (i !== j && Math.abs(a[i * n + j]) > (best === j ? 0 : Math.abs(a[best * n + j]))) best = i;
  return best;
}

/** Exchanges rows and columns i and k; of L, to the left of both, only the rows. */
export function exchange({ n, lower: a, rows }: Ldl, i: number, k: number): void {
  if (i === k) return;
  [rows[i], rows[k]] = [rows[k], rows[i]];
  for (let j = 0; j < n; j++) [a[i * n + j], a[k * n + j]] = [a[k * n + j], a[i * n + j]];
  for (let j = 0; j < n; j++) [a[j * n + i], a[j * n + k]] = [a[j * n + k], a[j * n + i]];
}

function eliminateOne({ n, lower: a, diagonal }: Ldl, k: number): 1 {
  const pivot = a[k * n + k];
  diagonal[k] = pivot;
  if (pivot === 0) return 1;
  for (let i = k + 1; i < n; i++) for (let j = k + 1; j < n; j++) a[i * n + j] -= (a[i * n + k] / pivot) * a[k * n + j];
  for (let i = k + 1; i < n; i++) a[i * n + k] /= pivot;
  return 1;
}

function eliminateTwo({ n, lower: a, diagonal, below }: Ldl, k: number): 2 {
  const [d1, d2, e] = [a[k * n + k], a[(k + 1) * n + k + 1], a[(k + 1) * n + k]];
  [diagonal[k], diagonal[k + 1], below[k]] = [d1, d2, e];
  const rowsOfL: (readonly [number, number])[] = [];
  for (let i = k + 2; i < n; i++) rowsOfL.push(solveTwo(d1, d2, e, a[i * n + k], a[i * n + k + 1]));
  for (const [at, [l1, l2]] of rowsOfL.entries())
    for (let j = k + 2; j < n; j++) a[(at + k + 2) * n + j] -= l1 * a[k * n + j] + l2 * a[(k + 1) * n + j];
  for (const [at, pair] of rowsOfL.entries()) a.set(pair, (at + k + 2) * n + k);
  a[(k + 1) * n + k] = 0;
  return 2;
}

/** The (x, y) with d₁x + ey = u, ex + d₂y = v. Everything is divided by e, the block's largest entry. */
function solveTwo(d1: number, d2: number, e: number, u: number, v: number): readonly [number, number] {
  const [p, q] = [d1 / e, d2 / e];
  const scale = 1 / (e * (p * q - 1));
  return [(q * u - v) * scale, (p * v - u) * scale];
}

/** The x with A·x = b; `null` if D is singular. */
export function ldlSolve({ n, lower, diagonal, below, rows }: Ldl, b: Float64Array): Float64Array | null {
  checkVector("ldlSolve", b, n);
  const y = Float64Array.from(rows, (row) => b[row]);
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) y[i] -= lower[i * n + j] * y[j];
  for (let k = 0; k < n; k++) {
    if (below[k] !== 0) {
      [y[k], y[k + 1]] = solveTwo(diagonal[k], diagonal[k + 1], below[k], y[k], y[k + 1]);
      k++;
    } else if (diagonal[k] === 0) return null;
    else y[k] /= diagonal[k];
  }
  for (let i = n - 1; i >= 0; i--) for (let j = i + 1; j < n; j++) y[i] -= lower[j * n + i] * y[j];
  const x = new Float64Array(n);
  for (let i = 0; i < n; i++) x[rows[i]] = y[i];
  return x;
}

/** The signs of the eigenvalues: those of D, by Sylvester's law. A block of two rows has one of each. */
export function inertia({ n, diagonal, below }: Ldl): Inertia {
  const signs = { positive: 0, negative: 0, zero: 0 };
  for (let k = 0; k < n; k++) {
    if (below[k] !== 0) {
      signs.positive++;
      signs.negative++;
      k++;
    } else if (diagonal[k] > 0) signs.positive++;
    else if (diagonal[k] < 0) signs.negative++;
    else signs.zero++;
  }
  return signs;
}
