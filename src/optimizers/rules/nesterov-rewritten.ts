import { listed } from "../rule.ts";

/**
 * Nesterov momentum in the variable w − lr·β·v, so that the gradient is taken at w itself (Bengio, Boulanger-Lewandowski &
 * Pascanu 2013): the form that most libraries use. At constant lr and β its w is the looked-ahead point of `nesterov`.
 */
export const nesterovRewritten = listed({
  name: "nesterov-rewritten",
  title: "Nesterov (rewritten)",
  source: "Bengio, Boulanger-Lewandowski & Pascanu 2013, Advances in optimizing recurrent networks, eq. 7",
  hyper: { lr: 0.01, beta: 0.9 },
  slots: ["v"],
  update: `
    v = beta*v + g
    w = w - lr*(g + beta*v)
  `,
});
