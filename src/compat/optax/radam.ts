import { multiplyOut } from "../../expr/index.ts";
import type { Optimizer } from "../../optimizers/index.ts";
import { type Common, common, type Given, optaxArguments } from "./arguments.ts";
import { chain, correctedMean, scaleByLearningRate } from "./chain.ts";

/** The arguments of optax.radam. */
export interface RadamArguments extends Common {
  /** The decay rate of the average of g. Default 0.9. */
  readonly b1: number;
  /** The decay rate of the average of g². Default 0.999. */
  readonly b2: number;
  /** Added outside the root. Default 1e-8. */
  readonly eps: number;
  /** Added inside the root. Default 0. */
  readonly eps_root: number;
  /** The length of the average above which it is trusted. Default 5. */
  readonly threshold: number;
  /** Whether to use Nesterov's momentum. Default false. */
  readonly nesterov: boolean;
}

const defaults: RadamArguments = {
  ...common,
  b1: 0.9,
  b2: 0.999,
  eps: 1e-8,
  eps_root: 0,
  threshold: 5,
  nesterov: false,
};

/** optax.radam. Where a threshold below 4 makes the rectification imaginary it counts as 0 (optax: NaN). */
export function radam(given: Given<RadamArguments>): Optimizer {
  const { learning_rate, b1, b2, eps, eps_root, threshold, nesterov } = optaxArguments("radam", defaults, given);
  const scaleByRadam = {
    // JAX computes b2ᵗ by repeated squaring. ρ magnifies its rounding, so it is repeated here, bit for bit.
    hyper: { b1, b2, eps, eps_root, threshold, b2_t: (t: number) => multiplyOut(b2, t) },
    slots: { m: 0, v: 0 },
    update: [
      "m = (1 - b1)*g + b1*m",
      "v = (1 - b2)*g^2 + b2*v",
      correctedMean(nesterov),
      "rho_max = 2 / (1 - b2) - 1",
      "rho = rho_max - 2*t*b2_t / (1 - b2_t)",
      "r = sqrt(max((rho - 4)*(rho - 2)*rho_max / ((rho_max - 4)*(rho_max - 2)*rho), 0))",
      "g = where(rho >= threshold, r*m_hat / (sqrt(v / (1 - b2^t) + eps_root) + eps), m_hat)",
    ],
  };
  return chain("radam", scaleByRadam, scaleByLearningRate(learning_rate));
}
