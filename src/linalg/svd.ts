/** A = Σ σₖ uₖ vₖᵀ. */
export interface Svd {
  /** σ, unsorted. */
  readonly values: Float64Array;
  /** n×m; row k is σₖuₖ. */
  readonly scaledLeft: Float64Array;
  /** n×n; row k is vₖ. */
  readonly right: Float64Array;
}

const MOST_SWEEPS = 60;

/**
 * The singular values and vectors of an m×n matrix, by rotating pairs of columns until all are orthogonal. Small singular
 * values are accurate to the last digits if the columns are well scaled. For n up to a few hundred.
 * Hestenes 1958, Inversion of matrices by biorthogonalization; Demmel & Veselić 1992.
 */
export function svd(a: Float64Array, m: number, n: number): Svd {
  const u = transposed(a, m, n);
  const v = new Float64Array(n * n);
  for (let j = 0; j < n; j++) v[j * n + j] = 1;
  for (let sweep = 0, turned = true; turned && sweep < MOST_SWEEPS; sweep++) {
    turned = false;
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) turned = orthogonalize(u, m, v, n, p, q) || turned;
  }
  const values = Float64Array.from({ length: n }, (_, k) => Math.sqrt(square(u, m, k)));
  return { values, scaledLeft: u, right: v };
}

function transposed(a: Float64Array, m: number, n: number): Float64Array {
  const t = new Float64Array(n * m);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) t[j * m + i] = a[i * n + j];
  return t;
}

/** Rotates rows p and q of u, and of v, so that those of u are orthogonal; false if they already were. */
function orthogonalize(u: Float64Array, m: number, v: Float64Array, n: number, p: number, q: number): boolean {
  const [pp, qq, pq] = [square(u, m, p), square(u, m, q), product(u, m, p, q)];
  if (Math.abs(pq) <= Number.EPSILON * Math.sqrt(pp * qq)) return false;
  const theta = (qq - pp) / (2 * pq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  turn(u, m, p, q, c, c * t);
  turn(v, n, p, q, c, c * t);
  return true;
}

const square = (u: Float64Array, m: number, p: number): number => product(u, m, p, p);

function product(u: Float64Array, m: number, p: number, q: number): number {
  let sum = 0;
  for (let i = 0; i < m; i++) sum += u[p * m + i] * u[q * m + i];
  return sum;
}

/** (row p, row q) ← (c·p − s·q, s·p + c·q). */
function turn(u: Float64Array, m: number, p: number, q: number, c: number, s: number): void {
  for (let i = 0; i < m; i++) {
    const [x, y] = [u[p * m + i], u[q * m + i]];
    u[p * m + i] = c * x - s * y;
    u[q * m + i] = s * x + c * y;
  }
}
