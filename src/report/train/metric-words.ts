import { quote } from "../../arguments/index.ts";
import type {
  ClassificationMetrics,
  ClassMetrics,
  Metrics,
  RegressionErrors,
  TargetMetrics,
} from "../../metrics/index.ts";
import * as format from "../format.ts";
import { several } from "../phrases.ts";
import { confusions } from "./metric-tables.ts";

/** What a net's metrics say beside its loss, its accuracy and the accuracy's baseline, a line each. */
export function metricWords(metrics: Metrics): string[] {
  if (metrics.task === "classification") return [...scoreWords(metrics), ...confusedWords(metrics)];
  return metrics.targets.length === 1 ? [errorWords(metrics.targets[0]), meanWords(metrics.targets[0])] : [];
}

/** Precision, recall and what else is a single number. */
export const scoreWords = (metrics: ClassificationMetrics): string[] => {
  const { topK, perClass, macro } = metrics;
  return [
    ...(topK === undefined ? [] : [`among the ${topK.k} most probable classes: ${format.percent(topK.accuracy)}`]),
    perClass.length === 2 ? secondWords(metrics) : `${partsWords(macro)}, means over the classes`,
  ];
};

/** Of two classes the second is the one that is looked for. */
function secondWords(metrics: ClassificationMetrics): string {
  const [, second] = metrics.perClass;
  return [`for ${quote(second.class)}: ${partsWords(second)}`, areaWords(metrics)]
    .filter((words) => words !== "")
    .join("; ");
}

const partsWords = ({ precision, recall, f1 }: Pick<ClassMetrics, "precision" | "recall" | "f1">): string =>
  `precision ${format.percent(precision)}, recall ${format.percent(recall)}, F1 ${format.rSquared(f1)}`;

/** The areas under the curves of two classes; empty where one of them does not occur. */
export const areaWords = ({ rocAuc, averagePrecision }: ClassificationMetrics): string =>
  rocAuc === undefined || rocAuc === null
    ? ""
    : `ROC AUC ${format.rSquared(rocAuc)}, average precision ${format.rSquared(averagePrecision)}`;

function confusedWords(metrics: ClassificationMetrics): string[] {
  const [most] = confusions(metrics);
  if (most === undefined || metrics.perClass.length === 2) return [];
  const { actual, predicted, count, support } = most;
  return [
    `most often confused: ${quote(actual)} taken for ${quote(predicted)}, ${count} of ${several(support, "example")}`,
  ];
}

/** `RMSE 12.34 and MAE 9.120 in the target's unit, R² 0.960` */
export function errorWords({ rmse, mae, r2 }: RegressionErrors): string {
  const errors = mae === null ? `RMSE ${format.loss(rmse)}` : `RMSE ${format.loss(rmse)} and MAE ${format.loss(mae)}`;
  return `${errors} in the target's unit${r2 === null ? "" : `, R² ${format.rSquared(r2)}`}`;
}

const meanWords = ({ baseline }: TargetMetrics): string =>
  `always predicting the training set's mean, ${format.loss(baseline.value)}, gives RMSE ${format.loss(baseline.rmse)} and MAE ${format.loss(baseline.mae)}`;
