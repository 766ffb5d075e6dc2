import type { Optimizer, Schedule } from "../../optimizers/index.ts";
import { scaleByAdam } from "./adam.ts";
import { type Common, common, type Given, optaxArguments } from "./arguments.ts";
import { addDecayedWeights, chain, scaleByLearningRate } from "./chain.ts";

/** The arguments of optax.lamb. */
export interface LambArguments extends Common {
  /** The decay rate of the average of g. Default 0.9. */
  readonly b1: number;
  /** The decay rate of the average of g². Default 0.999. */
  readonly b2: number;
  /** Added outside the root. Default 1e-6. */
  readonly eps: number;
  /** Added inside the root. Default 0. */
  readonly eps_root: number;
  /** Weight decay: weight_decay·w is added to Adam's direction, before the norms scale it. Default 0. */
  readonly weight_decay: number | Schedule;
  /** Whether weights decay: true and null, all of them; false, none. Default null. */
  readonly mask: boolean | null;
}

const defaults: LambArguments = { ...common, b1: 0.9, b2: 0.999, eps: 1e-6, eps_root: 0, weight_decay: 0, mask: null };

/** Scales the update to the norm of the weights, tensor by tensor; unchanged if either norm is 0. */
const scaleByTrustRatio = {
  hyper: {},
  update: ["g = g * where(norm(w) > 0, where(norm(g) > 0, norm(w) / norm(g), 1), 1)"],
};

/** optax.lamb (You et al. 2020). */
export function lamb(given: Given<LambArguments>): Optimizer {
  const options = optaxArguments("lamb", defaults, given);
  return chain(
    "lamb",
    scaleByAdam({ ...options, nesterov: false }),
    addDecayedWeights(options.weight_decay, options.mask),
    scaleByTrustRatio,
    scaleByLearningRate(options.learning_rate),
  );
}
