import type { Optimizer } from "../../optimizers/index.ts";
import { type Common, common, kerasArguments } from "./arguments.ts";
import { kerasOptimizer } from "./optimizer.ts";

/** The arguments of keras.optimizers.RMSprop. */
export interface RMSpropArguments extends Common {
  /** The decay rate of the average of g². Default 0.9. */
  readonly rho: number;
  /** The factor by which the velocity shrinks in each step; 0: no velocity. Default 0. */
  readonly momentum: number;
  /** Added inside the root. Default 1e-7. */
  readonly epsilon: number;
  /** Whether to divide by the gradient's standard deviation instead of its root mean square. Default false. */
  readonly centered: boolean;
}

const defaults: RMSpropArguments = {
  ...common,
  learning_rate: 1e-3,
  rho: 0.9,
  momentum: 0,
  epsilon: 1e-7,
  centered: false,
};

/**
 * keras.optimizers.RMSprop. epsilon is inside the root; the learning rate is inside the momentum. Where rounding would make the
 * variance of `centered` negative it counts as 0 (Keras: NaN, where epsilon does not outweigh it).
 */
export function RMSprop(given: Partial<RMSpropArguments> = {}): Optimizer {
  const options = kerasArguments("RMSprop", defaults, given);
  const { rho, momentum, epsilon: eps, centered } = options;
  return kerasOptimizer("RMSprop", options, {
    hyper: { rho, momentum, eps },
    slots: { s: 0, ...(centered ? { a: 0 } : {}), ...(momentum > 0 ? { v: 0 } : {}) },
    update: [
      "s = rho*s + (1 - rho)*g^2",
      centered && "a = rho*a + (1 - rho)*g",
      `step = lr*g / sqrt(${centered ? "max(s - a^2 + eps, 0)" : "s + eps"})`,
      momentum > 0 && "v = momentum*v + step",
      momentum > 0 ? "w = w - v" : "w = w - step",
    ],
  });
}
