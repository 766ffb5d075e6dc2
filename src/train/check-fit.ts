import { cut } from "../arguments/index.ts";
import { inputNames, type Sampler, sourceOf } from "../data/index.ts";
import { SettingError, setting } from "../files/index.ts";
import {
  canWeigh,
  checkTensors,
  layersOf,
  type Model,
  outputSize,
  type StrayIndex,
  statementOf,
  strayIndex,
  unweighable,
} from "../nn/index.ts";
import { findInvalidTarget, targetDomain } from "../objective/index.ts";
import { checkSizes, setsOf } from "./sizes.ts";
import type { TrainingData } from "./training-data.ts";

/** What a model's outputs and loss have to fit. */
interface Sides {
  readonly data: TrainingData;
  /** The loss, as messages name it. */
  readonly loss: string;
  /** Outputs of the model for one example. */
  readonly outputs: number;
  /** Values in one example's target: 1 for a class label. */
  readonly targetSize: number;
}

/**
 * Throws a RangeError where the data do not have the lengths that they state or the sizes that the model takes, or where the
 * model's outputs and loss cannot fit them: a softmax over 1 output has the loss 0 whatever the weights, and a label beyond the
 * outputs has no loss. A custom loss may take any targets. Throws a TypeError where the data have weights, and the loss cannot weigh
 * examples.
 */
export function checkFit(model: Model, data: TrainingData): void {
  checkTensors(model.name, [...model.parameters, ...model.state]);
  checkSizes(model, data);
  refuseStrayIndex(model, data);
  if (setsOf(data).some(([, examples]) => sourceOf(examples).weighted) && !canWeigh(model.loss))
    throw new TypeError(`${cut(data.name)} has weights: ${unweighable(model.loss)}`);
  const stated = statementOf(model.loss);
  if (stated === undefined || data.train.count === 0) return;
  const { targetSize } = sourceOf(data.train);
  const sides = { data, loss: stated.name, outputs: outputSize(model), targetSize };
  const words = fits[stated.targets](sides) ?? strayTarget(model, sides);
  if (words !== undefined) throw new RangeError(`${cut(model.name)} does not fit ${cut(data.name)}: ${words}`);
}

/** Throws a RangeError where a batch has fewer examples than a layer can learn from. */
export function checkBatches(
  model: Model,
  {
    batchSize,
    batchesPerEpoch,
    dropLast,
  }: Pick<Sampler, "batchSize" | "batchesPerEpoch"> & { readonly dropLast: boolean },
  count: number,
): void {
  const last = dropLast ? batchSize : count - (batchesPerEpoch - 1) * batchSize;
  const layer = layersOf(model)?.find(({ leastBatch }) => Math.min(batchSize, last) < leastBatch);
  if (layer === undefined) return;
  const which = batchSize < layer.leastBatch ? "batches have" : "an epoch's last batch has";
  throw new SettingError(
    `${cut(model.name)}: ${which} ${counted(Math.min(batchSize, last), "example")}, but ${layer.name} (${layer.builder.kind.kind}) can learn only from ${layer.leastBatch} or more; take another ${setting("--batch-size", "batchSize")}`,
  );
}

/** Checks inputs in memory, where the net takes indices. */
function refuseStrayIndex(model: Model, data: TrainingData): void {
  const names = namesOf(data);
  const strays = setsOf(data).flatMap(([set, examples]) => {
    const stray = "gather" in examples ? undefined : strayIndex(model, examples.inputs, names);
    return stray === undefined ? [] : [{ ...stray, set }];
  });
  const [first] = strays;
  if (first === undefined) return;
  throw new SettingError(
    `${cut(model.name)} does not fit ${cut(data.name)}: example ${first.example + 1} of the ${first.set}: ${first.problem}; ${indexAdvice(strays)}`,
  );
}

/** What was standardised is hardly ever whole; codes that are too large need more rows. */
function indexAdvice(strays: readonly StrayIndex[]): string {
  const larger = strays.flatMap((stray) => stray.larger ?? []).sort((a, b) => b.code - a.code);
  return larger.length < strays.length
    ? `give it indices as they are, not standardised: ${setting("--as-is", "asIs: true")}`
    : `the largest code is ${larger[0].code}: take ${larger[0].layer}`;
}

const namesOf = ({ preprocessing }: TrainingData): string[] =>
  preprocessing?.inputs.kind === "columns" ? preprocessing.inputs.columns.flatMap(inputNames) : [];

/** What is wrong, if anything, and what to do about it. */
const fits = {
  class: ({ data, loss, outputs, targetSize }: Sides): string | undefined => {
    if (data.task === "regression")
      return `${loss} takes class labels, but the task is regression; use a loss such as meanSquaredError, with ${counted(targetSize, "output")}`;
    if (targetSize !== 1) return `${loss} takes one class label for each example, but there are ${targetSize}`;
    if (outputs === data.outputs) return undefined;
    const binary = data.outputs === 2 && outputs === 1 ? ", or the loss binaryCrossEntropy with 1" : "";
    return `${counted(outputs, "output")} for ${data.outputs} classes; ${loss} needs ${counted(data.outputs, "output")}, one for each class${binary}`;
  },
  probabilities: (sides: Sides): string | undefined => {
    const { data, loss } = sides;
    if (data.task === "classification" && data.outputs > 2)
      return `${loss} is for 2 classes, but there are ${data.outputs}; use softmaxCrossEntropy, with ${data.outputs} outputs`;
    return uneven(sides);
  },
  numbers: (sides: Sides): string | undefined => uneven(sides),
} as const;

function uneven({ data, loss, outputs, targetSize }: Sides): string | undefined {
  if (outputs === targetSize) return undefined;
  const labels = data.task === "classification" ? `, or softmaxCrossEntropy with ${data.outputs}` : "";
  return `${counted(outputs, "output")} for ${counted(targetSize, "number")} in each target; ${loss} needs ${counted(targetSize, "output")}${labels}`;
}

/** Checks targets in memory; those of a source are checked when they are read. */
function strayTarget(model: Model, { data, loss, outputs, targetSize }: Sides): string | undefined {
  const allowed = targetDomain(model);
  if (allowed === undefined) return undefined;
  for (const [set, examples] of setsOf(data)) {
    if ("gather" in examples) continue;
    const at = findInvalidTarget(examples.targets, allowed);
    if (at < 0) continue;
    const one = `but example ${Math.floor(at / targetSize) + 1} of the ${set} has ${examples.targets[at]}`;
    if (data.task === "regression")
      return `${loss} takes targets from 0 to 1, ${one}; use a loss such as meanSquaredError`;
    return `${loss} takes class labels from 0, with ${counted(outputs, "output")} ${allowed.words}, ${one}`;
  }
  return undefined;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
