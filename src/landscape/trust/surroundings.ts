import type { GridSurface } from "./grid-surface.ts";

/** The loss at a distance from the centre, and within it; in the slice's coordinates. */
export interface Surroundings {
  readonly radius: number;
  /** On the circle, or at both ends on a line. */
  readonly mean: number;
  readonly lowest: number;
  readonly highest: number;
  /** The highest on the whole disc. */
  readonly highestWithin: number;
}

/** So many points of a circle. */
const ANGLES = 64;

/** The loss around (0, 0), bilinear between the grid's points; null if one of them is outside the window or not finite. */
export function surroundings(surface: GridSurface, radius: number): Surroundings | null {
  const around = circle(surface, radius).map(([x, y]) => surface.between(x, y));
  const within = surface.nodes
    .filter(({ i, j }) => Math.hypot(surface.x[j], surface.isLine ? 0 : surface.y[i]) <= radius)
    .map(({ i, j }) => surface.at(i, j));
  const highest = Math.max(...around);
  const highestWithin = within.reduce((most, loss) => Math.max(most, loss), highest);
  if (!Number.isFinite(highestWithin)) return null;
  const mean = around.reduce((sum, loss) => sum + loss, 0) / around.length;
  return { radius, mean, lowest: Math.min(...around), highest, highestWithin };
}

function circle({ isLine, y }: GridSurface, radius: number): (readonly [x: number, y: number])[] {
  if (isLine) return [-radius, radius].map((x) => [x, y[0]] as const);
  return Array.from({ length: ANGLES }, (_, k) => {
    const angle = (2 * Math.PI * k) / ANGLES;
    return [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
  });
}

/** Half the distance from the centre to the nearest border; 0 if it is outside the window. */
export function usualRadius({ x, y, isLine, holdsCentre }: GridSurface): number {
  if (!holdsCentre) return 0;
  const reach = (coordinates: readonly number[]): number =>
    Math.max(0, Math.min(-coordinates[0], coordinates[coordinates.length - 1]));
  return (isLine ? reach(x) : Math.min(reach(x), reach(y))) / 2;
}
