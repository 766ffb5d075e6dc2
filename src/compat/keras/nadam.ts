import type { Optimizer } from "../../optimizers/index.ts";
import { type Common, common, kerasArguments } from "./arguments.ts";
import { kerasOptimizer } from "./optimizer.ts";

/** The arguments of keras.optimizers.Nadam. */
export interface NadamArguments extends Common {
  /** The decay rate of the average of g. Default 0.9. */
  readonly beta_1: number;
  /** The decay rate of the average of g². Default 0.999. */
  readonly beta_2: number;
  /** Added outside the root. Default 1e-7. */
  readonly epsilon: number;
}

const defaults: NadamArguments = { ...common, learning_rate: 1e-3, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7 };

/** keras.optimizers.Nadam, with the momentum μₜ = β₁·(1 − ½·0.96ᵗ) of Dozat 2016. */
export function Nadam(given: Partial<NadamArguments> = {}): Optimizer {
  const options = kerasArguments("Nadam", defaults, given);
  const { beta_1: beta1, beta_2: beta2, epsilon: eps } = options;
  return kerasOptimizer("Nadam", options, {
    hyper: { beta1, beta2, eps },
    slots: { m: 0, v: 0 },
    scalars: { mu_product: 1 },
    update: [
      "mu = beta1 * (1 - 0.5 * 0.96^t)",
      "mu_next = beta1 * (1 - 0.5 * 0.96^(t + 1))",
      "mu_product = mu_product * mu",
      "m = m + (1 - beta1)*(g - m)",
      "v = v + (1 - beta2)*(g^2 - v)",
      "m_hat = mu_next*m / (1 - mu_product*mu_next) + (1 - mu)*g / (1 - mu_product)",
      "w = w - m_hat*lr / (sqrt(v / (1 - beta2^t)) + eps)",
    ],
  });
}
