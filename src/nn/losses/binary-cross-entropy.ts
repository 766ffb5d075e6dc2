import { type Expr, sizeOf } from "../../expr/index.ts";
import {
  add,
  div,
  equal,
  greater,
  mean,
  mul,
  neg,
  reshape,
  sigmoid,
  softplus,
  sqrt,
  sub,
  sum,
  where,
} from "../../expr/operators/index.ts";
import { loss, meanOfEach } from "../loss.ts";

/**
 * −y·log p − (1 − y)·log(1 − p) with p = σ(z), the mean over all: outputs z are logits, targets y from 0 to 1. Computed as
 * log(1 + e^(−|z|)) + z·([z > 0] − y), where nothing overflows or cancels: both terms are 0 or more.
 */
export const binaryCrossEntropy = loss({
  name: "binary cross-entropy",
  title: "−y·log p − (1 − y)·log(1 − p), p the sigmoid of the output",
  targets: "probabilities",
  outputs: ({ outputs, task }) => (task === "classification" && outputs === 2 ? 1 : outputs),
  value: (logits, targets) => mean(binaryEntropies(logits, like(targets, logits))),
  each: (logits, targets) => meanOfEach(binaryEntropies(logits, like(targets, logits))),
  correct: (logits, targets) => sum(equal(greater(logits, 0), greater(like(targets, logits), 0.5))),
  isSquaredError: false,
  // p(1 − p), and the mean is over the outputs, too
  sampledSlopes: (z, noise) => mul(sqrt(div(mul(sigmoid(z), sigmoid(mul(-1, z))), sizeOf(z.shape.slice(1)))), noise),
});

function binaryEntropies(z: Expr, y: Expr): Expr {
  const isPositive = greater(z, 0);
  // −|z|, with the derivative 1 at 0: there the other term has −y.
  const size = where(isPositive, neg(z), z);
  return add(softplus(size), mul(z, sub(isPositive, y)));
}

const like = (targets: Expr, outputs: Expr): Expr => reshape(targets, outputs.shape);
