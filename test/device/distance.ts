import type { NDArray } from "../../src/expr/index.ts";

/**
 * The largest difference of two tensors' numbers, relative to the largest of them where that is beyond 1; infinite where
 * shapes differ, or one number is infinite or not a number and the other is not the same.
 */
export function distance(expected: NDArray, actual: NDArray): number {
  if (expected.shape.join() !== actual.shape.join()) return Number.POSITIVE_INFINITY;
  const size = expected.data.reduce((m, x) => (Number.isFinite(x) ? Math.max(m, Math.abs(x)) : m), 1);
  return expected.data.reduce((worst, x, i) => {
    const difference = Object.is(x, actual.data[i]) ? 0 : Math.abs(x - actual.data[i]) / size;
    return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(worst, difference);
  }, 0);
}
