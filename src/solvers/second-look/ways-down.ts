import { dot } from "../../linalg/index.ts";
import type { Computation } from "../run/computation.ts";
import type { Evaluator } from "../run/evaluator.ts";
import { ahead, largest, type Point, pointAt } from "../run/point.ts";
import type { Curved } from "./curvature-at.ts";

/** Newton's step, then its parts, the most promising first, and then those of single numbers. */
export function alongCurvature({ sizes, curvatures, slopes, vectors }: Curved, gains: Float64Array): Float64Array[] {
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

/** The part of the slope that may be left. */
const FLATTER = 0.1;

/** Where Newton's step leads, if the slope is much less there and the value the same to rounding, which slopes outlive near a minimum. */
export function* lessSteep(
  f: Evaluator,
  here: Point,
  curved: Curved,
  gains: Float64Array,
  least: number,
): Computation<Float64Array | null> {
  const [step] = alongCurvature(curved, gains);
  const there = pointAt(here.x.map((x, j) => x + step[j]));
  there.value = yield* f.gradient(there.x, there.g);
  const steepness = ({ g }: Point): number => largest(g.map((slope, j) => slope * curved.sizes[j]));
  return there.value <= here.value + least && steepness(there) <= FLATTER * steepness(here) ? there.x : null;
}

/** Each number by itself as far as its size, and all: along the slope as it is, and with numbers measured by their sizes. */
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

/** Variables up to which each is tried by itself. */
const MOST_SINGLE = 50;
/** Shortenings of one step by a quarter: down to its last digit. */
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
    // Shorter steps than this do not promise enough.
    const found = yield* shortening(f, here, d, least, (alpha) => -alpha * slope >= least);
    if (found !== null) return found;
  }
  return null;
}

/** A lower point along the most negative curvature, where that promises enough. */
export function* alongNegative(
  f: Evaluator,
  here: Point,
  { curvatures, vectors, sizes, unsure }: Curved,
  wanted: number,
): Computation<Float64Array | null> {
  if (!(curvatures[0] < -unsure)) return null;
  const d = sizes.map((size, j) => size * vectors[j]);
  return yield* leaving(f, here, d, curvatures[0], wanted);
}

/** A lower point along d, both ways of which the value falls with this curvature. */
export function* leaving(
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

/** x + αd for the first α of 1, ¼, … that lowers the value enough; longer where that leads lower still. */
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
    ahead(there, x, alpha, d);
    return f.value(there);
  };
  for (let tries = 0, alpha = 1; tries < MOST_TRIES && promising(alpha); tries++, alpha /= 4) {
    const reached = yield* at(alpha);
    if (!(reached <= value - Math.max(least, promise(alpha)))) continue;
    const shorter = yield* at(alpha / 4);
    if (!(shorter < reached)) ahead(there, x, alpha, d);
    // A value without a gradient is no place to go on from.
    return (yield* f.gradient(there, slope)) < Number.POSITIVE_INFINITY ? there : null;
  }
  return null;
}
