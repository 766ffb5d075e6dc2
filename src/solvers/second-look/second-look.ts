import { lanczos } from "../curvature/lanczos.ts";
import type { Computation } from "../run/computation.ts";
import type { Evaluator } from "../run/evaluator.ts";
import { largest, type Point } from "../run/point.ts";
import { type CurvatureModel, curvatureAt, isSmallEnough } from "./curvature-at.ts";
import { offInflection } from "./inflection.ts";
import { lowerElsewhere } from "./lower-elsewhere.ts";
import { runAway } from "./run-away.ts";
import { alongCurvature, alongNegative, alongSlope, downhill, flatterPoint, leaveSaddle } from "./ways-down.ts";

/** The result of a second look at a point where a search would end. */
export interface LookResult {
  /** A lower point, if one was found. */
  readonly lower?: Float64Array;
  /** Whether the point looked at is a saddle or a maximum, so that the lower point lies along negative curvature. */
  readonly saddle: boolean;
  /** Whether gradient and curvature promise a decrease; undefined with too many variables to decide. */
  readonly gain?: boolean;
  readonly curved: CurvatureModel | null;
  /** Whether the curvature is not finite: a pole, an edge of the domain or a cusp is near. */
  readonly infinite?: boolean;
}

/** Fractions of the value: a smaller decrease counts as none; */
const PART = 1e-13;
/** a search that cannot continue has only stalled if there is more than this to gain; */
const THAT_COUNTS = 1e-12;
/** and this much makes it leave for a point that gradient and curvature do not lead to, or continue along a flat direction. */
const TO_LEAVE_FOR = 1e-8;
/** The least decrease wanted if the value at the start is 1 or more. */
const LEAST = 1e-30;
/** A decrease must exceed this many times the rounding error of the value. */
const ABOVE_ROUNDING = 4;

/**
 * Decides whether a search may end here, whatever suggested it: a failed line search only says something about one direction, and a small
 * gradient depends on the parameters' units. There is something to gain if the curvature is negative, or if gradient and curvature promise
 * a decrease beyond rounding. Then it looks for a lower point by Newton's step, along each eigenvector, each coordinate and the gradient.
 * Nocedal & Wright 2006, section 3.4, on directions of negative curvature.
 */
export function* secondLook(
  f: Evaluator,
  here: Point,
  { start, size, canContinue, saddlesOnly, polishes }: LookOptions,
): Computation<LookResult> {
  const curved = yield* curvatureAt(f, here);
  const value = Math.abs(here.value);
  const part = canContinue && (curved === null || isLevel(curved)) ? TO_LEAVE_FOR : PART;
  const wanted = Math.max(part * value, LEAST * Math.min(1, size));
  if (curved === null) return { ...(yield* lookAtMany(f, here, wanted, saddlesOnly)), infinite: isSmallEnough(f) };
  const below = yield* alongNegative(f, here, curved, wanted);
  if (below !== null) return { ...lookResult(curved, below, true), saddle: true };
  if (saddlesOnly) return { saddle: false, curved };
  // The rounding error takes evaluations, or compiles a function, so it is only computed if it can decide.
  const rounding = total(gainsOf(curved, 0)) <= wanted ? 0 : yield* f.rounding(here);
  const least = Math.max(wanted, ABOVE_ROUNDING * rounding);
  const gains = gainsOf(curved, rounding);
  const gain = total(gains);
  const much = gain > (canContinue ? least : Math.max(least, THAT_COUNTS * value));
  const lower =
    gain > least ? yield* downhill(f, here, [...alongCurvature(curved, gains), ...alongSlope(here)], least) : null;
  if (lower !== null) return lookResult(curved, lower, much);
  const flatter = polishes && !canContinue && !much ? yield* flatterPoint(f, here, curved, gains, least) : null;
  if (flatter !== null) return lookResult(curved, flatter, much);
  // If no step brings the decrease that gradient and curvature promise, they are wrong and cannot guide the search elsewhere.
  if (much && !canContinue) return lookResult(curved, null, much);
  const further = yield* lowerElsewhere(f, here, curved, Math.max(least, TO_LEAVE_FOR * value), alongNegative);
  if (further !== null) return { ...lookResult(curved, further, much), saddle: true };
  const inflected =
    runAway(here, start, curved) === undefined ? yield* lowerByInflection(f, here, curved, start, wanted) : null;
  return { ...lookResult(inflected === null ? curved : null, inflected, much), saddle: inflected !== null };
}

