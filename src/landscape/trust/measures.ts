import { checkNumber, checkOptions, domains, quoteValue } from "../../arguments/index.ts";
import { checkSliceData } from "../checks/slices.ts";
import type { LossSlice } from "../slices/landscape.ts";
import { basin } from "./basin.ts";
import { convexity, strictMinima } from "./convexity.ts";
import { gridSurface } from "./grid-surface.ts";
import { quadraticResidual } from "./quadratic-fit.ts";
import { barrierBetween, ridge } from "./ridges.ts";
import { surroundings, usualRadius } from "./surroundings.ts";

/** What is measured on a slice by itself. */
export interface MeasureOptions {
  /** The basin is where the loss is below this: for classification, that of guessing, ln of the number of classes. */
  readonly level: number;
  /** In the slice's coordinates. Default: half the distance from the centre to the nearest border. */
  readonly radius?: number;
}

/** Numbers that say what a slice looks like, as plain data that JSON holds; `null` where something cannot be measured. */
export interface SliceMeasures {
  /** The loss below which the basin lies. */
  readonly level: number;
  /** The share of the window in which the loss is below the level, from 0 to 1. */
  readonly basin: number;
  /** The basin's area in the plane's coordinates, or its length on a line. */
  readonly basinArea: number;
  /**
   * "between": the most by which the loss rises above the straight line between two solutions, along the way from the one at
   * (0, 0) to the one at (1, 0). "outward": the height of the highest ridge on a straight way
   * out from the centre, above the centre and above what lies beyond.
   */
  readonly barrier: number | null;
  readonly barrierAlong: "between" | "outward";
  /** The radius of the next four, in the slice's coordinates. */
  readonly radius: number;
  /** The worst relative rise within the radius, (max L − L₀)/(1 + L₀), for L₀ > −1: Keskar et al. 2017, On large-batch training, metric 2.1. */
  readonly sharpness: number | null;
  /** The mean loss at the radius, */
  readonly lossAtRadius: number | null;
  /** the lowest, */
  readonly lowestAtRadius: number | null;
  /** and the highest. */
  readonly highestAtRadius: number | null;
  /** The share of the window in which the slice is not convex, from 0 to 1, */
  readonly nonConvex: number | null;
  /** and that of the basin. */
  readonly nonConvexInBasin: number | null;
  /** The number of strict local minima; 1 is usual. */
  readonly minima: number;
  /** What a quadratic function leaves unexplained of the losses in the window, from 0 to 1. */
  readonly quadraticResidual: number | null;
  /**
   * The curvature at the centre along each axis, by the difference from the grid's points on both sides, for a unit of length in
   * parameter space. The Hessian's, dᵀHd/‖d‖², is that of infinitely short steps: of nets with ReLU it does not see the kinks
   * between these points. `null` where the centre is not between two points of its row or column.
   */
  readonly curvature: readonly (number | null)[];
  /** The share of the points whose loss is not finite. */
  readonly notFinite: number;
}

/**
 * Measures a slice's own shape, in the coordinates of its directions. Between the grid's points the loss is interpolated, so a finer
 * grid gives nearly the same numbers where the loss is smooth. Throws a RangeError for wrong options, for a radius that
 * reaches beyond the window, and for a slice whose rows do not fit its grid.
 */
export function measuresOf(slice: LossSlice, options: MeasureOptions): SliceMeasures {
  checkSliceData("measuresOf", slice);
  checkOptions("measuresOf", options, ["level", "radius"], "measuresOf(slice, { level: Math.log(10) })");
  const level = checkNumber("measuresOf: level", options.level, domains.finite);
  const surface = gridSurface(slice, slice.loss);
  const most = 2 * usualRadius(surface);
  const radius = options.radius === undefined ? most / 2 : checkRadius(options.radius, most);
  const { window, below } = basin(surface, level);
  const around = radius > 0 ? surroundings(surface, radius) : null;
  const centre = slice.centre.loss;
  const isBetween = slice.directions[0]?.kind === "between";
  const { window: nonConvex, basin: nonConvexInBasin } = convexity(surface, level);
  return {
    level,
    basin: below / window,
    basinArea: below,
    barrier: isBetween ? barrierBetween(surface) : ridge(surface),
    barrierAlong: isBetween ? "between" : "outward",
    radius,
    sharpness:
      around === null || !(centre !== null && centre > -1) ? null : (around.highestWithin - centre) / (1 + centre),
    lossAtRadius: around?.mean ?? null,
    lowestAtRadius: around?.lowest ?? null,
    highestAtRadius: around?.highest ?? null,
    nonConvex,
    nonConvexInBasin,
    minima: strictMinima(surface),
    quadraticResidual: quadraticResidual(surface),
    curvature: slice.directions.map(({ length }, axis) => curvatureAlong(slice, axis, length)),
    notFinite: slice.loss.flat().filter((loss) => loss === null).length / (slice.x.length * slice.y.length),
  };
}

/** The second difference at the centre along an axis, divided by the square of the direction's length. */
function curvatureAlong({ x, y, loss, centre }: LossSlice, axis: number, length: number): number | null {
  const [along, across] = axis === 0 ? [x, y] : [y, x];
  const row = across.indexOf(0);
  const right = along.findIndex((value) => value > 0);
  const left = along.findLastIndex((value) => value < 0);
  if (row < 0 || right < 0 || left < 0) return null;
  const at = (k: number): number | null => (axis === 0 ? loss[row][k] : loss[k][row]);
  const [before, here, after] = [at(left), centre.loss, at(right)];
  if (before === null || here === null || after === null) return null;
  const [a, b] = [-along[left], along[right]];
  return (2 * ((after - here) / b + (before - here) / a)) / (a + b) / length ** 2;
}

function checkRadius(radius: number, most: number): number {
  if (most === 0)
    throw new RangeError(
      `measuresOf: radius is ${quoteValue(radius)}, but the centre is not inside the window; leave it out`,
    );
  const words = `above 0 and at most ${most}, the distance from the centre to the nearest border`;
  return checkNumber("measuresOf: radius", radius, { allows: (given) => given > 0 && given <= most, words });
}
