import { listed } from "../rule.ts";

/** Momentum, the heavy ball (Polyak 1964): gradients add up in a velocity, which each step first multiplies by β. */
export const momentum = listed({
  name: "momentum",
  title: "Momentum",
  source: "Polyak 1964, Some methods of speeding up the convergence of iteration methods",
  notes: ["v sums gradients without the factor 1 − β: at a constant gradient g the steps grow to lr·g/(1 − β)"],
  hyper: { lr: 0.01, beta: 0.9 },
  slots: ["v"],
  update: `
    v = beta*v + g
    w = w - lr*v
  `,
});
