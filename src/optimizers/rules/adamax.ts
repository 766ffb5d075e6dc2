import { listed } from "../rule.ts";

/** AdaMax (Kingma & Ba 2015, algorithm 2): Adam with the infinity norm; u needs no bias correction. */
export const adamax = listed({
  name: "adamax",
  title: "AdaMax",
  source: "Kingma & Ba 2015, algorithm 2",
  notes: [
    "the paper has no eps; here it is added to u, so that a weight whose gradient has been 0 so far stays where it is instead of becoming 0/0",
  ],
  hyper: { lr: 2e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8 },
  slots: ["m", "u"],
  update: `
    m = beta1*m + (1 - beta1)*g
    u = max(beta2*u, abs(g))
    w = w - lr / (1 - beta1^t) * m / (u + eps)
  `,
});
