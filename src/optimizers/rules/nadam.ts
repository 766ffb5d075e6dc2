import { listed } from "../rule.ts";

/** Nadam (Dozat 2016), Adam with Nesterov's momentum: it looks ahead: it weights the averaged gradient as the next step would. */
export const nadam = listed({
  name: "nadam",
  title: "Nadam",
  source: "Dozat 2016, Incorporating Nesterov momentum into Adam, algorithm 2",
  notes: [
    "beta1 is constant; the paper lets it grow with t, as NAdam in `downhill/compat/torch` does",
    "eps is outside the root",
  ],
  hyper: { lr: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8 },
  slots: ["m", "v"],
  update: `
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*g^2
    m_hat = beta1*m / (1 - beta1^(t + 1)) + (1 - beta1)*g / (1 - beta1^t)
    w = w - lr * m_hat / (sqrt(v / (1 - beta2^t)) + eps)
  `,
});
