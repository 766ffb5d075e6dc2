import {
  count,
  fits,
  fraction,
  list,
  nullable,
  number,
  object,
  oneOf,
  optional,
  pair,
  type Schema,
  text,
} from "../../files/schema/index.ts";
import type {
  Calibration,
  ClassificationMetrics,
  ClassMetrics,
  Metrics,
  PredictedValues,
  RegressionMetrics,
  TargetMetrics,
} from "../../metrics/index.ts";

/** Schemas of what was measured on the test set. */

const maybe = nullable(fraction);

const classification = object<ClassificationMetrics>({
  task: oneOf("classification"),
  count,
  accuracy: fraction,
  interval: pair(fraction),
  baseline: object<ClassificationMetrics["baseline"]>({
    ...{ class: text, accuracy: fraction, isTied: optional(oneOf(true)) },
  }),
  topK: optional(object<NonNullable<ClassificationMetrics["topK"]>>({ k: count, accuracy: fraction })),
  logLoss: number,
  perClass: list(object<ClassMetrics>({ class: text, support: number, precision: maybe, recall: maybe, f1: maybe })),
  macro: object<ClassificationMetrics["macro"]>({ precision: fraction, recall: fraction, f1: fraction }),
  rocAuc: optional(maybe),
  averagePrecision: optional(maybe),
  confusion: list(list(number)),
  calibration: object<Calibration>({
    bins: list(object<Calibration["bins"][number]>({ confidence: fraction, accuracy: fraction, count })),
    error: fraction,
  }),
});

const regression = object<RegressionMetrics>({
  task: oneOf("regression"),
  count,
  targets: list(
    object<TargetMetrics>({
      name: text,
      mae: number,
      rmse: number,
      r2: nullable(number),
      baseline: object<TargetMetrics["baseline"]>({ value: number, mae: number, rmse: number }),
    }),
  ),
});

const isRegression = object<{ task: "regression" }>({ task: oneOf("regression") });

export const metrics: Schema<Metrics> = {
  problem: (value, path) => (fits(isRegression, value) ? regression : classification).problem(value, path),
};

const columns = object<PredictedValues>({ name: text, actual: list(number), predicted: list(number) });

/** As many predictions as values. */
export const predictedValues: Schema<PredictedValues> = {
  problem: (value, path) => {
    const problem = columns.problem(value, path);
    if (problem !== undefined || !fits(columns, value) || value.actual.length === value.predicted.length)
      return problem;
    return `${path} has ${value.actual.length} values and ${value.predicted.length} predictions, expected as many of each`;
  },
};
