import fc from "fast-check";

/** Numbers of ordinary size. */
export const number = fc.double({ min: -10, max: 10, noNaN: true }).map((x) => Math.round(x * 64) / 64);

export const vector = (length: number) =>
  fc.array(number, { minLength: length, maxLength: length }).map((x) => Float64Array.from(x));

/** Row-major m×n matrices. */
export const matrix = (m: number, n: number) => vector(m * n);

export const squareOf = <T>(build: (n: number) => fc.Arbitrary<T>) =>
  fc.integer({ min: 1, max: 7 }).chain((n) => build(n).map((value) => ({ n, value })));

/** Symmetric n×n matrices, definite or not. */
export const symmetric = (n: number) =>
  matrix(n, n).map((a) => {
    const t = transposed(a, n, n);
    return a.map((x, at) => (x + t[at]) / 2);
  });

export const identity = (n: number): Float64Array =>
  Float64Array.from({ length: n * n }, (_, at) => (at % n === Math.floor(at / n) ? 1 : 0));

export const transposed = (a: Float64Array, m: number, n: number): Float64Array =>
  Float64Array.from({ length: m * n }, (_, at) => a[(at % m) * n + Math.floor(at / m)]);

/** A·B of square matrices. */
export function product(a: Float64Array, b: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = 0;
    for (let k = 0; k < n; k++) sum += a[i * n + k] * b[k * n + j];
    return sum;
  });
}

/** The largest difference. */
export const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((worst, x, i) => Math.max(worst, Math.abs(x - b[i])), a.length === b.length ? 0 : Infinity);

export const largest = (a: ArrayLike<number>): number => distance(a, new Float64Array(a.length));

/** Hilbert's matrix 1/(i + j + 1): symmetric, positive definite, and notoriously near to singular. */
export const hilbert = (n: number): Float64Array =>
  Float64Array.from({ length: n * n }, (_, at) => 1 / (Math.floor(at / n) + (at % n) + 1));
