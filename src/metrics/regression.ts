/** How good predicted values are, in the target's unit. Plain data: every number is finite, or null where it is not defined. */
export interface RegressionMetrics {
  readonly task: "regression";
  readonly count: number;
  /** One for each target. */
  readonly targets: readonly TargetMetrics[];
}

/** The errors of one target of a regression, in its unit. */
export interface TargetMetrics {
  readonly name: string;
  /** Mean absolute error. */
  readonly mae: number;
  /** Root mean squared error. */
  readonly rmse: number;
  /** 1 − Σ(y − ŷ)² / Σ(y − ȳ)²; null where all values are equal. */
  readonly r2: number | null;
  /** The same errors of always predicting the training set's mean, or else that of these examples. */
  readonly baseline: { readonly value: number; readonly mae: number; readonly rmse: number };
}

/** The values of n examples, and what was predicted. */
export interface Predicted {
  readonly names: readonly string[];
  /** examples × targets */
  readonly actual: ArrayLike<number>;
  readonly predicted: ArrayLike<number>;
  /** The means of the training set, if they are known. */
  readonly means?: readonly number[];
}

/**
 * The errors of a regression from what it predicted.
 *
 * @throws RangeError without examples
 */
export function regressionMetrics({ names, actual, predicted, means }: Predicted): RegressionMetrics {
  const count = actual.length / names.length;
  if (count === 0) throw new RangeError("there are no examples to evaluate; give at least one");
  const column = (values: ArrayLike<number>, at: number): Float64Array =>
    Float64Array.from({ length: count }, (_, i) => values[i * names.length + at]);
  const targets = names.map((name, at) => targetMetrics(name, column(actual, at), column(predicted, at), means?.[at]));
  return { task: "regression", count, targets };
}

function targetMetrics(name: string, actual: Float64Array, predicted: Float64Array, mean?: number): TargetMetrics {
  const own = average(actual, (y) => y);
  const value = mean ?? own;
  const error = (y: number, i: number): number => predicted[i] - y;
  const spread = average(actual, (y) => (y - own) ** 2);
  const squared = average(actual, (y, i) => error(y, i) ** 2);
  return {
    name,
    mae: average(actual, (y, i) => Math.abs(error(y, i))),
    rmse: Math.sqrt(squared),
    r2: spread === 0 ? null : 1 - squared / spread,
    baseline: {
      value,
      mae: average(actual, (y) => Math.abs(value - y)),
      rmse: Math.sqrt(average(actual, (y) => (value - y) ** 2)),
    },
  };
}

/** A regression's only target as its loss sees it: (y − mean) / deviation. */
export interface StandardizedTarget {
  readonly mean: number;
  readonly deviation: number;
  /** Σ(y − ȳ)² / n over the standardised targets of the test set. */
  readonly testVariance: number;
  /** Whether mean and deviation are those of an earlier training set, which the net was trained on before. */
  readonly isKept?: true;
}

/** Errors on the test set in the target's own unit, and R². */
export interface RegressionErrors {
  /** The root of the mean squared error. */
  readonly rmse: number;
  /** The mean absolute error; null where no predictions were made, only a loss. */
  readonly mae: number | null;
  /** 1 − mean squared error / variance of the test set; null where all its targets are equal. */
  readonly r2: number | null;
}

/** RMSE = deviation·√loss and R² = 1 − loss/variance, from the mean squared error of the standardised targets. */
export const errorsFromLoss = (loss: number, { deviation, testVariance }: StandardizedTarget): RegressionErrors => ({
  rmse: deviation * Math.sqrt(loss),
  mae: null,
  r2: testVariance > 0 ? 1 - loss / testVariance : null,
});

function average(values: Float64Array, of: (value: number, i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += of(values[i], i);
  return sum / values.length;
}
