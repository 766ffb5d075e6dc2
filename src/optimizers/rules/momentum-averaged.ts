import { listed } from "../rule.ts";

/**
 * Momentum with the factor 1 − β: the velocity is an exponentially weighted average of the gradients. With lr/(1 − β) in
 * place of lr it takes the steps of `momentum`, as long as lr and β stay the same.
 */
export const momentumAveraged = listed({
  name: "momentum-averaged",
  title: "Momentum (averaged)",
  source: "Polyak 1964; the averaged form as in Kingma & Ba 2015, Adam's first moment",
  notes: ["no bias correction: the first steps are short"],
  hyper: { lr: 0.1, beta: 0.9 },
  slots: ["v"],
  update: `
    v = beta*v + (1 - beta)*g
    w = w - lr*v
  `,
});
