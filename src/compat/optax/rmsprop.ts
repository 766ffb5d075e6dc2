import type { Optimizer } from "../../optimizers/index.ts";
import { type Common, common, type Given, optaxArguments } from "./arguments.ts";
import { chain, scaleByLearningRate, type Transformation, trace } from "./chain.ts";

/** The arguments of optax.rmsprop. */
export interface RmspropArguments extends Common {
  /** The decay rate of the averages. Default 0.9. */
  readonly decay: number;
  /** Added to the mean square, or to its root; see eps_in_sqrt. Default 1e-8. */
  readonly eps: number;
  /** Where the average of g² starts. Default 0. */
  readonly initial_scale: number;
  /** Whether eps is added inside the root. Default true. */
  readonly eps_in_sqrt: boolean;
  /** Whether to divide by the gradient's standard deviation instead of its root mean square. Default false. */
  readonly centered: boolean;
  /** The factor by which the velocity shrinks in each step; null: no velocity. Default null. */
  readonly momentum: number | null;
  /** Whether to use Nesterov's momentum. Default false. */
  readonly nesterov: boolean;
  /** Whether to correct the averages for their start at 0, as Adam does. Default false. */
  readonly bias_correction: boolean;
}

const defaults: RmspropArguments = {
  ...common,
  decay: 0.9,
  eps: 1e-8,
  initial_scale: 0,
  eps_in_sqrt: true,
  centered: false,
  momentum: null,
  nesterov: false,
  bias_correction: false,
};

/**
 * optax.rmsprop. Momentum acts on the scaled step, including the learning rate. Where rounding would make the variance of
 * `centered` negative it counts as 0 (optax: NaN).
 */
export function rmsprop(given: Given<RmspropArguments>): Optimizer {
  const options = optaxArguments("rmsprop", defaults, given);
  const { learning_rate, momentum, nesterov } = options;
  return chain("rmsprop", scaleByRms(options), scaleByLearningRate(learning_rate), trace(momentum, nesterov));
}

function scaleByRms(options: RmspropArguments): Transformation {
  const { decay, eps, initial_scale, eps_in_sqrt, centered, bias_correction } = options;
  const corrected = (moment: string): string => (bias_correction ? `(${moment} / (1 - decay^t))` : moment);
  const square = centered ? `${corrected("s")} - ${corrected("a")}^2` : corrected("s");
  return {
    hyper: { decay, eps, initial_scale },
    slots: { s: "initial_scale", ...(centered ? { a: 0 } : {}) },
    update: [
      centered && "a = (1 - decay)*g + decay*a",
      "s = (1 - decay)*g^2 + decay*s",
      eps_in_sqrt ? `g = g / sqrt(max(${square} + eps, 0))` : `g = g / (sqrt(max(${square}, 0)) + eps)`,
    ],
  };
}
