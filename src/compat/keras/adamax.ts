import type { Optimizer } from "../../optimizers/index.ts";
import { type Common, common, kerasArguments } from "./arguments.ts";
import { kerasOptimizer } from "./optimizer.ts";

/** The arguments of keras.optimizers.Adamax. */
export interface AdamaxArguments extends Common {
  /** The decay rate of the average of g. Default 0.9. */
  readonly beta_1: number;
  /** The decay rate of the largest |g|. Default 0.999. */
  readonly beta_2: number;
  /** Added to the largest |g|. Default 1e-7. */
  readonly epsilon: number;
}

const defaults: AdamaxArguments = { ...common, learning_rate: 1e-3, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7 };

/** keras.optimizers.Adamax. epsilon is added to u. */
export function Adamax(given: Partial<AdamaxArguments> = {}): Optimizer {
  const options = kerasArguments("Adamax", defaults, given);
  const { beta_1: beta1, beta_2: beta2, epsilon: eps } = options;
  return kerasOptimizer("Adamax", options, {
    hyper: { beta1, beta2, eps },
    slots: { m: 0, u: 0 },
    update: ["m = m + (1 - beta1)*(g - m)", "u = max(beta2*u, abs(g))", "w = w - lr*m / ((1 - beta1^t) * (u + eps))"],
  });
}
