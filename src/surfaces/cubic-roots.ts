/**
 * The three real roots of x³ + px + q, ascending, by Viète's cosines: xₖ = 2√(−p/3)·cos((θ − 2πk)/3) with
 * cos θ = (3q/2p)·√(−3/p). Throws a RangeError if there are fewer than three.
 */
export function cubicRoots(p: number, q: number): [number, number, number] {
  const cosine = ((1.5 * q) / p) * Math.sqrt(-3 / p);
  if (!(p < 0 && Math.abs(cosine) <= 1)) throw new RangeError(`x³ + ${p}x + ${q} has not three real roots`);
  const theta = Math.acos(cosine);
  const root = (k: number): number => 2 * Math.sqrt(-p / 3) * Math.cos((theta - 2 * Math.PI * k) / 3);
  return [polish(root(2), p, q), polish(root(1), p, q), polish(root(0), p, q)];
}

/** One Newton step removes the cosine's rounding error. */
const polish = (x: number, p: number, q: number): number => x - (x * (x * x + p) + q) / (3 * x * x + p);
