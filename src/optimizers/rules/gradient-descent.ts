import { listed } from "../rule.ts";

/**
 * Gradient descent, the method of steepest descent (Cauchy 1847): a step against the gradient. With mini-batches it is
 * stochastic gradient descent (Robbins & Monro 1951).
 */
export const gradientDescent = listed({
  name: "gradient-descent",
  title: "Gradient descent",
  source: "Cauchy 1847; stochastic: Robbins & Monro 1951",
  hyper: { lr: 0.01 },
  update: "w = w - lr*g",
});
