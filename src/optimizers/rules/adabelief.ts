import { listed } from "../rule.ts";

/**
 * AdaBelief (Zhuang et al. 2020, algorithm 2): long steps where the gradient is close to its running average, short ones
 * where it is not.
 */
export const adabelief = listed({
  name: "adabelief",
  title: "AdaBelief",
  source:
    "Zhuang et al. 2020, AdaBelief optimizer: adapting stepsizes by the belief in observed gradients, algorithm 2",
  notes: ["eps is added to s in every step and outside the root, as in the paper"],
  hyper: { lr: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-16 },
  slots: ["m", "s"],
  update: `
    m = beta1*m + (1 - beta1)*g
    s = beta2*s + (1 - beta2)*(g - m)^2 + eps
    w = w - lr * (m / (1 - beta1^t)) / (sqrt(s / (1 - beta2^t)) + eps)
  `,
});
