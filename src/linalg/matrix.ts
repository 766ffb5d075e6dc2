// Matrices are Float64Arrays, row by row: entry (i, j) of an m×n matrix is at index i·n + j.

/** Throws a RangeError unless an array holds an m×n matrix. */
export function checkMatrix(what: string, a: Float64Array, m: number, n: number): void {
  if (!Number.isSafeInteger(m) || !Number.isSafeInteger(n) || m < 0 || n < 0)
    throw new RangeError(`${what}: a matrix of ${m}×${n}; both must be whole numbers, 0 or more`);
  if (a.length !== m * n) throw new RangeError(`${what}: ${a.length} numbers were given for a ${m}×${n} matrix`);
}

/** Throws a RangeError unless a vector has the length that the matrix requires. */
export function checkVector(what: string, x: Float64Array, length: number): void {
  if (x.length !== length) throw new RangeError(`${what}: a vector of ${x.length} numbers where ${length} are needed`);
}

/** Whether all entries are finite. (A plain loop, since `every` costs more than factoring a small matrix.) */
export function isFiniteMatrix(a: Float64Array): boolean {
  for (let i = 0; i < a.length; i++) if (!Number.isFinite(a[i])) return false;
  return true;
}

/** A·x for an m×n matrix: m values. */
export function multiply(a: Float64Array, m: number, n: number, x: Float64Array): Float64Array {
  checkMatrix("multiply", a, m, n);
  checkVector("multiply", x, n);
  const y = new Float64Array(m);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) y[i] += a[i * n + j] * x[j];
  return y;
}

/** Aᵀ·x for an m×n matrix: n values. */
export function multiplyTransposed(a: Float64Array, m: number, n: number, x: Float64Array): Float64Array {
  checkMatrix("multiplyTransposed", a, m, n);
  checkVector("multiplyTransposed", x, m);
  const y = new Float64Array(n);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) y[j] += a[i * n + j] * x[i];
  return y;
}
