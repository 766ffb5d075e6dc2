import {
  checkChoice,
  checkFunction,
  checkNumber,
  checkOptions,
  domains,
  isOptions,
  quoteValue,
  whole,
} from "../../arguments/index.ts";
import type { Vector } from "../../expr/index.ts";
import { addScaled } from "../../linalg/index.ts";
import type { AsyncObjective } from "../../objective/index.ts";
import { type EigenOptions, extremeEigenvaluesAsync } from "../../solvers/index.ts";
import { checkAxes, checkObjective, checkPoint } from "../checks/objectives.ts";
import { checkFloat64 } from "../checks/vectors.ts";
import { checkPlaces, checkValues } from "../slices/grid.ts";
import type { Grid, GridValues, LossSlice } from "../slices/landscape.ts";
import { untilAborted } from "./products.ts";

/** The extreme eigenvalues at one point of a grid; null where a product of the Hessian is not finite. */
export interface Extremes {
  readonly largest: number | null;
  readonly smallest: number | null;
  /**
   * The larger residual ‖Hv − λv‖ of the two: an eigenvalue is that near to each, if by chance of the first vector not always the extreme one. Above
   * `accuracy` times the larger |λ| where the products did not suffice.
   */
  readonly error?: number | null;
}

/** A point of a grid: column j, row i. */
export interface GridPlace {
  readonly i: number;
  readonly j: number;
  readonly x: number;
  readonly y: number;
}

/** How a map of curvature is computed. */
export interface CurvatureMapOptions extends Pick<EigenOptions, "steps" | "seed" | "start" | "basis"> {
  /** An eigenvalue is found once ‖Hv − λv‖ is at most this fraction of the largest |λ|: so close is |λmin/λmax|, too. Default 0.01. */
  readonly accuracy?: number;
  /** What is known of a point, from an earlier call with the same options: it is not computed again. */
  readonly known?: (place: GridPlace) => Extremes | undefined;
  /** Hears of each point that has been computed, with the Hessian-vector products that it took. */
  readonly onPoint?: (place: GridPlace, found: Extremes, products: number) => void;
  /** Stops the computation. */
  readonly signal?: AbortSignal;
}

const names = ["accuracy", "steps", "seed", "start", "basis", "known", "onPoint", "signal"] as const;

/**
 * The largest and the smallest eigenvalue of the Hessian at w + x·d₁ + y·d₂ for each point of a grid (Li, Xu, Taylor, Studer
 * & Goldstein 2018, Visualizing the loss landscape of neural nets, section 6): where |λmin/λmax| is near 0, the slice's
 * convex look is not deceptive. Each point is computed by itself, from the same first vector, so that the result does not
 * depend on the order or on interruptions. The eigenvalues are those over all parameters; for the paper's, without biases and
 * normalisation, give `overParts(objective, w, weightParts(model))` and a point and directions in its variables.
 * Throws a RangeError for wrong options, for a point, directions or a grid of another shape or with numbers that are not finite; a TypeError for
 * arguments of another kind, and if the objective has no Hessian-vector products; and the signal's reason once it is aborted.
 *
 * @param directions one for a line, whose grid has one row, two for a plane; each as long as w
 */
export async function curvatureMap(
  objective: AsyncObjective,
  w: Vector,
  directions: readonly Vector[],
  grid: Grid,
  options: CurvatureMapOptions = {},
): Promise<NonNullable<LossSlice["curvature"]>> {
  checkMap(objective, w, directions, grid);
  checkMapOptions(options, objective.dimension);
  const { known, onPoint, signal, steps = 60, accuracy = 0.01, ...others } = options;
  const f = untilAborted(objective, signal);
  const [largest, smallest, error]: (number | null)[][][] = [[], [], []];
  for (const [i, y] of grid.y.entries()) {
    largest.push([]);
    smallest.push([]);
    error.push([]);
    for (const [j, x] of grid.x.entries()) {
      const place = { i, j, x, y };
      let found = known?.(place);
      if (found === undefined) {
        const { products, ...extremes } = await extremesAt(f, pointAt(w, directions, [x, y]), {
          steps,
          accuracy,
          ...others,
        });
        found = extremes;
        onPoint?.(place, found, products);
      }
      largest[i].push(found.largest);
      smallest[i].push(found.smallest);
      error[i].push(found.error ?? null);
    }
  }
  return { x: grid.x, y: grid.y, largest, smallest, error };
}

function checkMap(objective: AsyncObjective, w: Vector, directions: readonly Vector[], grid: Grid): void {
  checkObjective("curvatureMap", objective, ["hessianProduct"]);
  checkPoint(objective, w);
  checkAxes(objective, directions);
  checkPlaces(grid);
  if (directions.length === 1 && (grid.y.length !== 1 || grid.y[0] !== 0))
    throw new RangeError("curvatureMap: there is one direction, so the grid's y must be [0]; give two for a plane");
}

function checkMapOptions(options: CurvatureMapOptions, n: number): void {
  checkOptions("curvatureMap", options, names);
  const { steps, accuracy, seed, start, basis, known } = options;
  if (steps !== undefined) checkNumber("curvatureMap: steps", steps, whole(2));
  if (accuracy !== undefined) checkNumber("curvatureMap: accuracy", accuracy, domains.between);
  if (seed !== undefined) checkNumber("curvatureMap: seed", seed, domains.count);
  if (start !== undefined) checkFloat64("curvatureMap: start", start, n);
  if (basis !== undefined) checkChoice("curvatureMap: basis", basis, ["f64", "f32"]);
  if (known !== undefined) checkFunction("curvatureMap: known", known);
}

/** w + Σ coordinate·direction. */
function pointAt(w: Vector, directions: readonly Vector[], coordinates: readonly number[]): Float64Array {
  const point = Float64Array.from(w);
  for (const [k, direction] of directions.entries()) addScaled(point, coordinates[k], direction);
  return point;
}

async function extremesAt(
  objective: ReturnType<typeof untilAborted>,
  point: Float64Array,
  options: EigenOptions,
): Promise<Extremes & { readonly products: number }> {
  let isKnown = true;
  let products = 0;
  const watched = {
    ...objective,
    async hessianProduct(x: Float64Array, v: Float64Array, to: Float64Array): Promise<void> {
      products++;
      await objective.hessianProduct(x, v, to);
      isKnown = to.every(Number.isFinite);
    },
  };
  try {
    const { largest, smallest } = await extremeEigenvaluesAsync(watched, point, options);
    const error = Math.max(largest[0].residual, smallest[0].residual);
    return { largest: largest[0].value, smallest: smallest[0].value, error, products };
  } catch (error) {
    if (isKnown) throw error;
    return { largest: null, smallest: null, products };
  }
}

/**
 * |λmin/λmax| at each point of a map of curvature, null where it is unknown or λmax is 0. Throws a TypeError for anything but a map, and a RangeError
 * unless it has an eigenvalue or null for each of its points.
 */
export function curvatureRatio(map: NonNullable<LossSlice["curvature"]>): GridValues {
  if (!isOptions(map))
    throw new TypeError(`curvatureRatio: the map is ${quoteValue(map)}; give one, as curvatureMap computes it`);
  const { x, y, largest, smallest } = map;
  checkPlaces({ x, y });
  checkValues("the map's largest", { x, y }, largest);
  checkValues("the map's smallest", { x, y }, smallest);
  return largest.map((row, i) =>
    row.map((top, j) => {
      const bottom = smallest[i][j];
      return top === null || bottom === null || top === 0 ? null : Math.abs(bottom / top);
    }),
  );
}
