import { domains } from "../../arguments/index.ts";
import type { Optimizer } from "../../optimizers/index.ts";
import { numberIn, unit } from "../arguments.ts";
import { type Common, common, kerasArguments } from "./arguments.ts";
import { kerasOptimizer } from "./optimizer.ts";

/** The arguments of keras.optimizers.Lion. */
export interface LionArguments extends Common {
  /** The weight of the momentum in the step's direction. Default 0.9. */
  readonly beta_1: number;
  /** The decay rate of the momentum. Default 0.99. */
  readonly beta_2: number;
}

const defaults: LionArguments = { ...common, learning_rate: 1e-3, beta_1: 0.9, beta_2: 0.99 };

const own = {
  beta_1: numberIn(domains.part),
  beta_2: unit,
};

/** keras.optimizers.Lion (Chen et al. 2023). */
export function Lion(given: Partial<LionArguments> = {}): Optimizer {
  const options = kerasArguments("Lion", defaults, given, own);
  const { beta_1: beta1, beta_2: beta2 } = options;
  return kerasOptimizer("Lion", options, {
    hyper: { beta1, beta2 },
    slots: { m: 0 },
    update: ["w = w - lr*sign(m*beta1 + g*(1 - beta1))", "m = m*beta2 + g*(1 - beta2)"],
  });
}