function* lowerByInflection(
  f: Evaluator,
  here: Point,
  curved: CurvatureModel,
  start: Float64Array,
  wanted: number,
): Computation<Float64Array | null> {
  const least = Math.max(wanted, ABOVE_ROUNDING * (yield* f.rounding(here)));
  return yield* offInflection(f, here, curved, start, least);
}

/** The situation of a search that takes a second look. */
export interface LookOptions {
  readonly start: Float64Array;
  /** |f| at the start. */
  readonly size: number;
  /** The solver could continue: only its gradient is small. */
  readonly canContinue: boolean;
  /** The caller set the tolerance: then only leave saddles. */
  readonly saddlesOnly: boolean;
  /** The solver only knows the curvature from its own steps, if at all: a final step by the Hessian may improve its result. */
  readonly polishes: boolean;
}

const lookResult = (
  curved: CurvatureModel | null,
  lower: Float64Array | null,
  gain: boolean | undefined,
): LookResult => ({
  saddle: false,
  curved,
  ...(gain === undefined ? {} : { gain }),
  ...(lower === null ? {} : { lower }),
});

/**
 * The possible decrease along each eigenvector: γ²/2λ, within length 1; 0 if the slope is rounding. That rounding is what errors of the
 * eigenvectors mix in from other slopes, and 2ε·Σ|rᵢ|·|Jᵢ| for a sum of squares, here estimated from the size of its terms.
 */
function gainsOf({ curvatures, slopes, sure }: CurvatureModel, rounding: number): Float64Array {
  const summed = 2 * rounding * Number.EPSILON * largest(curvatures);
  const noise = sure * largest(slopes) + ABOVE_ROUNDING * Math.sqrt(summed);
  return slopes.map((along, k) => {
    const slope = Math.abs(along);
    if (slope <= noise) return 0;
    return slope < curvatures[k] ? (slope * slope) / (2 * curvatures[k]) : slope - Math.max(0, curvatures[k]) / 2;
  });
}

const isLevel = ({ curvatures, unsure }: CurvatureModel): boolean =>
  curvatures.some((each) => Math.abs(each) <= unsure);

const total = (gains: Float64Array): number => gains.reduce((sum, each) => sum + each, 0);

/** The most Hessian-vector products to find out whether the curvature is negative in any direction. */
const MOST_PRODUCTS = 40;
/** The accuracy of these eigenvalues, relative to the largest. */
const ROUGHLY = 1e-3;

/** A second look with many variables, as for nets: along the least curvature, from products alone, and then along the gradient. */
function* lookAtMany(f: Evaluator, here: Point, wanted: number, saddlesOnly: boolean): Computation<LookResult> {
  const below = f.objective.hessianProduct === undefined ? null : yield* belowMany(f, here, wanted);
  if (below !== null) return { ...lookResult(null, below, undefined), saddle: true };
  if (saddlesOnly) return lookResult(null, null, undefined);
  const least = Math.max(wanted, ABOVE_ROUNDING * (yield* f.rounding(here)));
  return lookResult(null, yield* downhill(f, here, alongSlope(here), least), undefined);
}

function* belowMany(f: Evaluator, here: Point, wanted: number): Computation<Float64Array | null> {
  const ends = yield* lanczos(f, here.x, { steps: MOST_PRODUCTS, accuracy: ROUGHLY });
  if (ends === null) return null;
  const { smallest, largest: most } = ends;
  const [{ value, vector }] = smallest;
  if (!(value < -ROUGHLY * Math.abs(most[0].value))) return null;
  const size = Math.max(1, largest(here.x));
  const d = vector.map((change) => change * size);
  return yield* leaveSaddle(f, here, d, value * size * size, wanted);
}
