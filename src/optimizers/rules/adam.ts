import { listed } from "../rule.ts";

/** Adam (Kingma & Ba 2015, algorithm 1): averages of the gradient and of its square, each corrected for its start at 0. */
export const adam = listed({
  name: "adam",
  title: "Adam",
  source: "Kingma & Ba 2015, Adam: a method for stochastic optimization, algorithm 1",
  notes: ["eps is outside the root"],
  hyper: { lr: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8 },
  slots: ["m", "v"],
  update: `
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*g^2
    w = w - lr * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + eps)
  `,
});
