import { listed } from "../rule.ts";

/** RAdam (Liu et al. 2020, algorithm 2): momentum until the second moment is reliable, then Adam with a rectified step. */
export const radam = listed({
  name: "radam",
  title: "RAdam",
  source: "Liu et al. 2020, On the variance of the adaptive learning rate and beyond, algorithm 2",
  notes: ["rectified if rho > 4, as in the paper (some libraries use 5)", "eps is outside the root"],
  hyper: { lr: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8 },
  slots: ["m", "v"],
  update: `
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*g^2
    m_hat = m / (1 - beta1^t)
    rho_max = 2 / (1 - beta2) - 1
    rho = rho_max - 2*t*beta2^t / (1 - beta2^t)
    r = sqrt(max((rho - 4)*(rho - 2)*rho_max / ((rho_max - 4)*(rho_max - 2)*rho), 0))
    w = w - lr * where(rho > 4, r * m_hat / (sqrt(v / (1 - beta2^t)) + eps), m_hat)
  `,
});
