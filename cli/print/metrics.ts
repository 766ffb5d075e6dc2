import type { ClassificationMetrics, Metrics, TargetMetrics } from "../../src/metrics/index.ts";
import {
  alwaysWords,
  areaWords,
  classColumns,
  format,
  numberColumn,
  tableLines,
  targetColumns,
  textColumn,
} from "../../src/report/index.ts";

/** How good a net is, for people. */
export const metricsText = (metrics: Metrics): string =>
  metrics.task === "classification" ? classification(metrics) : errors(metrics.targets, metrics.count);

function classification(metrics: ClassificationMetrics): string {
  const { count, accuracy, interval, baseline, topK, logLoss } = metrics;
  const areas = areaWords(metrics);
  const facts = [
    `accuracy ${format.percent(accuracy)}, 95 % interval ${format.percentRange(interval)}, of ${format.count(count)} examples`,
    alwaysWords(baseline),
    ...(topK === undefined ? [] : [`among the ${topK.k} most probable classes: ${format.percent(topK.accuracy)}`]),
    `log loss ${format.loss(logLoss)}`,
    ...(areas === "" ? [] : [`${areas}, for "${metrics.perClass[1].class}"`]),
  ];
  return [...facts, "", ...tableLines(classColumns, metrics.perClass), "", ...confusionLines(metrics), ""].join("\n");
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
  return [
    ...tableLines(targetColumns, targets),
    "",
    `on ${format.count(count)} examples; the mean is that of the training set`,
    "",
  ].join("\n");
}
