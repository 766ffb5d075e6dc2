import { cut } from "../arguments/index.ts";
import { type Dataset, type Examples, inOrderOf, sourceOf } from "../data/index.ts";
import { type Preprocessing, targetCount } from "../data/table/index.ts";
import { type Model, type Net, outputSize, type Prediction, statementOf } from "../nn/index.ts";

/** What a net predicts for examples whose targets are known. */
export interface Answers {
  readonly target: Preprocessing["target"];
  /** Class indices, or values in their unit: examples × targets. */
  readonly actual: ArrayLike<number>;
  /** The probability of each class, or the predicted value of each target: examples × classes or targets. */
  readonly predicted: Float64Array;
}

/** @throws RangeError for a data set that was prepared otherwise than the net's, and classes that the net does not tell */
export async function answersFor(net: Net, data: Dataset, examples: Examples): Promise<Answers> {
  const { preprocessing = plain(data) } = data;
  if (net.preprocessing !== undefined && JSON.stringify(net.preprocessing) !== JSON.stringify(preprocessing)) {
    const advice =
      "evaluate it on the data set that it was trained with, or on a table: evaluate(net, csvTable(text, name))";
    throw new RangeError(
      `evaluate: ${data.name} was prepared otherwise than the net's data: other columns, means or classes; ${advice}`,
    );
  }
  if (!tells(net.model, data))
    throw new RangeError(
      `evaluate: the outputs of ${cut(net.model.name)}, ${outputSize(net.model)} for each example, are not the probabilities of the ${data.classes.length} classes of ${cut(data.name)}; train it with a loss for classes, such as softmaxCrossEntropy`,
    );
  const { target } = preprocessing;
  const [source, width] = [sourceOf(examples), targetCount({ target })];
  const predicted = new Float64Array(examples.count * width);
  const { inputSize, targetSize } = source;
  const part = Math.max(1, Math.min(EXAMPLES, Math.floor(INPUTS / inputSize)));
  const [inputs, ignored] = [new Float64Array(part * inputSize), new Float64Array(part * targetSize)];
  let done = 0;
  for (const indices of inOrderOf(examples.count, part)) {
    await source.gather(indices, inputs, ignored);
    const rows = Array.from(indices, (_, i) => inputs.subarray(i * inputSize, (i + 1) * inputSize));
    const predictions = await net.predictInputs(rows, preprocessing);
    predicted.set(flat(predictions, target), done * width);
    done += indices.length;
  }
  return { target, actual: inUnit(examples.targets, target), predicted };
}

/** The most examples, and the most of their inputs, that are in memory at a time. */
const [EXAMPLES, INPUTS] = [500, 2 ** 20];

/** Predictions as one array: the probability of each class, or the value of each target. */
export function flat(predictions: readonly Prediction[], target: Preprocessing["target"]): Float64Array {
  const out = new Float64Array(predictions.length * targetCount({ target }));
  for (const [i, { value, values = {}, probabilities = {} }] of predictions.entries())
    if (target.kind === "classes")
      for (const [at, name] of target.classes.entries()) out[i * target.classes.length + at] = probabilities[name];
    else for (const [at, name] of target.names.entries()) out[i * target.names.length + at] = value ?? values[name];
  return out;
}

/** Whether the outputs of a model are what the data ask for: one value for each target, or the probability of each class. */
export const tells = (model: Model, { task, classes }: Pick<Dataset, "task" | "classes">): boolean =>
  task === "regression" ||
  outputSize(model) === classes.length ||
  (classes.length === 2 && statementOf(model.loss)?.targets === "probabilities");

/** The preprocessing of data that have none: inputs, classes and values as they are. */
function plain({ task, classes, outputs, inputShape, targetStandardization }: Dataset): Preprocessing {
  const names = Array.from({ length: outputs }, (_, i) => `${i}`);
  const { mean, deviation } = targetStandardization ?? { mean: names.map(() => 0), deviation: names.map(() => 1) };
  return {
    inputs: { kind: "values", shape: inputShape, mean: [0], deviation: [1] },
    target: task === "classification" ? { kind: "classes", classes } : { kind: "values", names, mean, deviation },
  };
}

/** Standardised targets in their own unit; class indices stay as they are. */
function inUnit(targets: ArrayLike<number>, target: Preprocessing["target"]): Float64Array {
  const values = new Float64Array(targets.length);
  for (let i = 0; i < values.length; i++)
    values[i] =
      target.kind === "classes"
        ? targets[i]
        : target.mean[i % target.names.length] + target.deviation[i % target.names.length] * targets[i];
  return values;
}

/** The first example whose prediction is not finite, from 0; −1 if all are. */
export function firstNotFinite({ predicted, target }: Pick<Answers, "predicted" | "target">): number {
  const at = predicted.findIndex((value) => !Number.isFinite(value));
  return at < 0 ? -1 : Math.floor(at / targetCount({ target }));
}
