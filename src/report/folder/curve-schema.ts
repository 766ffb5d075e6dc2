import type { CurveFit, CurveInterval, FittedParameter } from "../../curves/index.ts";
import {
  count,
  list,
  nullable,
  number,
  object,
  oneOf,
  optional,
  record,
  type Schema,
  text,
} from "../../files/schema/index.ts";
import type { CurvePath, CurveRecord } from "../curve/curve-record.ts";

/** The schema of a fitted curve. */

const maybe = nullable(number);

const pair: Schema<CurveInterval> = {
  problem: (value, path) =>
    Array.isArray(value) && value.length === 2
      ? list(number).problem(value, path)
      : `${path} is not as expected: a lower and an upper end`,
};

const interval = nullable(pair);
const matrix = list(list(maybe));

const parameter = object<FittedParameter>({
  name: text,
  value: number,
  standardError: maybe,
  interval,
  fixed: optional(oneOf(true)),
  atBound: optional(oneOf("low", "high")),
  undetermined: optional(oneOf(true)),
});

export const curve = object<CurveRecord>({
  formula: text,
  response: text,
  predictors: list(text),
  parameters: list(parameter),
  observations: count,
  sumOfSquares: number,
  degreesOfFreedom: number,
  residualStandardError: maybe,
  r2: maybe,
  adjustedR2: maybe,
  chiSquare: maybe,
  reducedChiSquare: maybe,
  aic: maybe,
  bic: maybe,
  level: number,
  covariance: matrix,
  correlation: matrix,
  loss: object<CurveFit["loss"]>({ kind: oneOf("linear", "huber", "soft-l1", "cauchy"), scale: number, value: number }),
  weighting: oneOf("none", "weights", "sigma", "absolute sigma"),
  outcome: object<CurveFit["outcome"]>({
    kind: oneOf("converged", "stalled", "maximum iterations", "diverged", "singular", "interrupted"),
    reason: text,
    iterations: number,
  }),
  starts: object<CurveFit["starts"]>({ tried: count, walked: count, reached: count }),
  dropped: number,
  columns: record(list(number)),
  observed: list(number),
  fitted: list(number),
  path: optional(
    object<CurvePath>({ x: list(number), y: list(maybe), confidence: list(interval), prediction: list(interval) }),
  ),
});
