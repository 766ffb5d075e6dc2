import type { Dataset, Examples, Vector } from "../src/data/index.ts";

/**
 * The first examples for training, so many at most: they stand in random order, so the first are a fair sample. Throws a
 * RangeError where there are fewer than are needed.
 */
export function firstExamples({ name, train }: Pick<Dataset, "name" | "train">, most: number, least = 1): Examples {
  if (train.count < least)
    throw new RangeError(`${name}: ${train.count} examples for training; this experiment needs ${least} at least`);
  const count = Math.min(most, train.count);
  const rows = (numbers: Vector): Vector => numbers.subarray(0, (numbers.length / train.count) * count);
  return { count, inputs: rows(train.inputs), targets: rows(train.targets) };
}

/** These examples of a data set for all three parts: where the cost over all that a net is trained on is wanted. */
export const allOf = (
  { name, inputShape, outputs, task }: Pick<Dataset, "name" | "inputShape" | "outputs" | "task">,
  examples: Examples,
) => ({ name, inputShape, outputs, task, train: examples, validation: examples, test: examples });
