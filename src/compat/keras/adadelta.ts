import type { Optimizer } from "../../optimizers/index.ts";
import { type Common, common, kerasArguments } from "./arguments.ts";
import { kerasOptimizer } from "./optimizer.ts";

/** The arguments of keras.optimizers.Adadelta. */
export interface AdadeltaArguments extends Common {
  /** The decay rate of the averages of g² and of squared steps. Default 0.95. */
  readonly rho: number;
  /** Added inside both roots. Default 1e-7. */
  readonly epsilon: number;
}

const defaults: AdadeltaArguments = { ...common, learning_rate: 1e-3, rho: 0.95, epsilon: 1e-7 };

/** keras.optimizers.Adadelta. epsilon is inside both roots. */
export function Adadelta(given: Partial<AdadeltaArguments> = {}): Optimizer {
  const options = kerasArguments("Adadelta", defaults, given);
  const { rho, epsilon: eps } = options;
  return kerasOptimizer("Adadelta", options, {
    hyper: { rho, eps },
    slots: { s: 0, d: 0 },
    update: [
      "s = rho*s + (1 - rho)*g^2",
      "step = sqrt(d + eps) * g / sqrt(s + eps)",
      "d = rho*d + (1 - rho)*step^2",
      "w = w - lr*step",
    ],
  });
}
