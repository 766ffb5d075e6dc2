import type { Optimizer, Schedule } from "../../optimizers/index.ts";
import { type Common, common, type Given, optaxArguments } from "./arguments.ts";
import { addDecayedWeights, chain, scaleByLearningRate, type Transformation } from "./chain.ts";

/** The arguments of optax.adamax. */
export interface AdamaxArguments extends Common {
  /** The decay rate of the average of g. Default 0.9. */
  readonly b1: number;
  /** The decay rate of the largest |g|. Default 0.999. */
  readonly b2: number;
  /** Added to |g| inside the maximum. Default 1e-8. */
  readonly eps: number;
}

/** The arguments of optax.adamaxw. */
export interface AdamaxwArguments extends AdamaxArguments {
  /** Decoupled weight decay, scaled by the learning rate. Default 1e-4. */
  readonly weight_decay: number | Schedule;
  /** Whether weights decay: true and null, all of them; false, none. Default null. */
  readonly mask: boolean | null;
}

const defaults: AdamaxArguments = { ...common, b1: 0.9, b2: 0.999, eps: 1e-8 };
const defaultsW: AdamaxwArguments = { ...defaults, weight_decay: 1e-4, mask: null };

/** optax.adamax. eps is added to |g| inside the maximum. */
export function adamax(given: Given<AdamaxArguments>): Optimizer {
  const options = optaxArguments("adamax", defaults, given);
  return chain("adamax", scaleByAdamax(options), scaleByLearningRate(options.learning_rate));
}

/** optax.adamaxw: adamax with decoupled weight decay, scaled by the learning rate. */
export function adamaxw(given: Given<AdamaxwArguments>): Optimizer {
  const options = optaxArguments("adamaxw", defaultsW, given);
  const decay = addDecayedWeights(options.weight_decay, options.mask);
  return chain("adamaxw", scaleByAdamax(options), decay, scaleByLearningRate(options.learning_rate));
}

const scaleByAdamax = ({ b1, b2, eps }: AdamaxArguments): Transformation => ({
  hyper: { b1, b2, eps },
  slots: { m: 0, u: 0 },
  update: ["m = (1 - b1)*g + b1*m", "u = max(abs(g) + eps, b2*u)", "g = m / (1 - b1^t) / u"],
});
