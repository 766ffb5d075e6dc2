import { listed } from "../rule.ts";

/** Adadelta (Zeiler 2012, algorithm 1): steps in the units of w, from averages of squared steps and squared gradients. */
export const adadelta = listed({
  name: "adadelta",
  title: "Adadelta",
  source: "Zeiler 2012, ADADELTA: an adaptive learning rate method, algorithm 1",
  notes: ["eps is inside both roots", "the paper has no learning rate; lr = 1 gives the paper's rule"],
  hyper: { lr: 1, rho: 0.95, eps: 1e-6 },
  slots: ["s", "d"],
  update: `
    s = rho*s + (1 - rho)*g^2
    step = sqrt(d + eps) / sqrt(s + eps) * g
    d = rho*d + (1 - rho)*step^2
    w = w - lr*step
  `,
});
