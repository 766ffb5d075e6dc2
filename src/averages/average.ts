import { checkNumber, domains } from "../arguments/index.ts";

/**
 * The exponentially weighted average v ← β·v + (1 − β)·x of a sequence, from v = 0. Unrolled, v after t numbers is
 * (1 − β)·Σ βᵏ·x₍t₋k₎: weights that fall by β from each number to the one before it.
 *
 * Since v starts at 0, the weights of t numbers add up to 1 − βᵗ only; divided by that, the average is corrected for its
 * start (Kingma & Ba 2015, section 3).
 */
export interface Average {
  /** Takes in the next number and returns the average with it. */
  add(x: number): number;
  /** The average now; NaN before the first number where it is corrected, else 0. */
  readonly value: number;
  /** How many numbers came in. */
  readonly count: number;
  /** What the average is made of: plain data, from which `ewa` goes on. */
  readonly state: AverageState;
}

/** What an average has seen, as plain data. */
export interface AverageState {
  readonly v: number;
  readonly count: number;
}

/** How an average weighs what came before. */
export interface AverageOptions {
  /** How much of the average stays when a number comes in: 0 up to, but not including, 1. */
  readonly beta: number;
  /** Divide by 1 − βᵗ. Default: yes. */
  readonly corrected?: boolean;
}

/** A streaming average: memory for two numbers. Throws a RangeError for a β outside [0, 1). */
export function ewa({ beta, corrected = true }: AverageOptions, from: AverageState = { v: 0, count: 0 }): Average {
  checkBeta(beta);
  let { v, count } = from;
  const value = (): number => (corrected ? v / (1 - beta ** count) : v);
  return {
    add: (x) => {
      if (!Number.isFinite(x))
        throw new RangeError(`ewa: number ${count + 1} is ${x}; only finite numbers can be averaged`);
      v = beta * v + (1 - beta) * x;
      count++;
      return value();
    },
    get value() {
      return value();
    },
    get count() {
      return count;
    },
    get state() {
      return { v, count };
    },
  };
}

/** The average after each number of a whole array. */
export function ewaOf(numbers: ArrayLike<number>, options: AverageOptions): Float64Array {
  const average = ewa(options);
  return Float64Array.from(numbers, (x) => average.add(x));
}

/** The weights that the newest, the one before it, … have in the average of `count` numbers; corrected ones sum to 1. */
export function ewaWeights({ beta, corrected = true }: AverageOptions, count: number): Float64Array {
  checkBeta(beta);
  const total = corrected ? 1 - beta ** count : 1;
  return Float64Array.from({ length: count }, (_, k) => ((1 - beta) * beta ** k) / total);
}

export const checkBeta = (beta: number): number => checkNumber("beta", beta, domains.fraction);
