import type { Optimizer } from "../../optimizers/index.ts";
import { type Common, common, kerasArguments } from "./arguments.ts";
import { kerasOptimizer } from "./optimizer.ts";

/** The arguments of keras.optimizers.Lamb. */
export interface LambArguments extends Common {
  /** The decay rate of the average of g. Default 0.9. */
  readonly beta_1: number;
  /** The decay rate of the average of g². Default 0.999. */
  readonly beta_2: number;
  /** Added outside the root. Default 1e-7. */
  readonly epsilon: number;
}

const defaults: LambArguments = { ...common, learning_rate: 1e-3, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7 };

/** keras.optimizers.Lamb (You et al. 2020). Weights decay before the step, not in it; norms are those of one tensor. */
export function Lamb(given: Partial<LambArguments> = {}): Optimizer {
  const options = kerasArguments("Lamb", defaults, given);
  const { beta_1: beta1, beta_2: beta2, epsilon: eps } = options;
  return kerasOptimizer("Lamb", options, {
    hyper: { beta1, beta2, eps },
    slots: { m: 0, v: 0 },
    update: [
      "m = m + (1 - beta1)*(g - m)",
      "v = v + (1 - beta2)*(g^2 - v)",
      "u = (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + eps)",
      "ratio = where(norm(w) > 0, where(norm(u) > 0, norm(w) / norm(u), 1), 1)",
      "w = w - ratio*lr * u",
    ],
  });
}
