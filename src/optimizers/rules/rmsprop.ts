import { listed } from "../rule.ts";

/** RMSProp (Tieleman & Hinton 2012): Adagrad with an exponentially weighted average in place of the sum. */
export const rmsprop = listed({
  name: "rmsprop",
  title: "RMSProp",
  source: "Tieleman & Hinton 2012, Neural networks for machine learning, lecture 6e",
  notes: [
    "eps is outside the root",
    "no bias correction: the first step is about lr/√(1 − ρ), 3.2 lr by default, and at a steady gradient later ones approach lr",
  ],
  hyper: { lr: 1e-3, rho: 0.9, eps: 1e-8 },
  slots: ["s"],
  update: `
    s = rho*s + (1 - rho)*g^2
    w = w - lr * g / (sqrt(s) + eps)
  `,
});
