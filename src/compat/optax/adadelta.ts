import type { Optimizer, Schedule } from "../../optimizers/index.ts";
import { notNegative, orNull, orSchedule, type Rate } from "../arguments.ts";
import { optaxArguments } from "./arguments.ts";
import { addDecayedWeights, chain, scaleByLearningRate } from "./chain.ts";

/** The arguments of optax.adadelta. */
export interface AdadeltaArguments {
  /** Null: the update is added unchanged, which ascends. */
  readonly learning_rate: Rate | null;
  /** The decay rate of the averages of g² and of squared steps. Default 0.9. */
  readonly rho: number;
  /** Added inside both roots. Default 1e-6. */
  readonly eps: number;
  /** Added to the gradient, as an L2 term. Default 0. */
  readonly weight_decay: number | Schedule;
  /** Whether weights decay: true and null, all of them; false, none. Default null. */
  readonly weight_decay_mask: boolean | null;
}

const defaults: AdadeltaArguments = {
  learning_rate: null,
  rho: 0.9,
  eps: 1e-6,
  weight_decay: 0,
  weight_decay_mask: null,
};

const own = { learning_rate: orNull(orSchedule(notNegative)) };

/** optax.adadelta. eps is inside both roots. */
export function adadelta(given: Partial<AdadeltaArguments> = {}): Optimizer {
  const options = optaxArguments("adadelta", defaults, given, own);
  const { learning_rate, rho, eps, weight_decay, weight_decay_mask } = options;
  const scaleByAdadelta = {
    hyper: { rho, eps },
    slots: { s: 0, d: 0 },
    update: ["s = (1 - rho)*g^2 + rho*s", "g = sqrt(d + eps) / sqrt(s + eps) * g", "d = (1 - rho)*g^2 + rho*d"],
  };
  return chain(
    "adadelta",
    addDecayedWeights(weight_decay, weight_decay_mask),
    scaleByAdadelta,
    scaleByLearningRate(learning_rate),
  );
}
