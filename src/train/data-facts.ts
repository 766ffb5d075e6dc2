import { type Dataset, mostFrequent } from "../data/index.ts";
import { evaluate, input, type Layout, sizeOf, type Vector } from "../expr/index.ts";
import {
  type Loss,
  layoutOf,
  parameterInputs,
  stateInputs,
  stateLayoutOf,
  statementOf,
  type Trained,
} from "../nn/index.ts";

/** Facts about the data that losses and accuracies depend on, and the baseline of a prediction that ignores the inputs. */
export interface DataFacts extends Pick<Dataset, "task"> {
  /** Examples in the training, validation and test set. */
  readonly counts: readonly [train: number, validation: number, test: number];
  /** Classification: a most frequent class of the training set, and the accuracy of always predicting it on the other sets. */
  readonly majority?: { readonly class: string; readonly validation: number | null; readonly test: number | null };
  /** Regression with one output, whose loss is the squared error of (y − mean) / deviation. Missing with any other loss. */
  readonly target?: {
    readonly mean: number;
    readonly deviation: number;
    /** Σ(y − ȳ)² / n over the standardised targets of the test set. */
    readonly testVariance: number;
  };
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

/** The facts about a data set that a report on this loss needs. */
export function dataFacts(
  data: Pick<Dataset, "task" | "classes" | "outputs" | "targetStandardization" | Part>,
  loss: Loss,
): DataFacts {
  const { task, train, validation, test } = data;
  const counts = [train.count, validation.count, test.count] as const;
  if (task === "classification") return { task, counts, majority: majorityOf(data) };
  if (data.outputs !== 1 || !statementOf(loss)?.isSquaredError) return { task, counts };
  const { mean, deviation } = data.targetStandardization ?? { mean: [0], deviation: [1] };
  return { task, counts, target: { mean: mean[0], deviation: deviation[0], testVariance: variance(test.targets) } };
}

type Part = "train" | "validation" | "test";

function majorityOf({ classes, train, validation, test }: Pick<Dataset, "classes" | Part>) {
  const top = mostFrequent(train.targets);
  const share = ({ targets, count }: Dataset["test"]): number | null =>
    count === 0 ? null : Array.from(targets).filter((label) => label === top).length / count;
  return { class: classes[top] ?? String(top), validation: share(validation), test: share(test) };
}

function variance(values: ArrayLike<number>): number {
  const all = Array.from(values);
  if (all.length === 0) return 0;
  const mean = all.reduce((sum, y) => sum + y, 0) / all.length;
  return all.reduce((sum, y) => sum + (y - mean) ** 2, 0) / all.length;
}

/**
 * RMSE = deviation·√loss and R² = 1 − loss/variance, from the mean squared error of the standardised targets; undefined
 * if the loss is null or the data have no single target.
 */
export function regressionErrors(
  loss: number | null,
  { target }: Pick<DataFacts, "target">,
  mae: number | null = null,
): RegressionErrors | undefined {
  if (loss === null || target === undefined) return undefined;
  const { deviation, testVariance } = target;
  return {
    rmse: deviation * Math.sqrt(loss),
    mae: mae === null || !Number.isFinite(mae) ? null : mae * deviation,
    r2: testVariance > 0 ? 1 - loss / testVariance : null,
  };
}

/** Examples evaluated at a time. */
const CHUNK = 500;

/**
 * The mean absolute error Σ|output − target| / n, without dropout, in the units of `examples.targets`; computed by the
 * reference interpreter.
 */
export function meanAbsoluteError({ model, w, s = w.slice(0, 0) }: Trained, examples: Dataset["test"]): number {
  const { inputs, targets, count } = examples;
  const size = sizeOf(model.inputShape);
  const tensors = Object.fromEntries([...tensorsOf(layoutOf(model), w), ...tensorsOf(stateLayoutOf(model), s)]);
  let sum = 0;
  for (let start = 0; start < count; start += CHUNK) {
    const end = Math.min(count, start + CHUNK);
    const batch = input("inputs_of_the_batch", [end - start, ...model.inputShape], "f64");
    const pass = { training: false, mask: () => batch };
    const { outputs } = model.forward(parameterInputs(model, "f64"), stateInputs(model, "f64"), batch, pass);
    const feeds = { ...tensors, inputs_of_the_batch: inputs.subarray(start * size, end * size) };
    const [{ data }] = evaluate([outputs], feeds);
    for (const [i, output] of data.entries()) sum += Math.abs(output - targets[start + i]);
  }
  return sum / count;
}

const tensorsOf = (layout: Layout, vector: Vector): (readonly [string, Vector])[] =>
  layout.map(({ name, shape, offset }) => [name, vector.subarray(offset, offset + sizeOf(shape))] as const);
