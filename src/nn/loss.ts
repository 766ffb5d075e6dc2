import { isOptions, quoteValue } from "../arguments/index.ts";
import { type Expr, showShape } from "../expr/index.ts";
import { add, dot, mean, mul, reshape } from "../expr/operators/index.ts";
import type { Family, Member } from "./named.ts";

/**
 * Compares a model's outputs with the targets. Your own, such as the cross-entropy with the second class weighted 20 times:
 *
 *     value: (logits, labels) => {
 *       const picked = mul(oneHot(labels, 2), constant([1, 20]));
 *       return neg(div(dot(picked, logSoftmax(logits)), logits.shape[0]));
 *     }
 */
export interface Loss extends Member<Loss> {
  /** Shown in summaries and messages. */
  readonly name: string;
  /** The mean loss over the batch; outputs are [batch, outputs], targets [batch] or [batch, outputs]. */
  readonly value: (outputs: Expr, targets: Expr) => Expr;
  /** The loss of each example, [batch], whose mean is `value`. Without it the loss cannot weigh its examples. */
  readonly each?: (outputs: Expr, targets: Expr) => Expr;
  /** How many examples of the batch are classified correctly; absent if the loss is not for classes. */
  readonly correct?: (outputs: Expr, targets: Expr) => Expr;
}

/**
 * The targets of a loss: one class label for each example, a number from 0 to 1 for each output, or any number for each output.
 */
export type Targets = "class" | "probabilities" | "numbers";

/** A loss that states its targets, and the facts about it that second-order methods need. */
export interface StatedLoss extends Loss {
  readonly family?: Family<StatedLoss>;
  readonly each: NonNullable<Loss["each"]>;
  /** Its formula. */
  readonly title: string;
  /** The targets that it accepts. */
  readonly targets: Targets;
  /** How many outputs a net needs for data with this many classes, or values in a target. */
  readonly outputs: (data: { readonly outputs: number; readonly task: "classification" | "regression" }) => number;
  /** Whether it is the mean of squared errors, so that RMSE and R² follow from it. */
  readonly isSquaredError: boolean;
  /**
   * From outputs z and independent noise ε with mean 0 and variance 1: sampled gradients v with respect to the outputs of one
   * example, with E[vvᵀ] = the Hessian of its loss in z, which is the Fisher matrix of the distribution whose −log likelihood the
   * loss is. So nothing need be drawn from that distribution. null if it is not known; then K-FAC refuses.
   */
  readonly sampledSlopes: ((z: Expr, noise: Expr) => Expr) | null;
  /** The function that these statements are about. */
  readonly saidOf: Loss["value"];
}

/** Makes a loss that states its targets. */
export const loss = (stated: Omit<StatedLoss, "saidOf">): StatedLoss => ({ ...stated, saidOf: stated.value });

/**
 * The loss with its statements; undefined if it states nothing, or was spread from another loss with a new `value`,
 * which may take any targets.
 */
export const statementOf = (given: Loss): StatedLoss | undefined =>
  isStated(given) && given.saidOf === given.value ? given : undefined;

/**
 * The loss of each example of a batch, [batch]. Throws a TypeError for a loss that only says the mean, or whose `value` is another
 * than that which `each` was written for.
 */
export function eachLoss(given: Loss, outputs: Expr, targets: Expr): Expr {
  const each = eachOf(given);
  if (each === undefined) throw new TypeError(unweighable(given));
  const losses = each(outputs, targets);
  const [batch] = outputs.shape;
  if (losses.shape.length === 1 && losses.shape[0] === batch) return losses;
  throw new RangeError(
    `${given.name}: each gives shape ${showShape(losses.shape)} for a batch of ${batch}; it must give one loss for each example, [batch]`,
  );
}

/** Whether a loss can weigh its examples. */
export const canWeigh = (given: Loss): boolean => eachOf(given) !== undefined;

/** What a loss lacks that is to weigh its examples. */
export const unweighable = ({ name }: Loss): string =>
  `${name} gives only the mean of a batch, so it cannot weigh its examples; add each: (outputs, targets) => the loss of each example, [batch], or leave the weights out`;

/** A loss that was spread from another with a new `value` has lost its `each`. */
const eachOf = (given: Loss): Loss["each"] =>
  isStated(given) && statementOf(given) === undefined ? undefined : given.each;

const isStated = (given: Loss): given is StatedLoss => "saidOf" in given;

/** The mean over an example's outputs, [batch, outputs] to [batch]. */
export const meanOfEach = (values: Expr): Expr => mean(reshape(values, [values.shape[0], -1]), { axes: 1 });

/** The penalty ½·strength·‖w‖², a scalar, to add to a loss. */
export const l2 = (weights: readonly Expr[], strength: number): Expr =>
  mul(strength / 2, weights.map((w) => dot(w, w)).reduce(add));

/**
 * The loss that was given. JavaScript may call its function `cost`, as it was called before. Throws a TypeError for anything
 * but a loss, such as its name.
 */
export function checkLoss(model: string, given: Loss): Loss {
  if (isOptions(given)) {
    const { value, cost }: { value?: Loss["value"]; cost?: Loss["value"] } = given;
    if (typeof cost === "function") return { ...given, value: cost };
    if (typeof value === "function") return given;
  }
  throw new TypeError(
    `${model}: the loss is ${quoteValue(given)}; give softmaxCrossEntropy, binaryCrossEntropy, meanSquaredError or your own { name, value }`,
  );
}
