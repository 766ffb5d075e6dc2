import { checkNumber, cut, domains, quoteValue, whole } from "../arguments/index.ts";
import { type Examples, type Source, sourceOf } from "../data/index.ts";
import { checkWeights } from "../data/weights/index.ts";
import { isVector, sizeOf } from "../expr/index.ts";
import type { Model } from "../nn/index.ts";
import type { TrainingData } from "./training-data.ts";

/** The three sets, as messages name them. */
export const setsOf = ({ train, validation, test }: TrainingData) =>
  [
    ["training set", train],
    ["validation set", validation],
    ["test set", test],
  ] as const;

/**
 * Throws a RangeError where a set does not have as many values as its examples need, or its targets have another size than the
 * training set's, and a TypeError where they are not vectors.
 */
export function checkSizes(model: Model, data: TrainingData): void {
  const size = sizeOf(model.inputShape);
  const targetSize = data.train.count === 0 ? undefined : sourceOf(data.train).targetSize;
  for (const [set, examples] of setsOf(data)) {
    const what = `${cut(data.name)}: the ${set}`;
    checkNumber(`${what}'s count`, examples.count, whole(0));
    if ("gather" in examples) checkSource(what, examples, { size, targetSize });
    else checkExamples(what, examples, { size, targetSize });
  }
}

/** Values in one example's inputs and, if that is known, in its target. */
interface Sizes {
  readonly size: number;
  readonly targetSize: number | undefined;
}

function checkSource(what: string, { inputSize, targetSize: own }: Source, { size, targetSize = own }: Sizes): void {
  if (inputSize !== size)
    throw new RangeError(`${what} has ${inputSize} input values for each example; the model takes ${size}`);
  checkNumber(`${what}'s targetSize`, own, domains.count);
  if (own !== targetSize)
    throw new RangeError(`${what} has ${own} target values for each example; the training set has ${targetSize}`);
}

function checkExamples(what: string, examples: Examples, { size, targetSize = 1 }: Sizes): void {
  const { count, inputs, targets, weights } = examples;
  for (const [name, vector] of Object.entries<unknown>({ inputs, targets, weights }))
    if (!isVector(vector) && (name !== "weights" || vector !== undefined))
      throw new TypeError(`${what}'s ${name} are ${quoteValue(vector)}; give a Float32Array or Float64Array`);
  if (inputs.length !== count * size)
    throw new RangeError(
      `${what} has ${inputs.length} input values; ${count} examples of ${size} each need ${count * size}`,
    );
  const needed = Number.isInteger(targetSize)
    ? `of ${targetSize} each need ${count * targetSize}`
    : "need equally many each";
  if (!Number.isInteger(targetSize) || targets.length !== count * targetSize)
    throw new RangeError(`${what} has ${targets.length} target values; ${count} examples ${needed}`);
  if (weights !== undefined) checkWeights(what, weights, count);
}
