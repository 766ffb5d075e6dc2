import { isOptions, quoteValue, unknownName } from "../arguments/index.ts";
import type { Dataset } from "../data/index.ts";
import { type RawTable, targetsOfTable } from "../data/table/index.ts";
import type { Net } from "../nn/index.ts";
import { type Answers, answersFor, firstNotFinite, flat } from "./answers.ts";
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
 * @throws RangeError without examples, for a data set that was prepared otherwise than the net's or has classes that the net does not
 * tell, and for predictions that are not finite; DataError for a table that the net cannot predict from, or whose targets are not
 * the net's
 */
export async function evaluate(
  net: Net,
  data: Dataset | RawTable,
  { set = "test" }: EvaluateOptions = {},
): Promise<Metrics> {
  if (!isOptions(data) || !("task" in data || "rows" in data))
    throw new TypeError(`evaluate: the data are ${quoteValue(data)}; give a data set, or a table from csvTable`);
  if ("rows" in data) return metricsFrom(await answersForTable(net, data));
  const sets = ["train", "validation", "test"] as const;
  if (!sets.includes(set)) throw new RangeError(unknownName("evaluate: set", String(set), sets));
  return metricsFrom(await answersFor(net, data, data[set]));
}

async function answersForTable(net: Net, table: RawTable): Promise<Answers> {
  const { preprocessing } = net;
  if (preprocessing === undefined)
    throw new RangeError("evaluate: the net has no preprocessing, so it knows no columns; evaluate it on a data set");
  const actual = targetsOfTable(table, preprocessing);
  const { target } = preprocessing;
  return { target, actual, predicted: flat(await net.predictTable(table), target) };
}

/** @throws RangeError without examples, and for predictions that are not finite */
export function metricsFrom({ target, actual, predicted }: Answers): Metrics {
  const at = firstNotFinite({ target, predicted });
  if (at >= 0)
    throw new RangeError(
      `evaluate: what the net predicts for example ${at + 1} is not finite; its weights or the example's inputs are too large`,
    );
  if (target.kind === "classes") {
    const { classes, majority, isTied } = target;
    return classificationMetrics({
      classes,
      labels: actual,
      probabilities: predicted,
      ...(majority !== undefined && { majority, ...(isTied && { isTied }) }),
    });
  }
  const { names, mean, baseline = mean } = target;
  return regressionMetrics({ names, actual, predicted, means: baseline });
}
