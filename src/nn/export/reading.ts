import type { Preprocessing } from "../../data/table/index.ts";
import { statementOf } from "../loss.ts";
import { outputSize } from "../outputs.ts";
import { plainTarget } from "../prediction.ts";
import type { Trained } from "../saved.ts";

/** What a net takes and what its outputs stand for, where no preprocessing says it as well. */
export interface Reading {
  readonly inputs: Preprocessing["inputs"];
  readonly target: Preprocessing["target"];
  /**
   * How the outputs become probabilities or values: a softmax over logits of classes, a sigmoid of the one logit of the second class,
   * a sigmoid of each, or nothing.
   */
  readonly outputs: "softmax" | "sigmoid of one" | "sigmoid of each" | "as they are";
  /** Outputs for one example. */
  readonly count: number;
}

/** Throws a RangeError for a net whose inputs are whitened, for forms that cannot hold the matrix. */
export function refuseWhitened({ preprocessing }: Trained): void {
  if (preprocessing?.inputs.kind === "values" && preprocessing.inputs.whitening !== undefined)
    throw new RangeError(
      `the net's inputs are whitened by a matrix, which this form does not hold; export it as ONNX, or train it without whitening`,
    );
}

export function readingOf({ model, preprocessing }: Trained): Reading {
  const count = outputSize(model);
  const isProbability = statementOf(model.loss)?.targets === "probabilities";
  const target = preprocessing?.target ?? plainTarget(model, count);
  const inputs = preprocessing?.inputs ?? { kind: "values", shape: model.inputShape, mean: [0], deviation: [1] };
  if (target.kind === "values")
    return { inputs, target, count, outputs: isProbability ? "sigmoid of each" : "as they are" };
  return { inputs, target, count, outputs: isProbability && count === 1 ? "sigmoid of one" : "softmax" };
}
