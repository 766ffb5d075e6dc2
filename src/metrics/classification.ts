import { averagePrecision, rocAuc } from "./ranking.ts";
import { wilson } from "./wilson.ts";

/** How good a classifier is on examples whose classes are known. Plain data: every number is finite, or null where it is not defined. */
export interface ClassificationMetrics {
  readonly task: "classification";
  readonly count: number;
  readonly accuracy: number;
  /** The 95 % confidence interval of the accuracy, by Wilson. */
  readonly interval: readonly [low: number, high: number];
  /** The accuracy of always predicting the class that was most frequent in the training set, or else in these examples; whether another is as frequent. */
  readonly baseline: { readonly class: string; readonly accuracy: number; readonly isTied?: true };
  /** The fraction of the examples whose class is among the k most probable; missing with 5 classes or fewer. */
  readonly topK?: { readonly k: number; readonly accuracy: number };
  /** The mean of −log p(class), in nats; p is at least 1e-15. */
  readonly logLoss: number;
  /** In the order of the classes. */
  readonly perClass: readonly ClassMetrics[];
  /** Unweighted means over the classes that occur or are predicted; a precision that is not defined counts as 0. */
  readonly macro: { readonly precision: number; readonly recall: number; readonly f1: number };
  /** Two classes: for the second one. null if one of them does not occur. */
  readonly rocAuc?: number | null;
  readonly averagePrecision?: number | null;
  /** Examples by [actual class][predicted class]. */
  readonly confusion: readonly (readonly number[])[];
  /** How often predictions of each confidence are right. */
  readonly calibration: Calibration;
}

/** How well one class is told from the others. */
export interface ClassMetrics {
  readonly class: string;
  /** Examples of the class. */
  readonly support: number;
  /** The fraction of the predictions of this class that are right; null if there are none. */
  readonly precision: number | null;
  /** The fraction of the class that is predicted so; null if it does not occur. */
  readonly recall: number | null;
  /** The harmonic mean of the two; null if the class neither occurs nor is predicted. */
  readonly f1: number | null;
}

/** How far the confidence of a classifier can be trusted. */
export interface Calibration {
  /** Bins of equal width by the probability of the predicted class; those without examples are left out. */
  readonly bins: readonly { readonly confidence: number; readonly accuracy: number; readonly count: number }[];
  /** The expected calibration error: the mean of |confidence − accuracy| over the examples, bin by bin (Guo et al. 2017, eq. 3). */
  readonly error: number;
}

/** The probabilities of n examples, and their classes. */
export interface Classified {
  readonly classes: readonly string[];
  /** The index of each example's class. */
  readonly labels: ArrayLike<number>;
  /** examples × classes */
  readonly probabilities: ArrayLike<number>;
  /** The most frequent class of the training set, if that is known. */
  readonly majority?: string;
  /** Whether another class is as frequent there. */
  readonly isTied?: true;
}

const TOP = 5;
const BINS = 10;

/** No probability counts as less, so that one wrong certainty leaves the log loss finite. */
const LEAST = 1e-15;

/**
 * The metrics of a classifier from its probabilities.
 *
 * @throws RangeError without examples
 */
export function classificationMetrics(given: Classified): ClassificationMetrics {
  const { classes, labels, probabilities } = given;
  const [count, width] = [labels.length, classes.length];
  if (count === 0) throw new RangeError("there are no examples to evaluate; give at least one");
  const p = (example: number, label: number): number => probabilities[example * width + label];
  const predicted = Int32Array.from({ length: count }, (_, i) => mostProbable(width, (label) => p(i, label)));
  const confusion = classes.map(() => new Array<number>(width).fill(0));
  let [right, loss, near] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const label = labels[i];
    confusion[label][predicted[i]]++;
    if (predicted[i] === label) right++;
    loss -= Math.log(Math.max(LEAST, p(i, label)));
    if (rankOf(width, label, (each) => p(i, each)) < TOP) near++;
  }
  const perClass = classes.map((name, label) => classMetrics(name, label, confusion));
  const seen = perClass.filter(({ f1 }) => f1 !== null);
  const meanOf = (of: (each: ClassMetrics) => number | null): number =>
    seen.reduce((sum, each) => sum + (of(each) ?? 0), 0) / seen.length;
  const second = (example: number): boolean => labels[example] === 1;
  const scores = Float64Array.from({ length: width === 2 ? count : 0 }, (_, i) => p(i, 1));
  return {
    ...{ task: "classification", count, accuracy: right / count, interval: wilson(right / count, count) },
    baseline: baselineOf(given, confusion),
    ...(width > TOP && { topK: { k: TOP, accuracy: near / count } }),
    logLoss: loss / count,
    perClass,
    macro: {
      precision: meanOf((each) => each.precision),
      recall: meanOf((each) => each.recall),
      f1: meanOf((each) => each.f1),
    },
    ...(width === 2 && { rocAuc: rocAuc(scores, second), averagePrecision: averagePrecision(scores, second) }),
    confusion,
    calibration: calibrationOf(labels, predicted, p),
  };
}

function mostProbable(width: number, p: (label: number) => number): number {
  let best = 0;
  for (let label = 1; label < width; label++) if (p(label) > p(best)) best = label;
  return best;
}

/** How many classes are more probable; of equal ones the first. */
function rankOf(width: number, label: number, p: (label: number) => number): number {
  let rank = 0;
  for (let other = 0; other < width; other++)
    if (p(other) > p(label) || (p(other) === p(label) && other < label)) rank++;
  return rank;
}

function classMetrics(name: string, label: number, confusion: readonly (readonly number[])[]): ClassMetrics {
  const hits = confusion[label][label];
  const support = confusion[label].reduce((sum, each) => sum + each, 0);
  const predictions = confusion.reduce((sum, row) => sum + row[label], 0);
  return {
    ...{ class: name, support },
    precision: predictions === 0 ? null : hits / predictions,
    recall: support === 0 ? null : hits / support,
    f1: support + predictions === 0 ? null : (2 * hits) / (support + predictions),
  };
}

function baselineOf(
  { classes, labels, majority, isTied }: Classified,
  confusion: readonly (readonly number[])[],
): ClassificationMetrics["baseline"] {
  const supports = confusion.map((row) => row.reduce((sum, each) => sum + each, 0));
  const known = majority === undefined ? -1 : classes.indexOf(majority);
  const label = known >= 0 ? known : supports.indexOf(Math.max(...supports));
  const tied = known >= 0 ? isTied : supports.filter((support) => support === supports[label]).length > 1;
  return { class: classes[label], accuracy: supports[label] / labels.length, ...(tied && { isTied: true }) };
}

function calibrationOf(
  labels: ArrayLike<number>,
  predicted: Int32Array,
  p: (example: number, label: number) => number,
): Calibration {
  const sums = Array.from({ length: BINS }, () => ({ confidence: 0, right: 0, count: 0 }));
  for (const [i, label] of predicted.entries()) {
    const confidence = p(i, label);
    const bin = sums[Math.min(BINS - 1, Math.floor(confidence * BINS))];
    bin.confidence += confidence;
    bin.count++;
    if (labels[i] === label) bin.right++;
  }
  const bins = sums
    .filter(({ count }) => count > 0)
    .map(({ confidence, right, count }) => ({ confidence: confidence / count, accuracy: right / count, count }));
  const error =
    bins.reduce((sum, bin) => sum + bin.count * Math.abs(bin.confidence - bin.accuracy), 0) / predicted.length;
  return { bins, error };
}
