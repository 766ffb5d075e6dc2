import { cut } from "../arguments/index.ts";
import { sourceOf } from "../data/index.ts";
import { checkTensors, type Model, statementOf } from "../nn/index.ts";
import { findInvalidTarget, outputSize, targetDomain } from "../objective/index.ts";
import { checkSizes, partsOf } from "./sizes.ts";
import type { TrainingData } from "./training-data.ts";

/** What a model's outputs and loss are held against. */
interface Sides {
  readonly data: TrainingData;
  /** The loss, as messages name it. */
  readonly loss: string;
  /** Numbers in the model's output for one example. */
  readonly outputs: number;
  /** Numbers in one example's target: 1 for a class index. */
  readonly targetSize: number;
}

/**
 * Throws a RangeError where data are not as long as they say, or are not of the model's size; and where its outputs and its loss
 * cannot be right for them: a softmax over 1 output has the loss 0 whatever the weights, and a label beyond the outputs has
 * none. A loss of one's own may take any targets.
 */
export function checkFit(model: Model, data: TrainingData): void {
  checkTensors(model.name, [...model.parameters, ...model.state]);
  checkSizes(model, data);
  const stated = statementOf(model.loss);
  if (stated === undefined || data.train.count === 0) return;
  const { targetSize } = sourceOf(data.train);
  const sides = { data, loss: stated.name, outputs: outputSize(model), targetSize };
  const words = fits[stated.targets](sides) ?? beyond(model, sides);
  if (words !== undefined) throw new RangeError(`${cut(model.name)} does not fit ${cut(data.name)}: ${words}`);
}

/** What is wrong, if anything, and what helps. */
const fits = {
  class: ({ data, loss, outputs, targetSize }: Sides): string | undefined => {
    if (data.task === "regression")
      return `${loss} takes class labels, and the task is regression; take a loss such as meanSquaredError, with ${counted(targetSize, "output")}`;
    if (targetSize !== 1) return `${loss} takes one class label for each example, and there are ${targetSize}`;
    if (outputs === data.outputs) return undefined;
    const binary = data.outputs === 2 && outputs === 1 ? ", or the loss binaryCrossEntropy with 1" : "";
    return `${counted(outputs, "output")} for ${data.outputs} classes; ${loss} needs ${counted(data.outputs, "output")}, one for each class${binary}`;
  },
  probabilities: (sides: Sides): string | undefined => {
    const { data, loss } = sides;
    if (data.task === "classification" && data.outputs > 2)
      return `${loss} tells 2 classes apart, and there are ${data.outputs}; take softmaxCrossEntropy, with ${data.outputs} outputs`;
    return uneven(sides);
  },
  numbers: (sides: Sides): string | undefined => uneven(sides),
} as const;

function uneven({ data, loss, outputs, targetSize }: Sides): string | undefined {
  if (outputs === targetSize) return undefined;
  const labels = data.task === "classification" ? `, or softmaxCrossEntropy with ${data.outputs}` : "";
  return `${counted(outputs, "output")} for ${counted(targetSize, "number")} in each target; ${loss} needs ${counted(targetSize, "output")}${labels}`;
}

/** Targets in memory are looked at; those of a source are when they come. */
function beyond(model: Model, { data, loss, outputs, targetSize }: Sides): string | undefined {
  const allowed = targetDomain(model);
  if (allowed === undefined) return undefined;
  for (const [part, examples] of partsOf(data)) {
    if ("gather" in examples) continue;
    const at = findInvalidTarget(examples.targets, allowed);
    if (at < 0) continue;
    const one = `and one is ${examples.targets[at]}, of example ${Math.floor(at / targetSize)} in the ${part}`;
    if (data.task === "regression")
      return `${loss} takes targets from 0 to 1, ${one}; take a loss such as meanSquaredError`;
    return `${loss} takes class labels from 0, with ${counted(outputs, "output")} ${allowed.words}, ${one}`;
  }
  return undefined;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
