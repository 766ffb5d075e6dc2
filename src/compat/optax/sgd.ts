import type { Optimizer } from "../../optimizers/index.ts";
import { type Common, common, type Given, optaxArguments } from "./arguments.ts";
import { chain, scaleByLearningRate, trace } from "./chain.ts";

/** The arguments of optax.sgd. */
export interface SgdArguments extends Common {
  /** The factor by which the velocity shrinks in each step; null: no velocity. Default null. */
  readonly momentum: number | null;
  /** Whether to use Nesterov's momentum. Default false. */
  readonly nesterov: boolean;
  /** Null: the state has the type of w. */
  readonly accumulator_dtype: null;
}

const defaults: SgdArguments = { ...common, momentum: null, nesterov: false, accumulator_dtype: null };

/** optax.sgd: gradient descent, with momentum if it is given. */
export function sgd(given: Given<SgdArguments>): Optimizer {
  const { learning_rate, momentum, nesterov } = optaxArguments("sgd", defaults, given);
  return chain("sgd", trace(momentum, nesterov), scaleByLearningRate(learning_rate));
}
