import type { Optimizer } from "../../optimizers/index.ts";
import { type Common, common, kerasArguments } from "./arguments.ts";
import { kerasOptimizer } from "./optimizer.ts";

/** The arguments of keras.optimizers.Adagrad. */
export interface AdagradArguments extends Common {
  /** Where the sum of squared gradients starts. Default 0.1. */
  readonly initial_accumulator_value: number;
  /** Added inside the root. Default 1e-7. */
  readonly epsilon: number;
}

const defaults: AdagradArguments = { ...common, learning_rate: 1e-3, initial_accumulator_value: 0.1, epsilon: 1e-7 };

/** keras.optimizers.Adagrad. epsilon is inside the root. */
export function Adagrad(given: Partial<AdagradArguments> = {}): Optimizer {
  const options = kerasArguments("Adagrad", defaults, given);
  const { initial_accumulator_value, epsilon: eps } = options;
  return kerasOptimizer("Adagrad", options, {
    hyper: { initial_accumulator_value, eps },
    slots: { s: "initial_accumulator_value" },
    update: ["s = s + g^2", "w = w - lr*g / sqrt(s + eps)"],
  });
}
