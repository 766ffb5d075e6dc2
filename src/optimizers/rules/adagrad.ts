import { listed } from "../rule.ts";

/** Adagrad (Duchi, Hazan & Singer 2011), diagonal form: each weight's learning rate falls as its squared gradients add up. */
export const adagrad = listed({
  name: "adagrad",
  title: "Adagrad",
  source: "Duchi, Hazan & Singer 2011, Adaptive subgradient methods, fig. 1",
  notes: ["eps is outside the root", "s starts at `initial`, which is 0 as in the paper"],
  hyper: { lr: 0.01, eps: 1e-10, initial: 0 },
  slots: { s: "initial" },
  update: `
    s = s + g^2
    w = w - lr * g / (sqrt(s) + eps)
  `,
});
