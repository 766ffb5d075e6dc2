/** How good a trained net is: the metrics of classifiers and regressions, beside a baseline. */
export {
  type Calibration,
  type ClassificationMetrics,
  type Classified,
  type ClassMetrics,
  classificationMetrics,
} from "./classification.ts";
export { type EvaluateOptions, type EvaluationRows, evaluate, type Metrics } from "./evaluate.ts";
export { averagePrecision, rocAuc } from "./ranking.ts";
export {
  errorsFromLoss,
  type Predicted,
  type RegressionErrors,
  type RegressionMetrics,
  regressionMetrics,
  type StandardizedTarget,
  type TargetMetrics,
} from "./regression.ts";
export { measureTest, type PredictedValues, type TestMeasures } from "./test-measures.ts";
export { wilson } from "./wilson.ts";
