import { listed } from "../rule.ts";

/** Lion (Chen et al. 2023, algorithm 2): the sign of an interpolated momentum; every weight moves by lr. */
export const lion = listed({
  name: "lion",
  title: "Lion",
  source: "Chen et al. 2023, Symbolic discovery of optimization algorithms, algorithm 2",
  hyper: { lr: 1e-4, beta1: 0.9, beta2: 0.99, weight_decay: 0 },
  slots: ["m"],
  update: `
    c = beta1*m + (1 - beta1)*g
    w = w - lr * (sign(c) + weight_decay*w)
    m = beta2*m + (1 - beta2)*g
  `,
});
