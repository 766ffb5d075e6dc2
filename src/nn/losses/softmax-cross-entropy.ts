import { type Expr, showShape } from "../../expr/index.ts";
import {
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
import { loss } from "../loss.ts";

/** −log p(label), the mean over the batch; outputs are logits, targets class indices from 0. */
export const softmaxCrossEntropy = loss({
  name: "softmax cross-entropy",
  title: "−log p(label), p the softmax of the outputs",
  targets: "class",
  outputs: ({ outputs }) => outputs,
  value: (logits, labels) => neg(div(dot(oneHot(labels, classesOf(logits)), logSoftmax(logits)), logits.shape[0])),
  each: (logits, labels) => neg(sum(mul(oneHot(labels, classesOf(logits)), logSoftmax(logits)), { axes: 1 })),
  correct: (logits, labels) => sum(equal(argmax(logits), labels)),
  // diag(p) − ppᵀ = BBᵀ with B = diag(√p) − p√pᵀ
  isSquaredError: false,
  sampledSlopes: (z, noise) => {
    const p = softmax(z);
    const rooted = mul(sqrt(p), noise);
    return sub(rooted, mul(p, sum(rooted, { axes: 1, keepdims: true })));
  },
});

function classesOf(logits: Expr): number {
  if (logits.shape.length !== 2)
    throw new RangeError(
      `softmax cross-entropy: logits have shape ${showShape(logits.shape)}; [batch, classes] is needed`,
    );
  return logits.shape[1];
}
