import type { Optimizer } from "../../optimizers/index.ts";
import { type Common, common, type Given, optaxArguments } from "./arguments.ts";
import { chain, scaleByLearningRate } from "./chain.ts";

/** The arguments of optax.yogi. */
export interface YogiArguments extends Common {
  /** The decay rate of the average of g. Default 0.9. */
  readonly b1: number;
  /** The decay rate of the average of g². Default 0.999. */
  readonly b2: number;
  /** Added outside the root. Default 1e-3. */
  readonly eps: number;
}

const defaults: YogiArguments = { ...common, b1: 0.9, b2: 0.999, eps: 1e-3 };

/** optax.yogi. Both moments start at 1e-6, the first one too, so that a weight without gradient moves a little. */
export function yogi(given: Given<YogiArguments>): Optimizer {
  const { learning_rate, b1, b2, eps } = optaxArguments("yogi", defaults, given);
  const scaleByYogi = {
    hyper: { b1, b2, eps },
    slots: { m: 1e-6, v: 1e-6 },
    update: [
      "m = (1 - b1)*g + b1*m",
      "v = v - (1 - b2)*sign(v - g^2)*g^2",
      "g = m / (1 - b1^t) / (sqrt(v / (1 - b2^t)) + eps)",
    ],
  };
  return chain("yogi", scaleByYogi, scaleByLearningRate(learning_rate));
}
