import { listed } from "../rule.ts";

/**
 * AMSGrad (Reddi, Kale & Kumar 2018, algorithm 2): Adam with the largest second moment so far, so that effective learning
 * rates never grow.
 */
export const amsgrad = listed({
  name: "amsgrad",
  title: "AMSGrad",
  source: "Reddi, Kale & Kumar 2018, On the convergence of Adam and beyond, algorithm 2",
  notes: ["no bias correction, as in the paper; libraries often add it", "eps is outside the root"],
  hyper: { lr: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8 },
  slots: ["m", "v", "v_max"],
  update: `
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*g^2
    v_max = max(v_max, v)
    w = w - lr * m / (sqrt(v_max) + eps)
  `,
});
