import type { Optimizer } from "../../optimizers/index.ts";
import { type Common, common, type Given, optaxArguments } from "./arguments.ts";
import { chain, scaleByLearningRate } from "./chain.ts";

/** The arguments of optax.amsgrad. */
export interface AmsgradArguments extends Common {
  /** The decay rate of the average of g. Default 0.9. */
  readonly b1: number;
  /** The decay rate of the average of g². Default 0.999. */
  readonly b2: number;
  /** Added outside the root. Default 1e-8. */
  readonly eps: number;
  /** Added inside the root. Default 0. */
  readonly eps_root: number;
  /** Null: the state has the type of w. */
  readonly mu_dtype: null;
  /** Whether to correct the average of g for its start at 0. Default true. */
  readonly bias_correction_mu: boolean;
  /** Whether to correct the average of g² for its start at 0. Default true. */
  readonly bias_correction_nu: boolean;
}

const defaults: AmsgradArguments = {
  ...common,
  b1: 0.9,
  b2: 0.999,
  eps: 1e-8,
  eps_root: 0,
  mu_dtype: null,
  bias_correction_mu: true,
  bias_correction_nu: true,
};

/** optax.amsgrad. The largest average is taken after its bias correction (PyTorch: before). */
export function amsgrad(given: Given<AmsgradArguments>): Optimizer {
  const options = optaxArguments("amsgrad", defaults, given);
  const { learning_rate, b1, b2, eps, eps_root, bias_correction_mu, bias_correction_nu } = options;
  const scaleByAmsgrad = {
    hyper: { b1, b2, eps, eps_root },
    slots: { m: 0, v: 0, v_max: 0 },
    update: [
      "m = (1 - b1)*g + b1*m",
      "v = (1 - b2)*g^2 + b2*v",
      `v_max = max(v_max, ${bias_correction_nu ? "v / (1 - b2^t)" : "v"})`,
      `g = ${bias_correction_mu ? "m / (1 - b1^t)" : "m"} / (sqrt(v_max + eps_root) + eps)`,
    ],
  };
  return chain("amsgrad", scaleByAmsgrad, scaleByLearningRate(learning_rate));
}
