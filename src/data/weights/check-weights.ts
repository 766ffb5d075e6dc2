import type { Vector } from "../dataset.ts";

/**
 * Throws a RangeError for weights that are not as many as the examples, negative, not finite, or all 0.
 *
 * @param what the set, as messages name it
 */
export function checkWeights(what: string, weights: Vector, count: number): void {
  if (weights.length !== count)
    throw new RangeError(`${what} has ${weights.length} weights for ${count} examples; give one for each`);
  const at = weights.findIndex((weight) => !isWeight(weight));
  if (at >= 0)
    throw new RangeError(
      `${what}: the weight of example ${at + 1} is ${weights[at]}; it must be a finite number, 0 or more`,
    );
  if (count > 0 && weights.every((weight) => weight === 0))
    throw new RangeError(`${what}: all weights are 0; at least one example must count`);
}

/** Whether a number can be a weight. */
export const isWeight = (weight: number): boolean => weight >= 0 && Number.isFinite(weight);
