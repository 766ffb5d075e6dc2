/** A point x with the value and the gradient there. */
export interface Point {
  /** n values. */
  readonly x: Float64Array;
  /** ∇f(x), n values. */
  readonly g: Float64Array;
  /** f(x). */
  value: number;
}

/** A point that a search has reached, beginning with the start. */
export interface Iteration extends Readonly<Point> {
  /** Steps taken to get here: 0 at the start. */
  readonly index: number;
}

/** A point at x (a copy), whose value and gradient are not known yet. */
export const pointAt = (x: ArrayLike<number>): Point => ({
  x: Float64Array.from(x),
  g: new Float64Array(x.length),
  value: Number.NaN,
});

/** max |xᵢ|; NaN if an entry is NaN. */
export function largest(x: Float64Array): number {
  let most = 0;
  for (let i = 0; i < x.length; i++) most = Math.max(most, Math.abs(x[i]));
  return most;
}

/** to ← x + αd. */
export function moveAlong(to: Float64Array, x: Float64Array, alpha: number, d: Float64Array): void {
  for (let i = 0; i < x.length; i++) to[i] = x[i] + alpha * d[i];
}
