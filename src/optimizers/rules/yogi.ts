import { listed } from "../rule.ts";

/** Yogi (Zaheer et al. 2018, algorithm 2): the second moment moves towards g² by additive steps, so it cannot shrink fast. */
export const yogi = listed({
  name: "yogi",
  title: "Yogi",
  source: "Zaheer et al. 2018, Adaptive methods for nonconvex optimization, algorithm 2",
  notes: ["no bias correction, as in the paper; v starts at `initial`", "eps is outside the root"],
  hyper: { lr: 0.01, beta1: 0.9, beta2: 0.999, eps: 1e-3, initial: 1e-6 },
  slots: { m: 0, v: "initial" },
  update: `
    m = beta1*m + (1 - beta1)*g
    v = v - (1 - beta2)*sign(v - g^2)*g^2
    w = w - lr * m / (sqrt(v) + eps)
  `,
});
