import { listed } from "../rule.ts";

/** RMSProp with momentum on its scaled gradients (Tieleman & Hinton 2012, "further developments"). */
export const rmspropMomentum = listed({
  name: "rmsprop-momentum",
  title: "RMSProp + momentum",
  source: "Tieleman & Hinton 2012, lecture 6e; Graves 2013, eqs. 40–41",
  notes: [
    "momentum acts on the scaled gradient",
    "eps is outside the root; Graves puts it inside",
    "no bias correction: the first step is about lr/√(1 − ρ), 3.2 lr by default",
  ],
  hyper: { lr: 1e-3, rho: 0.9, beta: 0.9, eps: 1e-8 },
  slots: ["s", "v"],
  update: `
    s = rho*s + (1 - rho)*g^2
    v = beta*v + g / (sqrt(s) + eps)
    w = w - lr*v
  `,
});
