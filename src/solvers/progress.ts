import { largest, type Point } from "./point.ts";
import type { Ending } from "./solution.ts";

/** Steps without a lower value and without a smaller slope after which a search has come to its end. */
const PATIENCE = 100;

/** Watches whether a search still gets anywhere. */
export class Progress {
  #value = Number.POSITIVE_INFINITY;
  #slope = Number.POSITIVE_INFINITY;
  #idle = 0;

  /** False where neither the value nor the slope has improved for long. */
  goesOn({ value, g }: Point): boolean {
    const slope = largest(g);
    const better = value < this.#value - Number.EPSILON * Math.abs(this.#value) || slope < 0.9 * this.#slope;
    this.#value = Math.min(this.#value, value);
    this.#slope = Math.min(this.#slope, slope);
    this.#idle = better ? 0 : this.#idle + 1;
    return this.#idle < PATIENCE;
  }
}

/** The part of a value that its last digits cannot be trusted with. */
const NOISE = 1e-10;

/**
 * The end of a search that found no lower point. Where a step was expected to bring next to nothing, or the slope is
 * next to nothing, it has converged as far as float64 numbers tell; else it has stalled.
 */
export function limitOfNumbers({ value, g }: Point, expectedDecrease: number): Ending {
  const slope = largest(g);
  const size = Math.abs(value);
  const atTheLimit = expectedDecrease <= NOISE * size || slope <= NOISE ** 0.7 * Math.max(1, size);
  return atTheLimit
    ? { outcome: "converged", reason: `float64 numbers tell no lower value; the largest slope is ${short(slope)}` }
    : { outcome: "stalled", reason: `no step lowers the value, though the largest slope is ${short(slope)}` };
}

/** A number in words: three digits. */
export const short = (x: number): string => String(Number(x.toPrecision(3)));
