import type { Optimizer } from "../../optimizers/index.ts";
import { type Common, common, type Given, optaxArguments } from "./arguments.ts";
import { chain, correctedMean, scaleByLearningRate } from "./chain.ts";

/** The arguments of optax.adabelief. */
export interface AdabeliefArguments extends Common {
  /** The decay rate of the average of g. Default 0.9. */
  readonly b1: number;
  /** The decay rate of the average of squared deviations (g − m)². Default 0.999. */
  readonly b2: number;
  /** Added outside the root. Default 1e-16. */
  readonly eps: number;
  /** Added in every step to the average of squared deviations (g − m)². Default 1e-16. */
  readonly eps_root: number;
  /** Whether to use Nesterov's momentum. Default false. */
  readonly nesterov: boolean;
}

const defaults: AdabeliefArguments = { ...common, b1: 0.9, b2: 0.999, eps: 1e-16, eps_root: 1e-16, nesterov: false };

/** optax.adabelief (Zhuang et al. 2020). */
export function adabelief(given: Given<AdabeliefArguments>): Optimizer {
  const { learning_rate, b1, b2, eps, eps_root, nesterov } = optaxArguments("adabelief", defaults, given);
  const scaleByBelief = {
    hyper: { b1, b2, eps, eps_root },
    slots: { m: 0, s: 0 },
    update: [
      "m = (1 - b1)*g + b1*m",
      "s = (1 - b2)*(g - m)^2 + b2*s + eps_root",
      correctedMean(nesterov),
      "g = m_hat / (sqrt(s / (1 - b2^t)) + eps)",
    ],
  };
  return chain("adabelief", scaleByBelief, scaleByLearningRate(learning_rate));
}
