import { largest, type Point } from "./point.ts";

/**
 * How a search ended.
 * - converged: the gradient is as small as was asked, and where nothing was asked slope and curvature promise nothing that numbers can tell;
 * - stalled: no step of the method lowers the value, though slope and curvature say that one should; or a number ran away to where the
 *   value is level;
 * - diverged: the value falls without bound, or leaves the finite numbers;
 * - singular: the Hessian, or the Jacobian, has no inverse, and the method has no safeguard.
 */
export type OutcomeKind = "converged" | "stalled" | "maximum iterations" | "diverged" | "singular" | "interrupted";

/** How a search ended, and why, in words. */
export interface Ending {
  readonly outcome: OutcomeKind;
  readonly reason: string;
}

/** A decrease of this part of the value is far below rounding, and so is what it would change in x. */
export const HOPELESS = 1e-22;

/** The part of a value that its last digits cannot be trusted with. */
const NOISE = 1e-10;

/** The end of a search that found no lower point, as far as the search itself can tell: a second look decides. */
export const limitOfNumbers = (here: Point, gain: number): Ending =>
  isSmall(here, gain) ? convergedAt(here) : stalledAt(here);

/** The end of a search that goes on without getting lower, in these words. */
export const noProgress = (here: Point, gain: number, words: string): Ending =>
  isSmall(here, gain) ? convergedAt(here, words) : stalledAt(here, words);

/** Whether there is next to nothing to gain, or next to no slope. */
const isSmall = ({ value, g }: Point, gain: number): boolean =>
  gain <= NOISE * Math.abs(value) || largest(g) <= NOISE ** 0.7 * Math.max(1, Math.abs(value));

type Slopes = Pick<Point, "g">;

export const convergedAt = ({ g }: Slopes, why = "no lower value can be told apart in float64"): Ending => ({
  outcome: "converged",
  reason: `${why}; the largest slope is ${short(largest(g))}`,
});

export const stalledAt = ({ g }: Slopes, why = "no step lowers the value"): Ending => ({
  outcome: "stalled",
  reason: `${why}, though the largest slope is ${short(largest(g))}`,
});

export const BOTTOMLESS: Ending = { outcome: "diverged", reason: "the value falls without bound" };

/** A number in words: three digits. */
export const short = (x: number): string => String(Number(x.toPrecision(3)));
