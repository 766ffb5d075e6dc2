import { checkNumber, cut, domains, quoteValue, whole } from "../arguments/index.ts";
import { type Examples, type Source, sourceOf } from "../data/index.ts";
import { isVector, sizeOf } from "../expr/index.ts";
import type { Model } from "../nn/index.ts";
import type { TrainingData } from "./training-data.ts";

/** The parts of the data, as messages name them. */
export const partsOf = ({ train, validation, test }: TrainingData) =>
  [
    ["training set", train],
    ["validation set", validation],
    ["test set", test],
  ] as const;

/**
 * Throws a RangeError where a part has not as many numbers as its examples need, or its targets are of another size than the
 * training set's; a TypeError where they are no vectors.
 */
export function checkSizes(model: Model, data: TrainingData): void {
  const size = sizeOf(model.inputShape);
  const targetSize = data.train.count === 0 ? undefined : sourceOf(data.train).targetSize;
  for (const [part, examples] of partsOf(data)) {
    const what = `${cut(data.name)}: the ${part}`;
    checkNumber(`${what}'s count`, examples.count, whole(0));
    if ("gather" in examples) checkSource(what, examples, { size, targetSize });
    else checkExamples(what, examples, { size, targetSize });
  }
}

/** Numbers in one example's inputs and, where that is known, in its target. */
interface Sizes {
  readonly size: number;
  readonly targetSize: number | undefined;
}

function checkSource(what: string, { inputSize, targetSize: own }: Source, { size, targetSize = own }: Sizes): void {
  if (inputSize !== size)
    throw new RangeError(`${what} has ${inputSize} numbers in an example; the model takes ${size}`);
  checkNumber(`${what}'s targetSize`, own, domains.count);
  if (own !== targetSize)
    throw new RangeError(`${what} has ${own} numbers in a target; the training set has ${targetSize}`);
}

function checkExamples(what: string, { count, inputs, targets }: Examples, { size, targetSize = 1 }: Sizes): void {
  for (const [name, vector] of Object.entries<unknown>({ inputs, targets }))
    if (!isVector(vector))
      throw new TypeError(`${what}'s ${name} are ${quoteValue(vector)}; give a Float32Array or Float64Array`);
  if (inputs.length !== count * size)
    throw new RangeError(
      `${what} has ${inputs.length} numbers in its inputs; ${count} examples of ${size} take ${count * size}`,
    );
  const told = Number.isInteger(targetSize) ? `of ${targetSize} take ${count * targetSize}` : "take as many for each";
  if (!Number.isInteger(targetSize) || targets.length !== count * targetSize)
    throw new RangeError(`${what} has ${targets.length} numbers in its targets; ${count} examples ${told}`);
}
