import { dot } from "../../linalg/index.ts";
import type { Computation } from "../run/computation.ts";
import type { Evaluator } from "../run/evaluator.ts";
import { type Point, pointAt } from "../run/point.ts";
import { type CurvatureModel, curvatureAt } from "./curvature-at.ts";

/** How far along a flat ridge to look, in units of the variables' sizes; besides these, at the point nearest to 0. */
const BESIDE = [0.5, -0.5];
/** Relative changes of single variables that may lead across a nearby pole or hill. */
const OVER = [-1e-2, -1e-3, 1e-3, 1e-2];
/** Factors on a variable at which a function on a plateau may depend on it again. */
const ORDERS = Array.from({ length: 16 }, (_, k) => 4 ** (k % 2 === 0 ? 1 + k / 2 : -(k + 1) / 2));
/** A variable has no influence if changing it by its size changes the value by less than this fraction. */
const NO_INFLUENCE = 1e-8;
/** The most variables that are tried one by one. */
const MOST_TRIED = 10;
/** A direction is flat if moving the variables by their sizes changes the value by less than this fraction. */
const LEVEL = 1e-3;
/** The most flat directions to follow: each takes a Hessian or two. */
const MOST_LEVEL = 5;

/** Finds a lower point along negative curvature. */
type FindBelow = (f: Evaluator, at: Point, curved: CurvatureModel, wanted: number) => Computation<Float64Array | null>;

/**
 * Looks for a lower point that gradient and curvature do not reveal: a short way off, beyond a pole, as fractions have them beside false
 * minima; at another order of magnitude of a variable that has lost its influence, as on the plateau of an exponential that has decayed;
 * or further along a flat ridge, such as two equal terms of a sum create, where the curvature turns negative.
 */
export function* lowerElsewhere(
  f: Evaluator,
  here: Point,
  curved: CurvatureModel,
  wanted: number,
  below: FindBelow,
): Computation<Float64Array | null> {
  return (
    (yield* offPlateaus(f, here, curved, wanted)) ??
    (yield* overHills(f, here, wanted)) ??
    (yield* alongRidges(f, here, curved, wanted, below))
  );
}

function* offPlateaus(
  f: Evaluator,
  here: Point,
  curved: CurvatureModel,
  wanted: number,
): Computation<Float64Array | null> {
  const there = pointAt(here.x);
  for (const j of withoutInfluence(here, curved)) {
    for (const factor of ORDERS) {
      there.x[j] = here.x[j] * factor;
      const lower = (yield* f.value(there.x)) <= here.value - wanted;
      if (lower && Number.isFinite(yield* f.gradient(there.x, there.g))) return there.x;
    }
    there.x[j] = here.x[j];
  }
  return null;
}

/** The variables that could change by their size without changing the value, according to gradient and curvature. */
function withoutInfluence({ x, g, value }: Point, { sizes, curvatures, vectors }: CurvatureModel): number[] {
  const n = x.length;
  const room = NO_INFLUENCE * Math.abs(value);
  const bend = (j: number): number =>
    curvatures.reduce((sum, curvature, k) => sum + Math.abs(curvature) * vectors[k * n + j] ** 2, 0);
  return [...x.keys()].filter((j) => x[j] !== 0 && Math.abs(g[j] * sizes[j]) <= room && bend(j) <= room);
}

function* overHills(f: Evaluator, { x, value }: Point, wanted: number): Computation<Float64Array | null> {
  if (x.length > MOST_TRIED) return null;
  const there = pointAt(x);
  for (let j = 0; j < x.length; j++) {
    for (const change of x[j] === 0 ? [] : OVER) {
      there.x[j] = x[j] * (1 + change);
      const lower = (yield* f.value(there.x)) <= value - wanted;
      if (lower && Number.isFinite(yield* f.gradient(there.x, there.g))) return there.x;
    }
    there.x[j] = x[j];
  }
  return null;
}

function* alongRidges(
  f: Evaluator,
  here: Point,
  { curvatures, slopes, sizes, vectors, unsure }: CurvatureModel,
  wanted: number,
  below: FindBelow,
): Computation<Float64Array | null> {
  const n = sizes.length;
  const room = LEVEL * Math.abs(here.value);
  const level = [...curvatures.keys()].filter((k) => Math.abs(curvatures[k]) <= unsure && Math.abs(slopes[k]) <= room);
  for (const k of level.slice(0, MOST_LEVEL)) {
    const d = sizes.map((size, j) => size * vectors[k * n + j]);
    for (const far of [...BESIDE, -dot(d, here.x) / dot(d, d)]) {
      const there = pointAt(here.x.map((x, j) => x + far * d[j]));
      there.value = yield* f.gradient(there.x, there.g);
      if (!(there.value <= here.value + room)) continue;
      const beside = yield* curvatureAt(f, there);
      const lower = beside === null ? null : yield* below(f, there, beside, there.value - here.value + wanted);
      if (lower !== null) return lower;
    }
  }
  return null;
}
