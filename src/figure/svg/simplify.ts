import type { Spot } from "./place.ts";

/** Pixels that a simplified line may be off: less than can be seen. */
const TOLERANCE = 0.15;

/** Leaves out the points of a line that lie on it anyway (Ramer 1972; Douglas and Peucker 1973). */
export function simplify(line: readonly Spot[]): Spot[] {
  const keep = new Set<number>([0, line.length - 1]);
  const pending: (readonly [number, number])[] = [[0, line.length - 1]];
  for (let stretch = pending.pop(); stretch; stretch = pending.pop()) {
    const [first, last] = stretch;
    const far = farthest(line, first, last);
    if (far === undefined) continue;
    keep.add(far);
    pending.push([first, far], [far, last]);
  }
  return line.filter((_, i) => keep.has(i));
}

/** The point between two others that is farthest from their chord, if it cannot be left out. */
function farthest(line: readonly Spot[], first: number, last: number): number | undefined {
  let [far, most] = [-1, TOLERANCE];
  for (let i = first + 1; i < last; i++) {
    const d = distance(line[i], line[first], line[last]);
    if (d > most) [far, most] = [i, d];
  }
  return far < 0 ? undefined : far;
}

/** From p to the segment ab. */
function distance(p: Spot, a: Spot, b: Spot): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const along = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy || 1);
  const share = Math.max(0, Math.min(1, along));
  return Math.hypot(p[0] - a[0] - share * dx, p[1] - a[1] - share * dy);
}
