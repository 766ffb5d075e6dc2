import { checkNumber, checkOptions, domains, quoteValue, whole } from "../arguments/index.ts";

/**
 * The exponentially weighted average v ← β·v + (1 − β)·x of a sequence, from v = 0. Unrolled, v after t values is
 * (1 − β)·Σ βᵏ·x₍t₋k₎: each value has β times the weight of the next one.
 *
 * Since v starts at 0, the weights of t values only sum to 1 − βᵗ; dividing by that corrects the bias of the start (Kingma &
 * Ba 2015, section 3).
 */
export interface Average {
  /** Adds the next value and returns the new average. */
  add(x: number): number;
  /** The current average; before the first value NaN if corrected, else 0. */
  readonly value: number;
  /** The number of values so far. */
  readonly count: number;
  /** The average's state: plain data, from which `ewa` can continue. */
  readonly state: AverageState;
}

/** The state of an average, as plain data. */
export interface AverageState {
  /** The average before correction. */
  readonly v: number;
  /** The number of values so far. */
  readonly count: number;
}

/** How quickly an average forgets, and whether it is corrected for its start at 0. */
export interface AverageOptions {
  /** The weight of the old average when a value is added: from 0 up to, but not including, 1. */
  readonly beta: number;
  /** Whether to divide by 1 − βᵗ. Default: true. */
  readonly corrected?: boolean;
}

/**
 * A streaming average that stores two numbers. Throws a RangeError for a β outside [0, 1), and its `add` for a value
 * that is not finite.
 */
export function ewa(options: AverageOptions, from: AverageState = { v: 0, count: 0 }): Average {
  const { beta, corrected = true } = checked("ewa", options);
  checkOptions("ewa: the state", from, ["v", "count"], "{ v: 0, count: 0 }");
  checkNumber("ewa: the state's v", from.v, domains.finite);
  checkNumber("ewa: the state's count", from.count, whole(0));
  let { v, count } = from;
  const value = (): number => (corrected ? v / (1 - beta ** count) : v);
  return {
    add: (x) => {
      if (!Number.isFinite(x))
        throw new RangeError(`ewa: number ${count + 1} is ${quoteValue(x)}; only finite numbers can be averaged`);
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

/**
 * The average after each value of an array. Throws a RangeError for a β outside [0, 1) or a value that is not finite.
 */
export function ewaOf(numbers: ArrayLike<number>, options: AverageOptions): Float64Array {
  const average = ewa(options);
  if (!(Array.isArray(numbers) || ArrayBuffer.isView(numbers)))
    throw new TypeError(`ewaOf: the numbers are ${quoteValue(numbers)}; give a list of them`);
  return Float64Array.from(numbers, (x) => average.add(x));
}

/**
 * The weights of `count` values in their average, the newest first; corrected ones sum to 1. Throws a RangeError for a
 * β outside [0, 1).
 */
export function ewaWeights(options: AverageOptions, count: number): Float64Array {
  const { beta, corrected = true } = checked("ewaWeights", options);
  checkNumber("ewaWeights: count", count, whole(0, MOST_WEIGHTS));
  const total = corrected ? 1 - beta ** count : 1;
  return Float64Array.from({ length: count }, (_, k) => ((1 - beta) * beta ** k) / total);
}

/** 1 GiB of them. */
const MOST_WEIGHTS = 2 ** 27;

function checked(name: string, options: AverageOptions): AverageOptions {
  checkOptions(name, options, ["beta", "corrected"], `${name}({ beta: 0.9 })`);
  checkBeta(options.beta);
  return options;
}

export const checkBeta = (beta: number): number => checkNumber("beta", beta, domains.fraction);
