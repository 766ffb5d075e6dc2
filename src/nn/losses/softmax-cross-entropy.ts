import { checkNumber, domains } from "../../arguments/index.ts";
import { type Expr, showShape } from "../../expr/index.ts";
import {
  add,
  argmax,
  div,
  dot,
  equal,
  logSoftmax,
  mul,
  neg,
  oneHot,
  softmax,
  sqrt,
  sub,
  sum,
} from "../../expr/operators/index.ts";
import { loss, type StatedLoss } from "../loss.ts";
import { family } from "../named.ts";

/**
 * A softmax cross-entropy of smoothed labels: −Σ q·log p over the K classes, with q = 1 − ε + ε/K for the label and ε/K for the others
 * (Szegedy et al. 2016, § 7), as PyTorch's `label_smoothing` has it.
 */
const crossEntropies = family({ labelSmoothing: 0 }, ({ labelSmoothing: ε }): StatedLoss => {
  checkNumber("softmax cross-entropy: labelSmoothing", ε, domains.fraction);
  const shares = (logits: Expr, labels: Expr): Expr => {
    const classes = classesOf(logits);
    const hot = oneHot(labels, classes);
    return ε === 0 ? hot : add(mul(1 - ε, hot), ε / classes);
  };
  return loss({
    name: ε === 0 ? "softmax cross-entropy" : `softmax cross-entropy, label smoothing ${ε}`,
    title: "−log p(label), p the softmax of the outputs",
    targets: "class",
    outputs: ({ outputs }) => outputs,
    value: (logits, labels) => neg(div(dot(shares(logits, labels), logSoftmax(logits)), logits.shape[0])),
    each: (logits, labels) => neg(sum(mul(shares(logits, labels), logSoftmax(logits)), { axes: 1 })),
    correct: (logits, labels) => sum(equal(argmax(logits), labels)),
    isSquaredError: false,
    // diag(p) − ppᵀ = BBᵀ with B = diag(√p) − p√pᵀ, whatever the q, as they sum to 1
    sampledSlopes: (z, noise) => {
      const p = softmax(z);
      const rooted = mul(sqrt(p), noise);
      return sub(rooted, mul(p, sum(rooted, { axes: 1, keepdims: true })));
    },
  });
});

/** −log p(label), the mean over the batch; outputs are logits, targets class indices from 0. */
export const softmaxCrossEntropy = crossEntropies.make({});

/**
 * The softmax cross-entropy of smoothed labels: of the label's share of 1, `labelSmoothing` is spread over all classes (Szegedy et al. 2016,
 * § 7). So a net gains nothing by ever larger logits. It is the loss that is reported, too; accuracy is as without. Throws a RangeError
 * for a number outside [0, 1).
 */
export const smoothedCrossEntropy = (labelSmoothing: number): StatedLoss => crossEntropies.make({ labelSmoothing });

function classesOf(logits: Expr): number {
  if (logits.shape.length !== 2)
    throw new RangeError(
      `softmax cross-entropy: logits have shape ${showShape(logits.shape)}; [batch, classes] is needed`,
    );
  return logits.shape[1];
}
