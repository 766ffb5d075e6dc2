import { isOptions, quote, quoteValue, someOf, unknownName } from "../arguments/index.ts";
import { checkData, type Dataset } from "../data/index.ts";
import { type RowOptions, rowTable } from "../data/own/index.ts";
import { columnName, type RawTable, targetsOfTable } from "../data/table/index.ts";
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

/** Rows to evaluate on, with the net's columns and its target: all of them. */
export type EvaluationRows = Pick<RowOptions, "rows" | "name" | "target">;

/**
 * Evaluates a net: on the test set of a data set, or on all rows of a table that has the net's columns and its target, as `csvTable`
 * reads it, or on rows. Errors of a regression are in the target's unit.
 *
 *     const { accuracy, perClass } = await evaluate(net, data);
 *     const metrics = await evaluate(net, csvTable(text, "test.csv"));
 *     const { r2 } = await evaluate(net, { rows: [{ size: 40, colour: "red", price: 3 }, …] });
 *
 * @throws RangeError without examples, for a data set that was prepared otherwise than the net's or has classes that the net does not
 * tell, and for predictions that are not finite; DataError for a table that the net cannot predict from, or whose targets are not
 * the net's; TypeError for data of another kind
 */
export async function evaluate(
  net: Net,
  data: Dataset | RawTable | EvaluationRows,
  { set = "test" }: EvaluateOptions = {},
): Promise<Metrics> {
  if (Array.isArray(data))
    throw new TypeError(`evaluate: the data are ${quoteValue(data)}; give rows by name: evaluate(net, { rows })`);
  if (!isOptions(net) || !("predictInputs" in net))
    throw new TypeError(
      `evaluate: the net is ${quoteValue(net)}; give a trained one, such as await fit({ … }) or await load("model")`,
    );
  if (!isOptions(data) || !("task" in data || "rows" in data))
    throw new TypeError(
      `evaluate: the data are ${quoteValue(data)}; give a data set, a table from csvTable, or { rows: [{ … }, …] }`,
    );
  if ("rows" in data) return metricsFrom(await answersForTable(net, isTable(data) ? data : tableFor(net, data)));
  checkData(data, "evaluate: data");
  const sets = ["train", "validation", "test"] as const;
  if (!sets.includes(set)) throw new RangeError(unknownName("evaluate: set", String(set), sets));
  return metricsFrom(await answersFor(net, data, data[set]));
}

const isTable = (data: RawTable | EvaluationRows): data is RawTable => typeof data.rows === "number";

/** Rows as a table. Throws a RangeError for another target than the net's. */
function tableFor({ preprocessing }: Net, { name = "data", rows, target }: EvaluationRows): RawTable {
  const table = rowTable({ name, rows, ...(target !== undefined && { target }) });
  if (target === undefined || preprocessing === undefined) return table;
  const own = preprocessing.target.kind === "classes" ? [preprocessing.target.name] : preprocessing.target.names;
  const named = table.targets.map((at) => columnName(table.columns[at]));
  if (named.length === own.length && named.every((each, at) => each === own[at])) return table;
  const wanted = own.filter((each) => each !== undefined);
  throw new RangeError(
    `evaluate: the target is ${someOf(named.map(quote))}, but the net predicts ${someOf(wanted.map(quote))}; leave target out`,
  );
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
