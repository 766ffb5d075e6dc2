import { type Dataset, majorityIn } from "../data/index.ts";
import type { StandardizedTarget } from "../metrics/index.ts";
import { type Loss, statementOf } from "../nn/index.ts";

/** Facts about the data that losses and accuracies depend on, and the baseline of a prediction that ignores the inputs. */
export interface DataFacts extends Pick<Dataset, "task"> {
  /** Examples in the training, validation and test set. */
  readonly counts: readonly [train: number, validation: number, test: number];
  /** Which weights examples have in the loss: their own, or of their classes in training, by name. Missing where all count the same. */
  readonly weighing?: { readonly examples?: true; readonly classes?: Readonly<Record<string, number>> };
  /**
   * Classification: the most frequent class of the training set, whether another is as frequent, and the accuracy of always predicting it
   * on the other sets.
   */
  readonly majority?: {
    readonly class: string;
    readonly isTied?: true;
    readonly validation: number | null;
    readonly test: number | null;
  };
  /**
   * Regression with one output, whose loss is the squared error of (y − mean) / deviation. Missing with any other loss, and where the
   * test set's examples have weights, which the loss has in it, and errors have not.
   */
  readonly target?: StandardizedTarget;
}

/** The facts about a data set that a report on this loss needs. */
export function dataFacts(
  data: Pick<
    Dataset,
    "task" | "classes" | "classWeights" | "outputs" | "targetStandardization" | "preprocessing" | Part
  >,
  loss: Loss,
): DataFacts {
  const { task, train, validation, test } = data;
  const counts = [train.count, validation.count, test.count] as const;
  const weighing = weighingOf(data);
  const common = { task, counts, ...(weighing && { weighing }) };
  if (task === "classification") return { ...common, majority: majorityFacts(data) };
  if (data.outputs !== 1 || !statementOf(loss)?.isSquaredError || test.weights) return common;
  const { mean, deviation } = data.targetStandardization ?? { mean: [0], deviation: [1] };
  const { target } = data.preprocessing ?? {};
  const isKept = target?.kind === "values" && target.baseline !== undefined;
  const facts = { mean: mean[0], deviation: deviation[0], testVariance: variance(test.targets) };
  return { ...common, target: { ...facts, ...(isKept && { isKept }) } };
}

function weighingOf({
  classes,
  classWeights,
  train,
  validation,
  test,
}: Pick<Dataset, "classes" | "classWeights" | Part>): DataFacts["weighing"] {
  const own = validation.weights ?? test.weights ?? (classWeights === undefined ? train.weights : undefined);
  if (own === undefined && classWeights === undefined) return undefined;
  return {
    ...(own && { examples: true }),
    ...(classWeights && { classes: Object.fromEntries(classes.map((name, label) => [name, classWeights[label]])) }),
  };
}

type Part = "train" | "validation" | "test";

function majorityFacts({
  classes,
  train,
  validation,
  test,
}: Pick<Dataset, "classes" | Part>): NonNullable<DataFacts["majority"]> {
  const { label: top, isTied } = majorityIn(train.targets);
  const share = ({ targets, count }: Dataset["test"]): number | null =>
    count === 0 ? null : Array.from(targets).filter((label) => label === top).length / count;
  const named = { class: classes[top] ?? String(top), ...(isTied && { isTied }) };
  return { ...named, validation: share(validation), test: share(test) };
}

function variance(values: ArrayLike<number>): number {
  const all = Array.from(values);
  if (all.length === 0) return 0;
  const mean = all.reduce((sum, y) => sum + y, 0) / all.length;
  return all.reduce((sum, y) => sum + (y - mean) ** 2, 0) / all.length;
}
