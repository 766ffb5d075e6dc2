import type { Computation } from "../run/computation.ts";
import type { Point } from "../run/point.ts";
import { between, checkSettings } from "../solver-settings.ts";
import { Bracket, type Limits, type Sample } from "./bracket.ts";
import type { LineSearch } from "./descent.ts";
import type { Line } from "./line.ts";

const defaults = {
  /** c₁: the fraction of the predicted decrease that a step must achieve. */
  decrease: 1e-4,
  /** c₂: the fraction of the slope that may remain; 0.1 is usual for conjugate gradients. */
  curvature: 0.9,
};

const half = { allows: (x: number) => x > 0 && x < 0.5, words: "a number between 0 and 0.5" };
const allowed = { decrease: half, curvature: between };

/** The most trials on one line. More than three are rare, but lines that leave the domain take many. */
const MOST_TRIALS = 30;
/** How far a trial goes beyond the last while no minimum is bracketed, as a multiple of the last interval. */
const EXTRAPOLATION = { least: 1.1, most: 4 };
/** The factor by which a trial is shortened after one that left the domain. */
const RETREAT = 0.1;
/** After this many trials without a bracket the first length was on the wrong scale: then lengths grow and shrink ever faster. */
const MANY_TRIALS = 8;
/** A bracket must shrink to this fraction of its width two trials ago. */
const SHRINKAGE = 0.66;
/** A bracket narrower than this, relative to α, contains no better α. */
const NARROWEST = 1e-15;
/** Values with a smaller relative difference are equal to rounding: then only the slopes decide. */
const NOISE = 1e-10;

/**
 * The strong Wolfe conditions,
 *
 *     φ(α) ≤ φ(0) + c₁·α·φ′(0),   |φ′(α)| ≤ c₂·|φ′(0)|,
 *
 * by Moré & Thuente's search (1994): cubic steps with safeguards. Near a minimum, where values only differ by rounding, Hager
 * & Zhang's condition on slopes (2005), φ′(α) ≤ (2c₁ − 1)·φ′(0), replaces the first.
 */
export function strongWolfe(options: Partial<typeof defaults> = {}): LineSearch {
  const { decrease: c1, curvature: c2 } = checkSettings("strong Wolfe", defaults, options, allowed);
  if (c1 >= c2) throw new RangeError(`strong Wolfe: decrease is ${c1}; it must be less than curvature, ${c2}`);
  return { name: "strong Wolfe", init: () => null, search: (line, first) => search(line, first, c1, c2) };
}

function* search(line: Line, first: number, c1: number, c2: number): Computation<Point | null> {
  const start: Sample = { alpha: 0, value: line.here.value, slope: line.slope };
  const promise = c1 * start.slope;
  const bracket = new Bracket(start);
  const within = shrinking(bracket);
  let [alpha, ceiling, tilting] = [first, Number.POSITIVE_INFINITY, true];
  for (let trials = 0; trials < MOST_TRIALS && !Number.isNaN(alpha); trials++) {
    const pace = Math.max(1, trials - MANY_TRIALS);
    const value = yield* line.gradient(alpha);
    if (value === Number.NEGATIVE_INFINITY) return line.trial;
    if (value === Number.POSITIVE_INFINITY) {
      ceiling = alpha;
      alpha = bracket.low.alpha + RETREAT ** pace * (alpha - bracket.low.alpha);
      continue;
    }
    const trial: Sample = { alpha, value, slope: line.trialSlope() };
    const low = value <= start.value + alpha * promise;
    if (Math.abs(trial.slope) <= -c2 * start.slope && (low || levelWith(start, trial, c1))) return line.trial;
    if (low && trial.slope >= 0) tilting = false;
    // Search ψ(α) = φ(α) − c₁·α·φ′(0) instead of φ while that helps to find a low enough value.
    const tilt = tilting && !low && value <= bracket.low.value ? promise : 0;
    const limits = limitsFor(bracket, trial, ceiling, pace);
    alpha = within(bracket.take(trial, limits, tilt), limits);
  }
  return yield* best(line, bracket.low);
}

/** Whether a sample equals the start to rounding and meets Hager & Zhang's condition on the slope. */
const levelWith = (start: Sample, { value, slope }: Sample, c1: number): boolean =>
  Math.abs(value - start.value) <= NOISE * Math.abs(start.value) && slope <= (2 * c1 - 1) * start.slope;

/** The interval for the next trial while no minimum is bracketed: further ahead, but well before a point where the function was not finite. */
function limitsFor(bracket: Bracket, { alpha }: Sample, ceiling: number, pace: number): Limits {
  const stretch = alpha - bracket.low.alpha;
  const most = Math.min(alpha + EXTRAPOLATION.most ** pace * stretch, (alpha + ceiling) / 2);
  return { least: Math.min(alpha + EXTRAPOLATION.least * stretch, most), most };
}

/** Returns a function that moves a trial into the bracket, or into the limits while there is none; NaN once the bracket is too narrow. */
function shrinking(bracket: Bracket): (alpha: number, limits: Limits) => number {
  let [before, last] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  return (alpha, { least, most }) => {
    if (!bracket.closed) return alpha >= least ? Math.min(alpha, most) : alpha < least ? least : most;
    const [a, b] = [bracket.low.alpha, bracket.other.alpha];
    const middle = (a + b) / 2;
    const inside = alpha > Math.min(a, b) && alpha < Math.max(a, b);
    const slow = bracket.width >= SHRINKAGE * before;
    [before, last] = [last, bracket.width];
    if (bracket.width <= NARROWEST * Math.max(a, b)) return Number.NaN;
    return inside && !slow ? alpha : middle;
  };
}

/** The best point seen, if it is lower than the start. */
function* best(line: Line, { alpha, value }: Sample): Computation<Point | null> {
  if (!(alpha > 0 && value < line.here.value)) return null;
  if (line.alpha !== alpha) yield* line.gradient(alpha);
  return line.trial;
}
