import type { Optimizer } from "../../optimizers/index.ts";
import { type Common, common, kerasArguments } from "./arguments.ts";
import { kerasOptimizer } from "./optimizer.ts";

/** The arguments of keras.optimizers.SGD. */
export interface SGDArguments extends Common {
  /** The factor by which the velocity shrinks in each step; 0: no velocity. Default 0. */
  readonly momentum: number;
  /** Whether to use Nesterov's momentum; without effect if momentum is 0. Default false. */
  readonly nesterov: boolean;
}

const defaults: SGDArguments = { ...common, learning_rate: 0.01, momentum: 0, nesterov: false };

/** keras.optimizers.SGD. The learning rate is inside the velocity, so changing it leaves the present velocity as it is. */
export function SGD(given: Partial<SGDArguments> = {}): Optimizer {
  const options = kerasArguments("SGD", defaults, given);
  const { momentum, nesterov } = options;
  if (momentum === 0) return kerasOptimizer("SGD", options, { hyper: {}, update: ["w = w - lr*g"] });
  return kerasOptimizer("SGD", options, {
    hyper: { momentum },
    slots: { v: 0 },
    update: ["v = momentum*v - lr*g", nesterov ? "w = w + (momentum*v - lr*g)" : "w = w + v"],
  });
}
