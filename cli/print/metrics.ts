import type { ClassificationMetrics, ClassMetrics, Metrics, TargetMetrics } from "../../src/metrics/index.ts";
import { format, numberColumn, tableLines, textColumn } from "../../src/report/index.ts";

/** How good a net is, for people. */
export const metricsText = (metrics: Metrics): string =>
  metrics.task === "classification" ? classification(metrics) : errors(metrics.targets, metrics.count);

function classification(metrics: ClassificationMetrics): string {
  const { count, accuracy, interval, baseline, topK, logLoss, rocAuc, averagePrecision } = metrics;
  const facts = [
    `accuracy ${format.percent(accuracy)}, 95 % interval ${format.percentRange(interval)}, of ${format.count(count)} examples`,
    `always predicting "${baseline.class}" gives ${format.percent(baseline.accuracy)}`,
    ...(topK === undefined ? [] : [`among the ${topK.k} most probable classes: ${format.percent(topK.accuracy)}`]),
    `log loss ${format.loss(logLoss)}`,
    ...(rocAuc === undefined
      ? []
      : [
          `ROC AUC ${format.rSquared(rocAuc)}, average precision ${format.rSquared(averagePrecision)}, for "${metrics.perClass[1].class}"`,
        ]),
  ];
  const columns = [
    textColumn<ClassMetrics>("class", (each) => each.class),
    numberColumn<ClassMetrics>("examples", ({ support }) => support, format.count),
    numberColumn<ClassMetrics>("precision", ({ precision }) => precision, format.percent),
    numberColumn<ClassMetrics>("recall", ({ recall }) => recall, format.percent),
    numberColumn<ClassMetrics>("F1", ({ f1 }) => f1, format.rSquared),
  ];
  return [...facts, "", ...tableLines(columns, metrics.perClass), "", ...confusionLines(metrics), ""].join("\n");
}

/** With more classes the confusion matrix is left to --json. */
const MOST_CLASSES = 12;

function confusionLines({ confusion, perClass }: ClassificationMetrics): string[] {
  if (perClass.length > MOST_CLASSES) return [`confusion matrix: ${perClass.length} classes, see --json`];
  const rows = confusion.map((counts, i) => ({ name: perClass[i].class, counts }));
  const columns = [
    textColumn<(typeof rows)[number]>("actual \\ predicted", ({ name }) => name),
    ...perClass.map((each, i) =>
      numberColumn<(typeof rows)[number]>(each.class, ({ counts }) => counts[i], format.count),
    ),
  ];
  return tableLines(columns, rows);
}

function errors(targets: readonly TargetMetrics[], count: number): string {
  const columns = [
    textColumn<TargetMetrics>("target", ({ name }) => name),
    numberColumn<TargetMetrics>("RMSE", ({ rmse }) => rmse, format.loss),
    numberColumn<TargetMetrics>("MAE", ({ mae }) => mae, format.loss),
    numberColumn<TargetMetrics>("R²", ({ r2 }) => r2, format.rSquared),
    numberColumn<TargetMetrics>("RMSE of the mean", ({ baseline }) => baseline.rmse, format.loss),
    numberColumn<TargetMetrics>("MAE of the mean", ({ baseline }) => baseline.mae, format.loss),
  ];
  return [
    ...tableLines(columns, targets),
    "",
    `on ${format.count(count)} examples; the mean is that of the training set`,
    "",
  ].join("\n");
}
