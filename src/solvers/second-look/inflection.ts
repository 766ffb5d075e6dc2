import { addScaled, dot, symmetricEigen } from "../../linalg/index.ts";
import { Random } from "../../random/index.ts";
import type { Computation } from "../run/computation.ts";
import type { Evaluator } from "../run/evaluator.ts";
import { moveAlong, type Point } from "../run/point.ts";
import type { CurvatureModel } from "./curvature-at.ts";

/** How far to go, in units of the variables' sizes: √10 times further each time. */
const LENGTHS = Array.from({ length: 15 }, (_, k) => 10 ** (k / 2 - 7));
/** The value must fall by this many times what slope and curvature could explain. */
const OWN = 3;
/** A curvature below this fraction of the largest may belong to an inflection. */
const FLAT = 1e-3;
/** The most flat directions to try one by one. */
const MOST_FLAT = 10;
/** Random mixtures of the flat directions, per direction. */
const BETWEEN = 4;

/**
 * Looks for a lower point where gradient and curvature are both 0 to rounding and the value falls by its third derivative, as for x³ at 0
 * and the monkey saddle. It goes both ways along each flat direction and along mixtures of them, ever further until the value rises. At a
 * minimum the value rises at once, so the search never leaves one.
 */
export function* offInflection(
  f: Evaluator,
  here: Point,
  curved: CurvatureModel,
  start: Float64Array,
  least: number,
): Computation<Float64Array | null> {
  for (const { d, bend } of flatWays(here.x, curved, start)) {
    for (const way of [d, d.map((change) => -change)]) {
      const lower = yield* firstLower(f, here, { d: way, bend }, least);
      if (lower !== null) return lower;
    }
  }
  return null;
}

/** A direction, and the absolute curvature along it. */
interface Way {
  readonly d: Float64Array;
  readonly bend: number;
}

/** The first point along d that is lower by `least`; null if the value rises by that much first. */
function* firstLower(
  f: Evaluator,
  { x, g, value }: Point,
  { d, bend }: Way,
  least: number,
): Computation<Float64Array | null> {
  const [there, gradient] = [x.slice(), x.slice()];
  const slope = Math.abs(dot(g, d));
  for (const length of LENGTHS) {
    moveAlong(there, x, length, d);
    const fall = value - (yield* f.value(there));
    if (!(fall >= -least)) return null;
    if (fall <= Math.max(least, OWN * length * (slope + (bend * length) / 2))) continue;
    return Number.isFinite(yield* f.gradient(there, gradient)) ? there : null;
  }
  return null;
}

/**
 * The flat eigenvectors of the Hessian and mixtures of them. The variables are scaled by their sizes here or at the start, whichever is
 * larger, since a variable on its way to 0 says nothing of its size.
 */
function flatWays(x: Float64Array, curved: CurvatureModel, start: Float64Array): Way[] {
  const n = x.length;
  const sizes = x.map((entry, j) => Math.max(Math.abs(entry), Math.abs(start[j])) || 1);
  const eigen = symmetricEigen(hessianIn(curved, sizes), n);
  if (eigen === null) return [];
  const most = Math.max(Math.abs(eigen.values[0]), Math.abs(eigen.values[n - 1]));
  const flat = [...eigen.values.keys()].filter((k) => n === 1 || Math.abs(eigen.values[k]) <= FLAT * most);
  const ways = flat.slice(0, MOST_FLAT).map((k) => ({
    d: eigen.vectors.subarray(k * n, (k + 1) * n),
    bend: Math.abs(eigen.values[k]),
  }));
  return [...ways, ...mixtures(ways)].map(({ d, bend }) => ({ d: d.map((change, j) => change * sizes[j]), bend }));
}

/** The Hessian in variables scaled by these sizes. */
function hessianIn({ curvatures, vectors, sizes: own }: CurvatureModel, sizes: Float64Array): Float64Array {
  const n = sizes.length;
  const h = new Float64Array(n * n);
  for (const [k, curvature] of curvatures.entries()) {
    const way = vectors.subarray(k * n, (k + 1) * n).map((change, j) => (change * sizes[j]) / own[j]);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) h[i * n + j] += curvature * way[i] * way[j];
  }
  return h;
}

/** Random mixtures: a value that falls by a product of variables, such as xyz, is flat along each of them. */
function mixtures(ways: readonly Way[]): Way[] {
  if (ways.length < 2) return [];
  const random = new Random(1, "between flat directions");
  return Array.from({ length: BETWEEN * ways.length }, () => {
    const parts = ways.map(() => random.normal());
    const d = new Float64Array(ways[0].d.length);
    for (const [k, way] of ways.entries()) addScaled(d, parts[k], way.d);
    return { d, bend: parts.reduce((sum, part, k) => sum + part * part * ways[k].bend, 0) };
  });
}
