import { isOptions, nearestName, quoteValue } from "../../arguments/index.ts";
import { DataError, quote, setting } from "../../files/index.ts";
import type { Dataset, Examples, Vector } from "../dataset.ts";
import { isWeight } from "./check-weights.ts";
import { scaledToMost1 } from "./scaled.ts";
import { weighed } from "./weighed.ts";

/** How much the training examples of each class count: by name, 1 for classes that are not named; or so that all classes count the same. */
export type ClassWeights = "balanced" | Readonly<Record<string, number>>;

/**
 * The data set with training examples that count by their class. With "balanced" each class counts the same: its weight is
 * n / (classes · examples of the class), as scikit-learn's `compute_class_weight`, measured on the training set; examples that have
 * weights of their own are counted by these. An example's weight is that of its class times its own. The validation and the test set
 * stay as they are: they say how good the net is on data as they come.
 *
 * @throws DataError for numbers to predict, which have no classes, for names that no class has, and where nothing would count
 */
export function withClassWeights(data: Dataset, given: ClassWeights | undefined): Dataset {
  if (given === undefined) return data;
  const { name, task, classes, train } = data;
  if (task === "regression")
    throw new DataError(
      name,
      "numbers are predicted, so there are no classes to weigh",
      `weigh the examples: ${setting("--weights COLUMN", "weights: a column")}`,
    );
  const classWeights = given === "balanced" ? balanced(train, classes.length) : named(name, given, classes);
  const weights = productOf(train.targets, classWeights, train.weights);
  if (weights.every((weight) => weight === 0))
    throw new DataError(name, "all weights of the training set are 0", "let at least one class count");
  return { ...data, classWeights, train: weighed(train, weights) };
}

/** An example's weight is that of its class times its own; both are divided by their largest where a product would overflow. */
function productOf(labels: Vector, ofClass: ArrayLike<number>, own: Vector | undefined): Float64Array {
  const product = (classes: ArrayLike<number>, examples?: Vector): Float64Array =>
    Float64Array.from(labels, (label, i) => classes[label] * (examples === undefined ? 1 : examples[i]));
  const weights = product(ofClass, own);
  return weights.every(Number.isFinite) ? weights : product(scaledToMost1(ofClass), own && scaledToMost1(own));
}

/** n / (k·nᶜ) for each of the k classes that occur; 0 for others. */
function balanced(train: Examples, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  let total = 0;
  const own = train.weights && scaledToMost1(train.weights);
  for (const [i, label] of train.targets.entries()) {
    const weight = own === undefined ? 1 : own[i];
    counts[label] += weight;
    total += weight;
  }
  const present = counts.filter((count) => count > 0).length;
  return counts.map((count) => (count === 0 ? 0 : total / (present * count)));
}

function named(data: string, given: unknown, classes: readonly string[]): number[] {
  if (!isOptions(given))
    throw new TypeError(
      `classWeights is ${quoteValue(given)}; give "balanced", or a weight for some classes, such as { ${quote(classes[0])}: 5 }`,
    );
  const weights = new Map<string, unknown>(Object.entries(given));
  for (const [name, weight] of weights) {
    if (!classes.includes(name)) {
      const meant = nearestName(name, classes);
      const some = classes.slice(0, MOST_LISTED).map((each) => quote(each));
      const all = `the classes are ${some.join(", ")}${classes.length > MOST_LISTED ? `, … ${classes.length} in all` : ""}`;
      const advice = meant === undefined ? all : `did you mean ${quote(meant)}?`;
      throw new DataError(data, `class weights: there is no class ${quote(name)}`, advice);
    }
    if (typeof weight !== "number" || !isWeight(weight))
      throw new RangeError(
        `classWeights: the weight of ${quote(name)} is ${quoteValue(weight)}; it must be a finite number, 0 or more`,
      );
  }
  return classes.map((name) => Number(weights.get(name) ?? 1));
}

/** How many classes a message names. */
const MOST_LISTED = 12;
