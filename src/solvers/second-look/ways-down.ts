import { dot } from "../../linalg/index.ts";
import type { Computation } from "../run/computation.ts";
import type { Evaluator } from "../run/evaluator.ts";
import { largest, moveAlong, type Point, pointAt } from "../run/point.ts";
import type { CurvatureModel } from "./curvature-at.ts";

/** Newton's step, then its parts along each eigenvector, the most promising first. */
export function alongCurvature(
  { sizes, curvatures, slopes, vectors }: CurvatureModel,
  gains: Float64Array,
): Float64Array[] {
  const n = sizes.length;
  const order = [...slopes.keys()].filter((k) => gains[k] > 0);
  order.sort((a, b) => gains[b] - gains[a]);
  const parts = order.map((k) => {
    const z = -slopes[k] / Math.max(Math.abs(curvatures[k]), Math.abs(slopes[k]));
    return sizes.map((size, j) => z * size * vectors[k * n + j]);
  });
  const whole = sizes.map((_, j) => parts.reduce((sum, part) => sum + part[j], 0));
  return [whole, ...parts];
}

/** The fraction of the gradient that may remain. */
const FLATTER = 0.1;

/** The end of Newton's step, if the gradient is much smaller there and the value the same to rounding: near a minimum, gradients stay accurate longer than values. */
export function* flatterPoint(
  f: Evaluator,
  here: Point,
  curved: CurvatureModel,
  gains: Float64Array,
  least: number,
): Computation<Float64Array | null> {
  const [step] = alongCurvature(curved, gains);
  const there = pointAt(here.x.map((x, j) => x + step[j]));
  there.value = yield* f.gradient(there.x, there.g);
  const steepness = ({ g }: Point): number => largest(g.map((slope, j) => slope * curved.sizes[j]));
  return there.value <= here.value + least && steepness(there) <= FLATTER * steepness(here) ? there.x : null;
}

/** Steps of each variable alone by its size, then of all: along the gradient, and along the gradient scaled by the variables' sizes. */
export function alongSlope({ x, g }: Point): Float64Array[] {
  const size = (j: number): number => Math.abs(x[j]) || 1;
  const far = (d: Float64Array): Float64Array => {
    const most = d.reduce((longest, change, j) => Math.max(longest, Math.abs(change) / size(j)), 0);
    return d.map((change) => change / most);
  };
  const single =
    x.length > MOST_SINGLE ? [] : [...x.keys()].map((j) => x.map((_, i) => (i === j ? -Math.sign(g[j]) * size(j) : 0)));
  return [...single, far(g.map((slope) => -slope)), far(g.map((slope, j) => -slope * size(j) ** 2))];
}

/** The most variables that are tried one by one. */
const MOST_SINGLE = 50;
/** The most times to shorten a step to a quarter: down to the last digit. */
const MOST_TRIES = 27;

/** The first point along one of these directions that is lower by `least`. */
export function* downhill(
  f: Evaluator,
  here: Point,
  directions: readonly Float64Array[],
  least: number,
): Computation<Float64Array | null> {
  for (const d of directions) {
    const slope = dot(here.g, d);
    if (!(slope < 0 && d.every(Number.isFinite))) continue;
    // Shorter steps promise too little.
    const found = yield* shortening(f, here, d, least, (alpha) => -alpha * slope >= least);
    if (found !== null) return found;
  }
  return null;
}

/** A lower point along the most negative curvature, if that promises enough. */
export function* alongNegative(
  f: Evaluator,
  here: Point,
  { curvatures, vectors, sizes, unsure }: CurvatureModel,
  wanted: number,
): Computation<Float64Array | null> {
  if (!(curvatures[0] < -unsure)) return null;
  const d = sizes.map((size, j) => size * vectors[j]);
  return yield* leaveSaddle(f, here, d, curvatures[0], wanted);
}

/** A lower point along d or −d, both of which curve downwards with this curvature. */
export function* leaveSaddle(
  f: Evaluator,
  here: Point,
  d: Float64Array,
  curvature: number,
  wanted: number,
): Computation<Float64Array | null> {
  const down = dot(here.g, d) > 0 ? d.map((change) => -change) : d;
  const promise = (alpha: number): number => -0.05 * curvature * alpha * alpha;
  return yield* shortening(f, here, down, wanted, (alpha) => promise(alpha) >= wanted, promise);
}

/** x + αd for the first α of 1, ¼, … that lowers the value enough; a quarter of that if it is lower still. */
function* shortening(
  f: Evaluator,
  { x, value }: Point,
  d: Float64Array,
  least: number,
  promising: (alpha: number) => boolean,
  promise: (alpha: number) => number = () => 0,
): Computation<Float64Array | null> {
  const [there, slope] = [x.slice(), x.slice()];
  const at = (alpha: number): Computation<number> => {
    moveAlong(there, x, alpha, d);
    return f.value(there);
  };
  for (let tries = 0, alpha = 1; tries < MOST_TRIES && promising(alpha); tries++, alpha /= 4) {
    const reached = yield* at(alpha);
    if (!(reached <= value - Math.max(least, promise(alpha)))) continue;
    const shorter = yield* at(alpha / 4);
    if (!(shorter < reached)) moveAlong(there, x, alpha, d);
    // A search cannot continue from a point whose gradient is not finite.
    return (yield* f.gradient(there, slope)) < Number.POSITIVE_INFINITY ? there : null;
  }
  return null;
}
