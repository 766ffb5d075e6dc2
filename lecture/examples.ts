import type { Dataset, Examples, Vector } from "../src/data/index.ts";
import type { Device } from "../src/index.ts";
import type { Given } from "./experiment.ts";

/** Enough to learn from, and few enough to train on many times. */
const MOST_EXAMPLES = 1200;

/** The examples that nets are trained on, and the device to train them with. */
interface TrainingSet {
  readonly data: Dataset;
  readonly examples: Examples;
  readonly device: Device;
}

/** The first training examples of the given data, and the device to train with. */
export async function trainingSet(
  given: Pick<Given, "data" | "device">,
  { least = 1, most = MOST_EXAMPLES } = {},
): Promise<TrainingSet> {
  const data = await given.data();
  return { data, examples: firstExamples(data, most, least), device: await given.device() };
}

/**
 * The first training examples, `most` at most: they are in random order, so the first are a fair sample. Throws a
 * RangeError where there are fewer than `least`.
 */
export function firstExamples({ name, train }: Pick<Dataset, "name" | "train">, most: number, least = 1): Examples {
  if (train.count < least)
    throw new RangeError(`${name} has ${train.count} training examples; this experiment needs at least ${least}`);
  const count = Math.min(most, train.count);
  const rows = (values: Vector): Vector => values.subarray(0, (values.length / train.count) * count);
  return { count, inputs: rows(train.inputs), targets: rows(train.targets) };
}

/** These examples as training, validation and test set: for the loss over all that a net is trained on. */
export const allOf = (
  { name, inputShape, outputs, task }: Pick<Dataset, "name" | "inputShape" | "outputs" | "task">,
  examples: Examples,
) => ({ name, inputShape, outputs, task, train: examples, validation: examples, test: examples });
