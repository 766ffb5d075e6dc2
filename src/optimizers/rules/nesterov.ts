import { listed } from "../rule.ts";

/**
 * Nesterov's accelerated gradient (Nesterov 1983), as Sutskever et al. 2013 write it: the gradient is taken where the
 * velocity is about to carry w.
 */
export const nesterov = listed({
  name: "nesterov",
  title: "Nesterov momentum",
  source: "Nesterov 1983; Sutskever, Martens, Dahl & Hinton 2013, eqs. 3–4",
  notes: ["g is the gradient at the looked-ahead point, not at w"],
  hyper: { lr: 0.01, beta: 0.9 },
  slots: ["v"],
  lookahead: "w - lr*beta*v",
  update: `
    v = beta*v + g
    w = w - lr*v
  `,
});
