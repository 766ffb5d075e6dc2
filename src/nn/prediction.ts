import type { Preprocessing } from "../data/table/index.ts";
import type { Vector } from "../expr/index.ts";
import { statementOf, type Targets } from "./loss.ts";
import type { Model } from "./model.ts";

/** What a net predicts for a row: a class with the probability of each, or a value for each output, in the target's unit. */
export type Prediction = ClassPrediction | ValuePrediction | ValuesPrediction;

/** The fields of the other kinds are undefined, so that one may take a prediction apart before asking which kind it is. */
export interface ClassPrediction {
  /** The most probable class. */
  readonly label: string;
  /** The probability of each class, by its name, from 0 to 1. */
  readonly probabilities: Readonly<Record<string, number>>;
  readonly value?: undefined;
  readonly values?: undefined;
}

/** The predicted value of a regression with one target. */
export interface ValuePrediction {
  readonly value: number;
  readonly values?: undefined;
  readonly label?: undefined;
  readonly probabilities?: undefined;
}

/** The predicted values of a regression with several targets. */
export interface ValuesPrediction {
  /** One for each target, by its name. */
  readonly values: Readonly<Record<string, number>>;
  readonly value?: undefined;
  readonly label?: undefined;
  readonly probabilities?: undefined;
}

/** Turns a net's outputs for one example into a prediction. */
export type PredictionReader = (outputs: Vector) => Prediction;

/**
 * How the outputs of a model are read. What they stand for follows from its loss: softmax cross-entropy has logits of classes, binary
 * cross-entropy logits of one probability each, any other loss values. Without preprocessing classes are named by their index
 * and values by their number, and values are as the net gives them.
 *
 * @param count outputs for one example
 */
export function predictionReader(
  model: Pick<Model, "loss">,
  count: number,
  preprocessing?: Preprocessing,
): PredictionReader {
  const targets = targetsOf(model);
  const isBinary = targets === "probabilities" && count === 1;
  const target = preprocessing?.target ?? plainTarget(model, count);
  const isProbability = targets === "probabilities";
  if (target.kind === "classes") {
    const { classes } = target;
    return (outputs) => classified(classes, isBinary ? bothOf(sigmoid(outputs[0])) : softmax(outputs));
  }
  const { names, mean, deviation } = target;
  const valueAt = (outputs: Vector, i: number): number =>
    mean[i] + deviation[i] * (isProbability ? sigmoid(outputs[i]) : outputs[i]);
  if (names.length === 1) return (outputs) => ({ value: valueAt(outputs, 0) });
  return (outputs) => ({ values: Object.fromEntries(names.map((name, i) => [name, valueAt(outputs, i)])) });
}

const targetsOf = ({ loss }: Pick<Model, "loss">): Targets => statementOf(loss)?.targets ?? "numbers";

/** What outputs stand for where no preprocessing says it: classes named by index, or values as they are. */
export function plainTarget(model: Pick<Model, "loss">, count: number): Preprocessing["target"] {
  const targets = targetsOf(model);
  const isBinary = targets === "probabilities" && count === 1;
  const names = Array.from({ length: isBinary ? 2 : count }, (_, i) => `${i}`);
  if (targets === "class" || isBinary) return { kind: "classes", classes: names };
  return { kind: "values", names, mean: names.map(() => 0), deviation: names.map(() => 1) };
}

function classified(classes: readonly string[], probabilities: ArrayLike<number>): ClassPrediction {
  let best = 0;
  for (let i = 1; i < classes.length; i++) if (probabilities[i] > probabilities[best]) best = i;
  return {
    label: classes[best],
    probabilities: Object.fromEntries(classes.map((name, i) => [name, probabilities[i]])),
  };
}

const bothOf = (p: number): readonly number[] => [1 - p, p];

/** 1 / (1 + e^(−z)), which nowhere overflows. */
const sigmoid = (z: number): number => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)));

/** e^(zᵢ − max) / Σe^(zⱼ − max), in double precision. */
function softmax(z: Vector): Float64Array {
  let most = Number.NEGATIVE_INFINITY;
  for (const each of z) most = Math.max(most, each);
  const powers = Float64Array.from(z, (each) => Math.exp(each - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}
