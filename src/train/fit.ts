import { sourceOf } from "../data/source.ts";
import { cut } from "../expr/quote.ts";
import { type Model, statementOf } from "../nn/index.ts";
import { outputSize } from "../objective/net/pass.ts";
import type { RunOptions } from "./options.ts";

/** What a model's outputs and loss are held against. */
interface Sides {
  readonly data: RunOptions["data"];
  /** The loss, as messages name it. */
  readonly loss: string;
  /** Numbers in the model's output for one example. */
  readonly outputs: number;
  /** Numbers in one example's target: 1 for a class index. */
  readonly targetSize: number;
}

/**
 * Throws a RangeError where a model's outputs and its loss cannot be right for the data: a softmax over 1 output has the
 * loss 0 whatever the weights. A loss of one's own is left alone, for it may take anything.
 */
export function checkFit(model: Model, data: RunOptions["data"]): void {
  const stated = statementOf(model.loss);
  if (stated === undefined || data.train.count === 0) return;
  const { targetSize } = sourceOf(data.train);
  const words = fits[stated.targets]({ data, loss: stated.name, outputs: outputSize(model), targetSize });
  if (words !== undefined) throw new RangeError(`${cut(model.name)} does not fit ${cut(data.name)}: ${words}`);
}

/** What is wrong, if anything, and what helps. */
const fits = {
  class: ({ data, loss, outputs, targetSize }: Sides): string | undefined => {
    if (data.task === "regression")
      return `${loss} takes class labels, and the task is regression; take a loss such as meanSquaredError, with ${counted(targetSize, "output")}`;
    if (outputs === data.outputs) return undefined;
    const binary = data.outputs === 2 && outputs === 1 ? ", or the loss binaryCrossEntropy with 1" : "";
    return `${counted(outputs, "output")} for ${data.outputs} classes; ${loss} needs ${counted(data.outputs, "output")}, one for each class${binary}`;
  },
  probabilities: (sides: Sides): string | undefined => {
    const { data, loss } = sides;
    if (data.task === "classification" && data.outputs > 2)
      return `${loss} tells 2 classes apart, and there are ${data.outputs}; take softmaxCrossEntropy, with ${data.outputs} outputs`;
    return uneven(sides) ?? beyond(data.train, loss);
  },
  numbers: (sides: Sides): string | undefined => uneven(sides),
} as const;

function uneven({ data, loss, outputs, targetSize }: Sides): string | undefined {
  if (outputs === targetSize) return undefined;
  const labels = data.task === "classification" ? `, or softmaxCrossEntropy with ${data.outputs}` : "";
  return `${counted(outputs, "output")} for ${counted(targetSize, "number")} in each target; ${loss} needs ${counted(targetSize, "output")}${labels}`;
}

/** Targets in memory are looked at; those of a source come later. */
function beyond(examples: RunOptions["data"]["train"], loss: string): string | undefined {
  const strange = "targets" in examples ? examples.targets.find((y) => !(y >= 0 && y <= 1)) : undefined;
  return strange === undefined
    ? undefined
    : `${loss} takes targets from 0 to 1, and one is ${strange}; take a loss such as meanSquaredError`;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
