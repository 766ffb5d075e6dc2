import { checkNumber, domains } from "../arguments/index.ts";
import { Random } from "../random/index.ts";

/** Which examples belong to which part, by index. */
export interface Split {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
  readonly test: Uint32Array;
}

/** Part of the data sets' definition, not a setting: results of different people are about the same examples. */
const SPLIT_SEED = 20_110_101;

/**
 * Draws `test` and then `validation` examples so that each class keeps its share in every part, to within one example.
 * The training part comes in random order, so that any first N of it are a fair sample.
 *
 * @param labels the class of each example; all equal where there are no classes
 */
export function stratifiedSplit(labels: ArrayLike<number>, sizes: { validation: number; test: number }): Split {
  const random = new Random(SPLIT_SEED, "split");
  const byClass = [...random.permutation(labels.length)].sort((a, b) => labels[a] - labels[b]);
  const [test, others] = takeEvenly(byClass, sizes.test);
  const [validation, train] = takeEvenly(others, sizes.validation);
  random.shuffle(train);
  return { train: Uint32Array.from(train), validation: Uint32Array.from(validation), test: Uint32Array.from(test) };
}

/** Takes `count` elements at even distances (systematic sampling): from each stretch its share, to within one. */
function takeEvenly(list: readonly number[], count: number): [taken: number[], left: number[]] {
  const taken: number[] = [];
  const left: number[] = [];
  const quota = (rank: number) => Math.floor((rank * count) / list.length);
  for (const [rank, index] of list.entries()) (quota(rank + 1) > quota(rank) ? taken : left).push(index);
  return [taken, left];
}

/** The indices from, from + 1, … to − 1. */
export function range(from: number, to: number): Uint32Array {
  return new Uint32Array(to - from).map((_, i) => from + i);
}

/** The first `limit` of the training part, or all. Statistics are measured before: they do not move with the limit. */
export function first(indices: Uint32Array, limit: number | undefined): Uint32Array {
  checkLimit(limit);
  return indices.subarray(0, limit);
}

/** @throws RangeError for a limit that is not a whole number of examples, 1 or more */
export function checkLimit(limit: number | undefined): void {
  if (limit !== undefined) checkNumber("limit", limit, domains.count);
}
