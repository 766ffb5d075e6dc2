import { checkNumber, domains } from "../arguments/index.ts";
import { Random } from "../random/index.ts";

/** The indices of the examples of each set. */
export interface Split {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
  readonly test: Uint32Array;
}

/** The default, which is part of the data sets' definition, so that different people's results are about the same examples. */
const SPLIT_SEED = 20_110_101;

/**
 * Draws `test` and then `validation` examples, stratified: each class keeps its share of every set to within one example. The
 * training set is in random order, so that its first N examples are a fair sample for any N.
 *
 * @param labels the class of each example; all equal if there are no classes
 */
export function stratifiedSplit(
  labels: ArrayLike<number>,
  sizes: { validation: number; test: number },
  seed = SPLIT_SEED,
): Split {
  const random = new Random(seed, "split");
  const byClass = grouped(random.permutation(labels.length), labels);
  const [test, others] = takeEvenly(byClass, sizes.test);
  const [validation, train] = takeEvenly(others, sizes.validation);
  random.shuffle(train);
  return { train, validation, test };
}

/** The examples of the least label, then those of the next, …, each in the order in which they come. */
function grouped(order: Uint32Array, labels: ArrayLike<number>): Uint32Array {
  const counts = new Map<number, number>();
  for (const index of order) counts.set(labels[index], (counts.get(labels[index]) ?? 0) + 1);
  if (counts.size === 1) return order;
  let next = 0;
  const places = new Map<number, number>();
  for (const label of [...counts.keys()].sort((a, b) => a - b)) {
    places.set(label, next);
    next += counts.get(label) ?? 0;
  }
  const groups = new Uint32Array(order.length);
  for (const index of order) {
    const place = places.get(labels[index]) ?? 0;
    groups[place] = index;
    places.set(labels[index], place + 1);
  }
  return groups;
}

/**
 * Takes `count` evenly spaced elements out of a list (systematic sampling): each stretch contributes its share, to within one. The others
 * move up to the front of the list, in place, since a list may be as long as a table larger than memory.
 */
function takeEvenly(list: Uint32Array, count: number): [taken: Uint32Array, left: Uint32Array] {
  const taken = new Uint32Array(count);
  const quota = (rank: number) => Math.floor((rank * count) / list.length);
  for (let rank = 0; rank < list.length; rank++) {
    const before = quota(rank);
    if (quota(rank + 1) > before) taken[before] = list[rank];
    else list[rank - before] = list[rank];
  }
  return [taken, list.subarray(0, list.length - count)];
}

/** The indices from, from + 1, … to − 1. */
export function range(from: number, to: number): Uint32Array {
  return new Uint32Array(to - from).map((_, i) => from + i);
}

/** The places of at most `limit` of so many examples, spread evenly, so that each class of a sorted set keeps its share. */
export function spread(count: number, limit: number | undefined): Uint32Array {
  checkLimit(limit);
  const kept = Math.min(count, limit ?? count);
  return Uint32Array.from({ length: kept }, (_, i) => Math.floor((i * count) / kept));
}

/** The first `limit` of the training set, or all. Statistics are measured before, so they do not depend on the limit. */
export function first(indices: Uint32Array, limit: number | undefined): Uint32Array {
  checkLimit(limit);
  return indices.subarray(0, limit);
}

/** @throws RangeError for a limit that is not a whole number of examples, 1 or more */
export function checkLimit(limit: number | undefined): void {
  if (limit !== undefined) checkNumber("limit", limit, domains.count);
}
