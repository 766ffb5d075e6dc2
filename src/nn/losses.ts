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

/** −log p(label), the mean over the batch; outputs are logits, targets class indices from 0. */
export const softmaxCrossEntropy: Loss = {
  name: "softmax cross-entropy",
  cost: (logits, labels) => neg(div(dot(oneHot(labels, classesOf(logits)), logSoftmax(logits)), logits.shape[0])),
  correct: (logits, labels) => sum(equal(argmax(logits), labels)),
};

/**
 * −y·log p − (1 − y)·log(1 − p) with p = σ(z), the mean over all: outputs z are logits, targets y from 0 to 1. Computed as
 * log(1 + e^(−|z|)) + z·([z > 0] − y), where nothing overflows or cancels: both terms are 0 or more.
 */
export const binaryCrossEntropy: Loss = {
  name: "binary cross-entropy",
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
export const meanSquaredError: Loss = {
  name: "mean squared error",
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

function classesOf(logits: Expr): number {
  if (logits.shape.length !== 2)
    throw new RangeError(
      `softmax cross-entropy: logits have shape ${showShape(logits.shape)}; [batch, classes] is needed`,
    );
  return logits.shape[1];
}

const like = (targets: Expr, outputs: Expr): Expr => reshape(targets, outputs.shape);
