import { lanczos } from "../curvature/lanczos.ts";
import type { Computation } from "../run/computation.ts";
import type { Evaluator } from "../run/evaluator.ts";
import { largest, type Point } from "../run/point.ts";
import { type Curved, curvatureAt, isAsked } from "./curvature-at.ts";
import { elsewhere } from "./elsewhere.ts";
import { offInflection } from "./inflection.ts";
import { runAway } from "./run-away.ts";
import { alongCurvature, alongNegative, alongSlope, downhill, leaving, lessSteep } from "./ways-down.ts";

/** What a second look has seen at a place where a search would end. */
export interface Seen {
  /** A lower point, where one was found. */
  readonly lower?: Float64Array;
  /** It lies where the curvature is negative: this is a saddle, or a maximum. */
  readonly saddle: boolean;
  /** Whether there is anything to gain, as far as slope and curvature say; undefined where there are too many variables to tell. */
  readonly gain?: boolean;
  readonly curved: Curved | null;
  /** The curvature is not finite: a pole is near, an edge of the domain, or a cusp. */
  readonly infinite?: boolean;
}

/** Parts of the value: a decrease of less than this is none; */
const PART = 1e-13;
/** a search that cannot go on has stalled only if there is more than this to gain; */
const THAT_COUNTS = 1e-12;
/** and for so much it goes elsewhere, where slope and curvature do not lead, and on where that is along a level way, out to nowhere. */
const TO_LEAVE_FOR = 1e-8;
/** No less than this is wanted where the value at the start is 1 or more. */
const LEAST = 1e-30;
/** Decreases are seen above so many times the rounding level of the value. */
const ABOVE_ROUNDING = 4;

/**
 * Looks whether a search may end here, whatever made it think so: a line search that failed says something of the direction only, and a
 * small slope depends on the parameters' units. There is something to gain where the curvature is negative, or where slope and curvature
 * promise a decrease that numbers can tell from rounding; then such a point is looked for, by Newton's step, along each eigenvector, each
 * coordinate and the slope. Nocedal & Wright 2006, section 3.4, on directions of negative curvature.
 */
export function* secondLook(
  f: Evaluator,
  here: Point,
  { start, size, goesOn, saddlesOnly, polishes }: Circumstances,
): Computation<Seen> {
  const curved = yield* curvatureAt(f, here);
  const value = Math.abs(here.value);
  const part = goesOn && (curved === null || isLevel(curved)) ? TO_LEAVE_FOR : PART;
  const wanted = Math.max(part * value, LEAST * Math.min(1, size));
  if (curved === null) return { ...(yield* lookAtMany(f, here, wanted, saddlesOnly)), infinite: isAsked(f) };
  const below = yield* alongNegative(f, here, curved, wanted);
  if (below !== null) return { ...seen(curved, below, true), saddle: true };
  if (saddlesOnly) return { saddle: false, curved };
  // The rounding level takes evaluations, or a function to be compiled: it is asked for where it can decide.
  const rounding = total(gainsOf(curved, 0)) <= wanted ? 0 : yield* f.rounding(here);
  const least = Math.max(wanted, ABOVE_ROUNDING * rounding);
  const gains = gainsOf(curved, rounding);
  const gain = total(gains);
  const much = gain > (goesOn ? least : Math.max(least, THAT_COUNTS * value));
  const lower =
    gain > least ? yield* downhill(f, here, [...alongCurvature(curved, gains), ...alongSlope(here)], least) : null;
  if (lower !== null) return seen(curved, lower, much);
  const flatter = polishes && !goesOn && !much ? yield* lessSteep(f, here, curved, gains, least) : null;
  if (flatter !== null) return seen(curved, flatter, much);
  // Where slope and curvature promise what no step brings they are wrong, and no guide to anywhere else.
  if (much && !goesOn) return seen(curved, null, much);
  const further = yield* elsewhere(f, here, curved, Math.max(least, TO_LEAVE_FOR * value), alongNegative);
  if (further !== null) return { ...seen(curved, further, much), saddle: true };
  const inflected =
    runAway(here, start, curved) === undefined ? yield* lowerByInflection(f, here, curved, start, wanted) : null;
  return { ...seen(inflected === null ? curved : null, inflected, much), saddle: inflected !== null };
}

