import { cut } from "../arguments/index.ts";
import type { Dataset, Examples } from "../data/index.ts";
import type { Preprocessing } from "../data/table/index.ts";
import { sizeOf } from "../expr/index.ts";
import { type Model, type Net, outputSize, type Prediction, statementOf } from "../nn/index.ts";

/** What a net predicts for examples whose targets are known. */
export interface Answers {
  readonly target: Preprocessing["target"];
  /** Class indices, or values in their unit: examples × targets. */
  readonly actual: ArrayLike<number>;
  readonly predictions: readonly Prediction[];
}

/** @throws RangeError for a data set that was prepared otherwise than the net's, and classes that the net does not tell */
export async function answersFor(net: Net, data: Dataset, { inputs, targets, count }: Examples): Promise<Answers> {
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
  const size = sizeOf(net.model.inputShape);
  const rows = Array.from({ length: count }, (_, i) => inputs.subarray(i * size, (i + 1) * size));
  const { target } = preprocessing;
  return { target, actual: inUnit(targets, target), predictions: await net.predictInputs(rows, preprocessing) };
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
  if (target.kind === "classes") return Float64Array.from(targets);
  const { mean, deviation, names } = target;
  return Float64Array.from(targets, (y, i) => mean[i % names.length] + deviation[i % names.length] * y);
}

/** The predicted values, in the order of the targets. */
export const valuesOf = ({ value, values = {} }: Prediction, names: readonly string[]): readonly number[] =>
  value === undefined ? names.map((name) => values[name]) : [value];

/** The first prediction that is not finite, from 0; −1 if all are. */
export const firstNotFinite = (predictions: readonly Prediction[]): number =>
  predictions.findIndex(
    ({ value, values, probabilities }) =>
      !(value === undefined ? Object.values(values ?? probabilities ?? {}) : [value]).every(Number.isFinite),
  );
