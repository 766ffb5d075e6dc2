import { listed } from "../rule.ts";

/** RMSProp divided by the gradient's standard deviation instead of its root mean square (Graves 2013, eqs. 38–45). */
export const rmspropCentered = listed({
  name: "rmsprop-centered",
  title: "RMSProp (centered)",
  source: "Graves 2013, Generating sequences with recurrent neural networks, eqs. 38–40",
  notes: ["rounding cannot make the variance estimate fall below 0", "eps is outside the root"],
  hyper: { lr: 1e-3, rho: 0.9, eps: 1e-8 },
  slots: ["s", "a"],
  update: `
    s = rho*s + (1 - rho)*g^2
    a = rho*a + (1 - rho)*g
    w = w - lr * g / (sqrt(max(s - a^2, 0)) + eps)
  `,
});
