import type { Optimizer } from "../../optimizers/index.ts";
import { argumentsOf, type Common, common } from "./arguments.ts";
import { kerasOptimizer } from "./optimizer.ts";

/** The arguments of Keras's SGD, by its names. */
export interface SGDArguments extends Common {
  readonly momentum: number;
  /** Without effect where momentum is 0. */
  readonly nesterov: boolean;
}

const defaults: SGDArguments = { ...common, learning_rate: 0.01, momentum: 0, nesterov: false };

/** keras.optimizers.SGD. The rate is inside the velocity: a changed rate leaves what is on the way as it is. */
export function SGD(given: Partial<SGDArguments> = {}): Optimizer {
  const options = argumentsOf("SGD", defaults, given);
  const { momentum, nesterov } = options;
  if (momentum === 0) return kerasOptimizer("SGD", options, { hyper: {}, update: ["w = w - lr*g"] });
  return kerasOptimizer("SGD", options, {
    hyper: { momentum },
    slots: { v: 0 },
    update: ["v = momentum*v - lr*g", nesterov ? "w = w + (momentum*v - lr*g)" : "w = w + v"],
  });
}
