import { listed } from "../rule.ts";

/**
 * Adam without its bias correction, which shows what the correction is for: the first step is lr·(1 − β₁)/√(1 − β₂) ≈ 3.2 lr,
 * and at a steady gradient later steps reach 6.6 lr.
 */
export const adamUncorrected = listed({
  name: "adam-uncorrected",
  title: "Adam (no correction)",
  source: "Kingma & Ba 2015, section 6.4: algorithm 1 without bias correction",
  hyper: { lr: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8 },
  slots: ["m", "v"],
  update: `
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*g^2
    w = w - lr * m / (sqrt(v) + eps)
  `,
});
