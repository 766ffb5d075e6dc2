import type { GridSurface } from "./grid-surface.ts";

/** The window's size, and that of the part where the loss is below a level: areas in a plane's coordinates, lengths on a line. */
export interface Basin {
  readonly window: number;
  readonly below: number;
}

/**
 * How much of a slice's window lies below a level. Between the grid's points the loss is taken as linear on the four triangles
 * that each cell's corners make with its middle, where it is the mean of the corners, as of a bilinear surface: so the
 * error falls as the square of the spacing, where counting points would err by as much as the spacing. A cell with a corner
 * whose loss is not finite counts as above.
 */
export function basin(surface: GridSurface, level: number): Basin {
  const { x, y, at } = surface;
  let [window, below] = [0, 0];
  const add = (size: number, share: number): void => {
    window += size;
    below += size * share;
  };
  for (let j = 0; j + 1 < x.length; j++) {
    if (surface.isLine) add(x[j + 1] - x[j], segmentBelow(at(0, j), at(0, j + 1), level));
    for (let i = 0; i + 1 < y.length; i++) {
      const corners = [at(i, j), at(i, j + 1), at(i + 1, j + 1), at(i + 1, j)];
      const middle = corners.reduce((sum, value) => sum + value / 4, 0);
      const quarter = ((x[j + 1] - x[j]) * (y[i + 1] - y[i])) / 4;
      for (const [k, corner] of corners.entries())
        add(quarter, triangleBelow(corner, corners[(k + 1) % 4], middle, level));
    }
  }
  return { window, below };
}

/** The share of a segment below a level, of a linear function with these values at its ends. */
function segmentBelow(a: number, b: number, level: number): number {
  const [low, high] = a < b ? [a, b] : [b, a];
  if (high < level) return 1;
  if (low >= level) return 0;
  return Number.isFinite(high) ? (level - low) / (high - low) : 0;
}

/** The share of a triangle below a level, of a linear function with these values at its corners. */
function triangleBelow(a: number, b: number, c: number, level: number): number {
  const [low, middle, high] = [a, b, c].sort((p, q) => p - q);
  if (high < level) return 1;
  if (low >= level || !Number.isFinite(high)) return 0;
  // The triangle at the lowest corner that is below, or what is left of the one at the highest.
  if (middle >= level) return ((level - low) / (middle - low)) * ((level - low) / (high - low));
  return 1 - ((high - level) / (high - low)) * ((high - level) / (high - middle));
}
