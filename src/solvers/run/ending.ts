import { largest, type Point } from "./point.ts";

/**
 * How a search ended.
 * - converged: the gradient is within the given tolerance; or, without one, gradient and curvature promise no decrease beyond rounding;
 * - stalled: no step of the method lowers the value, though gradient and curvature promise a decrease; or a variable ran away to where the
 *   function is flat;
 * - diverged: the value falls without bound, or is no longer finite;
 * - singular: the Hessian or the Jacobian is singular, and the method has no safeguard.
 */
export type OutcomeKind = "converged" | "stalled" | "maximum iterations" | "diverged" | "singular" | "interrupted";

/** How a search ended, and the reason in words. */
export interface Ending {
  /** How it ended. */
  readonly outcome: OutcomeKind;
  /** The reason in words. */
  readonly reason: string;
}

/** A decrease by this fraction of the value is far below rounding, and so is the change in x that it takes. */
export const HOPELESS = 1e-22;

/** Relative differences between values below this may be rounding. */
const NOISE = 1e-10;

/** The preliminary ending of a search that finds no lower point; a second look decides. */
export const atPrecisionLimit = (here: Point, gain: number): Ending =>
  isSmall(here, gain) ? convergedAt(here) : stalledAt(here);

/** The ending of a search that makes no progress, with the reason in `words`. */
export const noProgress = (here: Point, gain: number, words: string): Ending =>
  isSmall(here, gain) ? convergedAt(here, words) : stalledAt(here, words);

/** Whether the possible decrease, or the gradient, is next to nothing. */
const isSmall = ({ value, g }: Point, gain: number): boolean =>
  gain <= NOISE * Math.abs(value) || largest(g) <= NOISE ** 0.7 * Math.max(1, Math.abs(value));

type Gradient = Pick<Point, "g">;

export const convergedAt = ({ g }: Gradient, why = "float64 cannot resolve a lower value"): Ending => ({
  outcome: "converged",
  reason: `${why}; the largest gradient component is ${threeDigits(largest(g))}`,
});

export const stalledAt = ({ g }: Gradient, why = "no step lowers the value"): Ending => ({
  outcome: "stalled",
  reason: `${why}, though the largest gradient component is ${threeDigits(largest(g))}`,
});

export const UNBOUNDED: Ending = { outcome: "diverged", reason: "the value falls without bound" };

/** A number with three significant digits. */
export const threeDigits = (x: number): string => String(Number(x.toPrecision(3)));
