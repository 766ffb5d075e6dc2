import { addScaled, dot, symmetricEigen } from "../../linalg/index.ts";
import { Random } from "../../random/index.ts";
import type { Computation } from "../run/computation.ts";
import type { Evaluator } from "../run/evaluator.ts";
import { ahead, type Point } from "../run/point.ts";
import type { Curved } from "./curvature-at.ts";

/** How far is gone, in units of the numbers' sizes: a factor of √10 more each time. */
const LENGTHS = Array.from({ length: 15 }, (_, k) => 10 ** (k / 2 - 7));
/** The value has to fall by so many times what slope and curvature could do, or these are what it falls by. */
const OWN = 3;
/** A curvature of less than this part of the largest may be what an inflection leaves of a slope. */
const FLAT = 1e-3;
/** Flat directions that are gone along by themselves, at most. */
const MOST_FLAT = 10;
/** Ways between the flat directions, for each of them. */
const BETWEEN = 4;

/**
 * A lower point where slope and curvature are both 0 to rounding and the value falls by its third derivative, as x³ does at 0 and the
 * monkey saddle: both ways along each flat direction, and along some between them, further and further until the value rises. So a
 * minimum, about which it does so at once, is never left.
 */
export function* offInflection(
  f: Evaluator,
  here: Point,
  curved: Curved,
  start: Float64Array,
  least: number,
): Computation<Float64Array | null> {
  for (const { d, bend } of flatWays(here.x, curved, start)) {
    for (const way of [d, d.map((change) => -change)]) {
      const lower = yield* falling(f, here, { d: way, bend }, least);
      if (lower !== null) return lower;
    }
  }
  return null;
}

/** A way to go, and the curvature along it, without sign. */
interface Way {
  readonly d: Float64Array;
  readonly bend: number;
}

/** The first point along d that is lower by `least`, or null where the value rises by that before. */
function* falling(
  f: Evaluator,
  { x, g, value }: Point,
  { d, bend }: Way,
  least: number,
): Computation<Float64Array | null> {
  const [there, gradient] = [x.slice(), x.slice()];
  const slope = Math.abs(dot(g, d));
  for (const length of LENGTHS) {
    ahead(there, x, length, d);
    const fall = value - (yield* f.value(there));
    if (!(fall >= -least)) return null;
    if (fall <= Math.max(least, OWN * length * (slope + (bend * length) / 2))) continue;
    return Number.isFinite(yield* f.gradient(there, gradient)) ? there : null;
  }
  return null;
}

/**
 * The flat eigenvectors of the Hessian and mixtures of them. Numbers are measured by their sizes here or at the start, whichever is
 * larger, as one that is on its way to 0 is no measure.
 */
function flatWays(x: Float64Array, curved: Curved, start: Float64Array): Way[] {
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
  return [...ways, ...between(ways)].map(({ d, bend }) => ({ d: d.map((change, j) => change * sizes[j]), bend }));
}

/** The Hessian, by numbers that are measured by these sizes. */
function hessianIn({ curvatures, vectors, sizes: own }: Curved, sizes: Float64Array): Float64Array {
  const n = sizes.length;
  const h = new Float64Array(n * n);
  for (const [k, curvature] of curvatures.entries()) {
    const way = vectors.subarray(k * n, (k + 1) * n).map((change, j) => (change * sizes[j]) / own[j]);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) h[i * n + j] += curvature * way[i] * way[j];
  }
  return h;
}

/** Random mixtures: where the value falls by a product of numbers, as xyz does, it is level along each of them. */
function between(ways: readonly Way[]): Way[] {
  if (ways.length < 2) return [];
  const random = new Random(1, "between flat directions");
  return Array.from({ length: BETWEEN * ways.length }, () => {
    const parts = ways.map(() => random.normal());
    const d = new Float64Array(ways[0].d.length);
    for (const [k, way] of ways.entries()) addScaled(d, parts[k], way.d);
    return { d, bend: parts.reduce((sum, part, k) => sum + part * part * ways[k].bend, 0) };
  });
}
