import type { Expr } from "../expr/node.ts";
import {
  add,
  argmax,
  div,
  dot,
  equal,
  greater,
  logSoftmax,
  mean,
  mul,
  neg,
  oneHot,
  pow,
  reshape,
  softplus,
  sub,
  sum,
  where,
} from "../expr/operators/index.ts";
import { quoteValue } from "../expr/quote.ts";
import { showShape } from "../expr/shape.ts";

/**
 * What a model's outputs are held against. One of your own, the cross-entropy with the second class weighted 20 times:
 *
 *     cost: (logits, labels) => {
 *       const picked = mul(oneHot(labels, 2), constant([1, 20]));
 *       return neg(div(dot(picked, logSoftmax(logits)), logits.shape[0]));
 *     }
 */
export interface Loss {
  readonly name: string;
  /** The mean cost over the batch; outputs are [batch, outputs], targets [batch] or [batch, outputs]. */
  readonly cost: (outputs: Expr, targets: Expr) => Expr;
  /** How many examples of the batch are right, where that can be said. */
  readonly correct?: (outputs: Expr, targets: Expr) => Expr;
}

/**
 * What a loss of the house is held against: one class index for each example, a number from 0 to 1 for each output, or any
 * number for each output.
 */
export type Targets = "class" | "probabilities" | "numbers";

/** A loss that says what it takes. */
export interface StatedLoss extends Loss {
  readonly targets: Targets;
}

/** −log p(label), the mean over the batch; outputs are logits, targets class indices from 0. */
export const softmaxCrossEntropy: StatedLoss = {
  name: "softmax cross-entropy",
  targets: "class",
  cost: (logits, labels) => neg(div(dot(oneHot(labels, classesOf(logits)), logSoftmax(logits)), logits.shape[0])),
  correct: (logits, labels) => sum(equal(argmax(logits), labels)),
};

/**
 * −y·log p − (1 − y)·log(1 − p) with p = σ(z), the mean over all: outputs z are logits, targets y from 0 to 1. Computed as
 * log(1 + e^(−|z|)) + z·([z > 0] − y), where nothing overflows or cancels: both terms are 0 or more.
 */
export const binaryCrossEntropy: StatedLoss = {
  name: "binary cross-entropy",
  targets: "probabilities",
  cost: (logits, targets) => mean(binaryEntropies(logits, like(targets, logits))),
  correct: (logits, targets) => sum(equal(greater(logits, 0), greater(like(targets, logits), 0.5))),
};

function binaryEntropies(z: Expr, y: Expr): Expr {
  const isPositive = greater(z, 0);
  // −|z|, with the derivative 1 at 0: there the other term has −y.
  const size = where(isPositive, neg(z), z);
  return add(softplus(size), mul(z, sub(isPositive, y)));
}

/** (output − target)², the mean over all. */
export const meanSquaredError: StatedLoss = {
  name: "mean squared error",
  targets: "numbers",
  cost: (outputs, targets) => mean(pow(sub(outputs, like(targets, outputs)), 2)),
};

/** ½·strength·‖w‖², to be added to a cost. */
export const l2 = (weights: readonly Expr[], strength: number): Expr =>
  mul(strength / 2, weights.map((w) => dot(w, w)).reduce(add));

export const losses = {
  "softmax-cross-entropy": softmaxCrossEntropy,
  "binary-cross-entropy": binaryCrossEntropy,
  "mean-squared-error": meanSquaredError,
} as const;

/** Throws a TypeError for what is no loss: a name of one is none. */
export function checkLoss(model: string, loss: Loss): void {
  const cost: unknown = typeof loss === "object" && loss !== null ? loss.cost : undefined;
  if (typeof cost !== "function")
    throw new TypeError(
      `${model}: the loss is ${quoteValue(loss)}; give softmaxCrossEntropy, binaryCrossEntropy, meanSquaredError or a { name, cost } of your own`,
    );
}

/** What a loss takes, where its cost is one of the house: a loss spread from it with another cost may take anything. */
export const targetsOf = ({ cost }: Loss): Targets | undefined =>
  Object.values(losses).find((loss) => loss.cost === cost)?.targets;

function classesOf(logits: Expr): number {
  if (logits.shape.length !== 2)
    throw new RangeError(
      `softmax cross-entropy: logits have shape ${showShape(logits.shape)}; [batch, classes] is needed`,
    );
  return logits.shape[1];
}

const like = (targets: Expr, outputs: Expr): Expr => reshape(targets, outputs.shape);
