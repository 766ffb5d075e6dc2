import { listed } from "../rule.ts";

/** AdamW (Loshchilov & Hutter 2019, algorithm 2): Adam with weight decay that is kept out of the gradient's averages. */
export const adamw = listed({
  name: "adamw",
  title: "AdamW",
  source: "Loshchilov & Hutter 2019, Decoupled weight decay regularization, algorithm 2",
  notes: ["the decay is multiplied by lr, as in other libraries; the paper multiplies it by the schedule alone"],
  hyper: { lr: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8, weight_decay: 0.01 },
  slots: ["m", "v"],
  update: `
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*g^2
    w = w - lr*weight_decay*w - lr * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + eps)
  `,
});
