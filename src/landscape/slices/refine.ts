import { checkNumber, domains } from "../../arguments/index.ts";
import { checkGrid, checkValues } from "./grid.ts";
import type { Grid, GridValues } from "./landscape.ts";

/** How much a point may differ from the straight line between its neighbours, as a fraction of the larger of the two. */
const USUAL_TOLERANCE = 0.05;

/**
 * A finer grid where the surface bends: for each point, and along each axis, the value is compared with that on the straight line between its
 * two neighbours. Where they differ by more than the tolerance, relative to the larger of the two, or where only some of the three are finite,
 * a column (or row) is put in halfway to each of these neighbours, over the whole grid. So the grid stays a rectangle of measured values,
 * unevenly spaced. The same grid, if it is fine enough everywhere. Throws a TypeError for anything but a grid and values on it, and a RangeError
 * unless there is a finite number or null for each of its points, and the tolerance is 0 or more.
 */
export function refined(grid: Grid, values: GridValues, tolerance = USUAL_TOLERANCE): Grid {
  checkGrid(grid);
  checkValues("the grid's values", grid, values);
  checkNumber("refined: tolerance", tolerance, domains.notNegative);
  const { x, y } = grid;
  const columns = values[0].map((_, j) => values.map((row) => row[j]));
  return { x: withHalves(x, values, tolerance), y: withHalves(y, columns, tolerance) };
}

/** Coordinates with those that are missing where a profile bends; each profile has a value for each coordinate. */
function withHalves(at: readonly number[], profiles: GridValues, tolerance: number): readonly number[] {
  const bends = at.map((_, i) => i > 0 && i < at.length - 1 && profiles.some((row) => bendsAt(at, row, i, tolerance)));
  return at.flatMap((value, i) => {
    if (i === at.length - 1 || !(bends[i] || bends[i + 1])) return [value];
    const half = (value + at[i + 1]) / 2;
    return half > value && half < at[i + 1] ? [value, half] : [value];
  });
}

function bendsAt(at: readonly number[], row: readonly (number | null)[], i: number, tolerance: number): boolean {
  const [before, value, after] = [row[i - 1], row[i], row[i + 1]];
  if (before === null || value === null || after === null) return [before, value, after].some((each) => each !== null);
  const share = (at[i] - at[i - 1]) / (at[i + 1] - at[i - 1]);
  const straight = (1 - share) * before + share * after;
  return Math.abs(value - straight) > tolerance * Math.max(Math.abs(value), Math.abs(straight));
}
