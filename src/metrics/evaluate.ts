import { isOptions, quoteValue, unknownName } from "../arguments/index.ts";
import type { Dataset, Examples } from "../data/index.ts";
import { type Preprocessing, type RawTable, targetsOfTable } from "../data/table/index.ts";
import { sizeOf } from "../expr/index.ts";
import type { Net, Prediction } from "../nn/index.ts";
import { type ClassificationMetrics, classificationMetrics } from "./classification.ts";
import { type RegressionMetrics, regressionMetrics } from "./regression.ts";

/** How good a net is. Plain data, which JSON can hold. */
export type Metrics = ClassificationMetrics | RegressionMetrics;

/** Options of `evaluate`. */
export interface EvaluateOptions {
  /** The set of a data set to evaluate on. Default: the test set. */
  readonly set?: "train" | "validation" | "test";
}

/**
 * Evaluates a net: on the test set of a data set, or on all rows of a table that has the net's columns and its target, as `csvTable`
 * reads it. Errors of a regression are in the target's unit.
 *
 *     const { accuracy, perClass } = await evaluate(net, data);
 *     const metrics = await evaluate(net, csvTable(text, "test.csv"));
 *
 * @throws RangeError without examples, and for a data set that was prepared otherwise than the net's; DataError for a table that
 * the net cannot predict from, or whose targets are not the net's
 */
export async function evaluate(
  net: Net,
  data: Dataset | RawTable,
  { set = "test" }: EvaluateOptions = {},
): Promise<Metrics> {
  if (!isOptions(data) || !("task" in data || "rows" in data))
    throw new TypeError(`evaluate: the data are ${quoteValue(data)}; give a data set, or a table from csvTable`);
  if ("rows" in data) return onTable(net, data);
  const sets = ["train", "validation", "test"] as const;
  if (!sets.includes(set)) throw new RangeError(unknownName("evaluate: set", String(set), sets));
  return onExamples(net, data, data[set]);
}

async function onTable(net: Net, table: RawTable): Promise<Metrics> {
  const { preprocessing } = net;
  if (preprocessing === undefined)
    throw new RangeError("evaluate: the net has no preprocessing, so it knows no columns; evaluate it on a data set");
  const targets = targetsOfTable(table, preprocessing);
  return metricsOf(preprocessing.target, targets, await net.predictTable(table));
}

async function onExamples(net: Net, data: Dataset, { inputs, targets, count }: Examples): Promise<Metrics> {
  const { preprocessing = plain(data) } = data;
  if (net.preprocessing !== undefined && JSON.stringify(net.preprocessing) !== JSON.stringify(preprocessing)) {
    const advice =
      "evaluate it on the data set that it was trained with, or on a table: evaluate(net, csvTable(text, name))";
    throw new RangeError(
      `evaluate: ${data.name} was prepared otherwise than the net's data: other columns, means or classes; ${advice}`,
    );
  }
  const size = sizeOf(net.model.inputShape);
  const rows = Array.from({ length: count }, (_, i) => inputs.subarray(i * size, (i + 1) * size));
  const predictions = await net.predictInputs(rows, preprocessing);
  return metricsOf(preprocessing.target, inUnit(targets, preprocessing.target), predictions);
}

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

function metricsOf(
  target: Preprocessing["target"],
  targets: ArrayLike<number>,
  predictions: readonly Prediction[],
): Metrics {
  if (target.kind === "classes") {
    const { classes, majority } = target;
    const probabilities = predictions.flatMap(({ probabilities: own = {} }) => classes.map((name) => own[name]));
    return classificationMetrics({
      classes,
      labels: targets,
      probabilities,
      ...(majority !== undefined && { majority }),
    });
  }
  const { names, mean } = target;
  const predicted = predictions.flatMap(({ value, values = {} }) =>
    value === undefined ? names.map((name) => values[name]) : [value],
  );
  return regressionMetrics({ names, actual: targets, predicted, means: mean });
}
