import { listed } from "../rule.ts";

/** LAMB (You et al. 2020, algorithm 2): Adam's direction, scaled in each tensor by the norm of its weights. */
export const lamb = listed({
  name: "lamb",
  title: "LAMB",
  source: "You et al. 2020, Large batch optimization for deep learning, algorithm 2 with φ(z) = z",
  notes: ["norms are computed tensor by tensor", "the ratio is 1 for a tensor that is all 0 or whose step is 0"],
  hyper: { lr: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-6, weight_decay: 0 },
  slots: ["m", "v"],
  update: `
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*g^2
    u = (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + eps) + weight_decay*w
    ratio = where(norm(w) > 0, where(norm(u) > 0, norm(w) / norm(u), 1), 1)
    w = w - lr * ratio * u
  `,
});
