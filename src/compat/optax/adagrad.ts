import type { Optimizer } from "../../optimizers/index.ts";
import { type Common, common, type Given, optaxArguments } from "./arguments.ts";
import { chain, scaleByLearningRate } from "./chain.ts";

/** The arguments of optax.adagrad. */
export interface AdagradArguments extends Common {
  /** Where the sum of squared gradients starts. Default 0.1. */
  readonly initial_accumulator_value: number;
  /** Added inside the root. Default 1e-7. */
  readonly eps: number;
}

const defaults: AdagradArguments = { ...common, initial_accumulator_value: 0.1, eps: 1e-7 };

/** optax.adagrad. eps is inside the root; where the sum is 0, w stays. */
export function adagrad(given: Given<AdagradArguments>): Optimizer {
  const { learning_rate, initial_accumulator_value, eps } = optaxArguments("adagrad", defaults, given);
  const scaleByRss = {
    hyper: { initial_accumulator_value, eps },
    slots: { s: "initial_accumulator_value" },
    update: ["s = s + g^2", "g = where(s > 0, g / sqrt(s + eps), 0)"],
  };
  return chain("adagrad", scaleByRss, scaleByLearningRate(learning_rate));
}
