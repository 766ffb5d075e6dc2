import { listed } from "../rule.ts";

/** RMSProp that divides by the gradient's standard deviation instead of its root mean square (Graves 2013, eqs. 38–41). */
export const rmspropCentered = listed({
  name: "rmsprop-centered",
  title: "RMSProp (centered)",
  source: "Graves 2013, Generating sequences with recurrent neural networks, eqs. 38–41",
  notes: [
    "rounding cannot make the variance estimate fall below 0",
    "eps is outside the root; Graves puts it inside",
    "no bias correction: the first step is about lr/√(ρ(1 − ρ)), 3.3 lr by default",
  ],
  hyper: { lr: 1e-3, rho: 0.9, eps: 1e-8 },
  slots: ["s", "a"],
  update: `
    s = rho*s + (1 - rho)*g^2
    a = rho*a + (1 - rho)*g
    w = w - lr * g / (sqrt(max(s - a^2, 0)) + eps)
  `,
});
