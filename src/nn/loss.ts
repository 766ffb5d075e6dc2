import { quoteValue } from "../arguments/index.ts";
import type { Expr } from "../expr/index.ts";
import { add, dot, mul } from "../expr/operators/index.ts";

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
  /** The mean loss over the batch; outputs are [batch, outputs], targets [batch] or [batch, outputs]. */
  readonly cost: (outputs: Expr, targets: Expr) => Expr;
  /** How many examples of the batch are right, where that can be said. */
  readonly correct?: (outputs: Expr, targets: Expr) => Expr;
}

/**
 * What a loss is held against: one class index for each example, a number from 0 to 1 for each output, or any number for
 * each output.
 */
export type Targets = "class" | "probabilities" | "numbers";

/** A loss that says what it takes, and what second-order methods need of it. */
export interface StatedLoss extends Loss {
  /** What it computes, in a few words. */
  readonly title: string;
  readonly targets: Targets;
  /** How many outputs a net needs for data with so many classes, or numbers in a target. */
  readonly outputs: (data: { readonly outputs: number; readonly task: "classification" | "regression" }) => number;
  /** Whether it is the mean of squared errors, so that RMSE and R² follow from it. */
  readonly isSquaredError: boolean;
  /**
   * From outputs z and noise ε of independent numbers with mean 0 and variance 1: slopes v by the outputs of one example
   * with E[vvᵀ] = the Hessian of its loss by z, which is the Fisher matrix of the distribution that the loss is the −log
   * likelihood of. So nothing need be drawn from that distribution. null where it is not known; then K-FAC refuses.
   */
  readonly sampledSlopes: ((z: Expr, noise: Expr) => Expr) | null;
  /** The cost that all this is said of. */
  readonly saidOf: Loss["cost"];
}

/** Makes a loss that says what it takes. */
export const loss = (stated: Omit<StatedLoss, "saidOf">): StatedLoss => ({ ...stated, saidOf: stated.cost });

/** What a loss says of itself. Nothing where it was spread from another and has a cost of its own: that may take anything. */
export const statementOf = (given: Loss): StatedLoss | undefined =>
  isStated(given) && given.saidOf === given.cost ? given : undefined;

const isStated = (given: Loss): given is StatedLoss => "saidOf" in given;

/** ½·strength·‖w‖², to be added to a loss. */
export const l2 = (weights: readonly Expr[], strength: number): Expr =>
  mul(strength / 2, weights.map((w) => dot(w, w)).reduce(add));

/** Throws a TypeError for what is no loss: a name of one is none. */
export function checkLoss(model: string, given: Loss): void {
  const cost: unknown = typeof given === "object" && given !== null ? given.cost : undefined;
  if (typeof cost !== "function")
    throw new TypeError(
      `${model}: the loss is ${quoteValue(given)}; give softmaxCrossEntropy, binaryCrossEntropy, meanSquaredError or a { name, cost } of your own`,
    );
}
