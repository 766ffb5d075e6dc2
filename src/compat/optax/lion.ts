import type { Optimizer, Schedule } from "../../optimizers/index.ts";
import { type Common, common, type Given, optaxArguments } from "./arguments.ts";
import { addDecayedWeights, chain, scaleByLearningRate } from "./chain.ts";

/** The arguments of optax.lion. */
export interface LionArguments extends Common {
  /** The weight of the momentum in the step's direction. Default 0.9. */
  readonly b1: number;
  /** The decay rate of the momentum. Default 0.99. */
  readonly b2: number;
  /** Null: the state has the type of w. */
  readonly mu_dtype: null;
  /** Decoupled weight decay, scaled by the learning rate. Default 1e-3. */
  readonly weight_decay: number | Schedule;
  /** Whether weights decay: true and null, all of them; false, none. Default null. */
  readonly mask: boolean | null;
}

const defaults: LionArguments = { ...common, b1: 0.9, b2: 0.99, mu_dtype: null, weight_decay: 1e-3, mask: null };

/** optax.lion (Chen et al. 2023). */
export function lion(given: Given<LionArguments>): Optimizer {
  const { learning_rate, b1, b2, weight_decay, mask } = optaxArguments("lion", defaults, given);
  const scaleByLion = {
    hyper: { b1, b2 },
    slots: { m: 0 },
    update: ["c = (1 - b1)*g + b1*m", "m = (1 - b2)*g + b2*m", "g = sign(c)"],
  };
  return chain("lion", scaleByLion, addDecayedWeights(weight_decay, mask), scaleByLearningRate(learning_rate));
}
