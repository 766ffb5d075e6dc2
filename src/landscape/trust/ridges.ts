import type { GridSurface, Node } from "./grid-surface.ts";

/**
 * The height of the highest ridge on a straight way outward from the centre: the largest L(p) − max(L(centre), L(q)) for
 * points p, q of the grid on one ray from the centre, q beyond p. 0 if the loss does not rise before it falls, as in any convex
 * function, wherever its minimum is. A ray ends at the first point without a finite loss. It is null where the centre has no finite loss or is outside the window, and
 * where no ray has two points beyond the centre, so that a ridge could not be seen. Points between those of the grid are
 * not looked at, as interpolation makes ridges of its own in narrow valleys.
 */
export function ridge(surface: GridSurface): number | null {
  const { centre: start, holdsCentre } = surface;
  const ways = rays(surface);
  if (!holdsCentre || !Number.isFinite(surface.at(start.i, start.j)) || ways.every((ray) => ray.length < 3))
    return null;
  let height = 0;
  for (const ray of ways) {
    const [centre] = ray.map(({ i, j }) => surface.at(i, j));
    let highest = Number.NEGATIVE_INFINITY;
    for (const { i, j } of ray) {
      const loss = surface.at(i, j);
      if (!Number.isFinite(loss)) break;
      highest = Math.max(highest, loss);
      height = Math.max(height, highest - Math.max(centre, loss));
    }
  }
  return height;
}

/** On an even grid the most steps of a ray's direction along an axis: 32 rays. */
const STEPS = 3;

/** The grid's points on rays from the one nearest to the centre: along the axes, and on even grids in oblique directions as well. */
function rays({ x, y, centre }: GridSurface): Node[][] {
  const most = isEven(x) && isEven(y) ? STEPS : 1;
  const found: Node[][] = [];
  for (let up = -most; up <= most; up++)
    for (let right = -most; right <= most; right++) {
      if (gcd(Math.abs(up), Math.abs(right)) !== 1 || (most === 1 && up * right !== 0)) continue;
      const ray: Node[] = [];
      const isInside = (i: number, j: number): boolean => i >= 0 && i < y.length && j >= 0 && j < x.length;
      for (let { i, j } = centre; isInside(i, j); i += up, j += right) ray.push({ i, j });
      found.push(ray);
    }
  return found;
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

function isEven(coordinates: readonly number[]): boolean {
  const spacing = (coordinates[coordinates.length - 1] - coordinates[0]) / (coordinates.length - 1);
  return coordinates.every((value, k) => Math.abs(value - coordinates[0] - k * spacing) <= 1e-6 * spacing);
}

/**
 * The most by which the loss rises above the straight line between those at (0, 0) and (1, 0), along that way: of two
 * solutions, the barrier of Entezari et al. 2022, definition 1. `null` if the way is not within the window, a loss on it is
 * not finite, or no point of the grid is between the two.
 */
export function barrierBetween(surface: GridSurface): number | null {
  const [from, to] = [surface.between(0, 0), surface.between(1, 0)];
  const within = surface.x.filter((x) => x > 0 && x < 1);
  if (within.length === 0) return null;
  const barrier = within
    .map((x) => surface.between(x, 0) - ((1 - x) * from + x * to))
    .reduce((most, rise) => Math.max(most, rise), 0 * (from + to));
  return Number.isFinite(barrier) ? barrier : null;
}
