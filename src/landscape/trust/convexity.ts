import { type GridSurface, type Node, ROUNDING } from "./grid-surface.ts";

/** How much of a slice is not convex: shares of the area around the points whose second derivatives are known. */
export interface Convexity {
  /** Of the whole window; null if no point has neighbours on all sides. */
  readonly window: number | null;
  /** Of the points with a loss below the level; null if there are none. */
  readonly basin: number | null;
}

/**
 * The share of a slice that is not convex: around points where its Hessian, by differences between a point and its
 * neighbours, has a negative eigenvalue beyond what float32's rounding of the losses may do. The sign does not depend on
 * the directions' lengths or on the angle between them (Sylvester's law of inertia). Points at the border and beside points
 * without a finite loss are left out.
 */
export function convexity(surface: GridSurface, level: number): Convexity {
  const known = surface.nodes.flatMap((node) => {
    const smallest = smallestCurvature(surface, node);
    const isBelow = surface.at(node.i, node.j) < level;
    return smallest === null ? [] : [{ isConvex: smallest >= 0, isBelow, weight: surface.weight(node) }];
  });
  const size = (points: typeof known): number => points.reduce((sum, { weight }) => sum + weight, 0);
  const share = (points: typeof known): number | null =>
    points.length === 0 ? null : size(points.filter(({ isConvex }) => !isConvex)) / size(points);
  return { window: share(known), basin: share(known.filter(({ isBelow }) => isBelow)) };
}

/** The smallest eigenvalue of the Hessian in units of the grid's spacing, 0 if rounding may have made it; null if it is not known. */
function smallestCurvature({ x, y, at, isLine }: GridSurface, { i, j }: Node): number | null {
  if (j === 0 || j === x.length - 1 || (!isLine && (i === 0 || i === y.length - 1))) return null;
  const here = at(i, j);
  const alongX = second([x[j - 1], x[j], x[j + 1]], [at(i, j - 1), here, at(i, j + 1)]);
  const alongY = isLine ? 0 : second([y[i - 1], y[i], y[i + 1]], [at(i - 1, j), here, at(i + 1, j)]);
  const mixed = isLine ? 0 : (at(i + 1, j + 1) - at(i + 1, j - 1) - at(i - 1, j + 1) + at(i - 1, j - 1)) / 4;
  const middle = (alongX + alongY) / 2;
  const smallest = isLine ? alongX : middle - Math.hypot((alongX - alongY) / 2, mixed);
  if (!Number.isFinite(smallest)) return null;
  const rows = isLine ? [i] : [i - 1, i, i + 1];
  const size = Math.max(...rows.flatMap((row) => [j - 1, j, j + 1].map((column) => Math.abs(at(row, column)))));
  return smallest < -8 * ROUNDING * size ? smallest : Math.max(0, smallest);
}

/** The second derivative by three points, times the square of half their distance. */
function second([a, b, c]: readonly number[], [fa, fb, fc]: readonly number[]): number {
  const half = (c - a) / 2;
  return half * ((fc - fb) / (c - b) - (fb - fa) / (b - a));
}

/**
 * The number of strict local minima within a slice: points whose loss is below that of all their neighbours, eight in a plane
 * and two on a line, by more than float32's rounding. Points at the border are left out, as the slice may fall beyond it.
 */
export function strictMinima({ x, y, at, isLine, nodes }: GridSurface): number {
  return nodes.filter(({ i, j }) => {
    if (j === 0 || j === x.length - 1 || (!isLine && (i === 0 || i === y.length - 1))) return false;
    const here = at(i, j);
    const rows = isLine ? [i] : [i - 1, i, i + 1];
    const below = here + ROUNDING * Math.abs(here);
    return rows.every((row) =>
      [j - 1, j, j + 1].every((column) => (row === i && column === j) || at(row, column) > below),
    );
  }).length;
}
