import { largest, type Point } from "./point.ts";
import type { Ending } from "./solution.ts";

/** Steps in which a search has to get somewhere. */
const PATIENCE = 100;
/** The part by which the value has to fall in that time, unless what there is to gain falls by half. */
const LEAST = 1e-7;

/** Watches whether a search still gets anywhere. */
export class Progress {
  #value = Number.POSITIVE_INFINITY;
  #gain = Number.POSITIVE_INFINITY;
  #idle = 0;

  /** False where neither the value nor `gain`, a measure of how much lower it might get, has fallen much for long. */
  goesOn(value: number, gain: number): boolean {
    const better = !(value >= this.#value - LEAST * Math.abs(this.#value)) || gain < this.#gain / 2;
    if (better) [this.#value, this.#gain] = [value, Math.min(gain, this.#gain)];
    this.#idle = better ? 0 : this.#idle + 1;
    return this.#idle < PATIENCE;
  }
}

/** A decrease of this part of the value is far below rounding, and so is what it would change in x. */
export const HOPELESS = 1e-22;

/** The part of a value that its last digits cannot be trusted with. */
const NOISE = 1e-10;

/** The end of a search that found no lower point, as far as the search itself can tell: a second look decides. */
export const limitOfNumbers = (here: Point, gain: number): Ending =>
  isSmall(here, gain) ? convergedAt(here) : stalledAt(here);

/** The end of a search that goes on without getting lower. */
export const noProgress = (here: Point, gain: number): Ending => {
  const words = `${PATIENCE} steps have not lowered the value by ${LEAST} of itself`;
  return isSmall(here, gain) ? convergedAt(here, words) : stalledAt(here, words);
};

/** Whether there is next to nothing to gain, or next to no slope. */
const isSmall = ({ value, g }: Point, gain: number): boolean =>
  gain <= NOISE * Math.abs(value) || largest(g) <= NOISE ** 0.7 * Math.max(1, Math.abs(value));

export const convergedAt = ({ g }: Slopes, why = "no lower value can be told apart in float64"): Ending => ({
  outcome: "converged",
  reason: `${why}; the largest slope is ${short(largest(g))}`,
});

export const stalledAt = ({ g }: Slopes, why = "no step lowers the value"): Ending => ({
  outcome: "stalled",
  reason: `${why}, though the largest slope is ${short(largest(g))}`,
});

type Slopes = Pick<Point, "g">;

export const BOTTOMLESS: Ending = { outcome: "diverged", reason: "the value falls without bound" };

/** A number in words: three digits. */
export const short = (x: number): string => String(Number(x.toPrecision(3)));