function* lowerByInflection(
  f: Evaluator,
  here: Point,
  curved: Curved,
  start: Float64Array,
  wanted: number,
): Computation<Float64Array | null> {
  const least = Math.max(wanted, ABOVE_ROUNDING * (yield* f.rounding(here)));
  return yield* offInflection(f, here, curved, start, least);
}

/** Where a search has come to when it makes one look again. */
export interface Circumstances {
  readonly start: Float64Array;
  /** |f| there. */
  readonly size: number;
  /** It could go on: only the slope is small. */
  readonly goesOn: boolean;
  /** The caller said what slope counts as zero: then only saddles are left. */
  readonly saddlesOnly: boolean;
  /** It knows the curvature from its own steps at best: a step by the Hessian may end it better. */
  readonly polishes: boolean;
}

const seen = (curved: Curved | null, lower: Float64Array | null, gain: boolean | undefined): Seen => ({
  saddle: false,
  curved,
  ...(gain === undefined ? {} : { gain }),
  ...(lower === null ? {} : { lower }),
});

/**
 * What can be gained along each eigenvector: γ²/2λ, within the length 1; nothing where the slope is rounding. That is what an error
 * of the eigenvectors mixes in from other slopes, and 2ε·Σ|rᵢ|·|Jᵢ| of a sum of squares, here with the size of what is summed.
 */
function gainsOf({ curvatures, slopes, sure }: Curved, rounding: number): Float64Array {
  const summed = 2 * rounding * Number.EPSILON * largest(curvatures);
  const noise = sure * largest(slopes) + ABOVE_ROUNDING * Math.sqrt(summed);
  return slopes.map((along, k) => {
    const slope = Math.abs(along);
    if (slope <= noise) return 0;
    return slope < curvatures[k] ? (slope * slope) / (2 * curvatures[k]) : slope - Math.max(0, curvatures[k]) / 2;
  });
}

const isLevel = ({ curvatures, unsure }: Curved): boolean => curvatures.some((each) => Math.abs(each) <= unsure);

const total = (gains: Float64Array): number => gains.reduce((sum, each) => sum + each, 0);

/** Products with the Hessian that tell whether the curvature is negative anywhere. */
const MOST_PRODUCTS = 40;
/** Eigenvalues are known to this part of the largest. */
const ROUGHLY = 1e-3;

/** The same for many variables, as a net has: the least curvature by products alone, and then only the slope. */
function* lookAtMany(f: Evaluator, here: Point, wanted: number, saddlesOnly: boolean): Computation<Seen> {
  const below = f.objective.hessianProduct === undefined ? null : yield* belowMany(f, here, wanted);
  if (below !== null) return { ...seen(null, below, undefined), saddle: true };
  if (saddlesOnly) return seen(null, null, undefined);
  const least = Math.max(wanted, ABOVE_ROUNDING * (yield* f.rounding(here)));
  return seen(null, yield* downhill(f, here, alongSlope(here), least), undefined);
}

function* belowMany(f: Evaluator, here: Point, wanted: number): Computation<Float64Array | null> {
  const ends = yield* lanczos(f, here.x, { steps: MOST_PRODUCTS, accuracy: ROUGHLY });
  if (ends === null) return null;
  const { smallest, largest: most } = ends;
  const [{ value, vector }] = smallest;
  if (!(value < -ROUGHLY * Math.abs(most[0].value))) return null;
  const size = Math.max(1, largest(here.x));
  const d = vector.map((change) => change * size);
  return yield* leaving(f, here, d, value * size * size, wanted);
}
