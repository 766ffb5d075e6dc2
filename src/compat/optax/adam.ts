import type { Optimizer, Schedule } from "../../optimizers/index.ts";
import { type Common, common, type Given, optaxArguments } from "./arguments.ts";
import { addDecayedWeights, chain, correctedMean, scaleByLearningRate, type Transformation } from "./chain.ts";

/** The arguments of optax.adam. */
export interface AdamArguments extends Common {
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
  /** Whether to use Nesterov's momentum. Default false. */
  readonly nesterov: boolean;
}

/** The arguments of optax.adamw. */
export interface AdamwArguments extends AdamArguments {
  /** Decoupled weight decay, scaled by the learning rate. Default 1e-4. */
  readonly weight_decay: number | Schedule;
  /** Whether weights decay: true and null, all of them; false, none. Default null. */
  readonly mask: boolean | null;
}

const defaults: AdamArguments = {
  ...common,
  b1: 0.9,
  b2: 0.999,
  eps: 1e-8,
  eps_root: 0,
  mu_dtype: null,
  nesterov: false,
};
const defaultsW: AdamwArguments = { ...defaults, weight_decay: 1e-4, mask: null };

/** optax.adam (Kingma & Ba 2015). */
export const adam = (given: Given<AdamArguments>): Optimizer => adamNamed("adam", defaults, given);

/** optax.nadam: adam with `nesterov`; β₁ stays the same. */
export const nadam = (given: Given<AdamArguments>): Optimizer =>
  adamNamed("nadam", { ...defaults, nesterov: true }, given);

/** optax.adamw: adam with decoupled weight decay, scaled by the learning rate. */
export const adamw = (given: Given<AdamwArguments>): Optimizer => adamwNamed("adamw", defaultsW, given);

/** optax.nadamw: adamw with `nesterov`. */
export const nadamw = (given: Given<AdamwArguments>): Optimizer =>
  adamwNamed("nadamw", { ...defaultsW, nesterov: true }, given);

function adamNamed(name: string, start: AdamArguments, given: Given<AdamArguments>): Optimizer {
  const options = optaxArguments(name, start, given);
  return chain(name, scaleByAdam(options), scaleByLearningRate(options.learning_rate));
}

function adamwNamed(name: string, start: AdamwArguments, given: Given<AdamwArguments>): Optimizer {
  const options = optaxArguments(name, start, given);
  const decay = addDecayedWeights(options.weight_decay, options.mask);
  return chain(name, scaleByAdam(options), decay, scaleByLearningRate(options.learning_rate));
}

/** Adam's direction. */
export const scaleByAdam = (
  options: Pick<AdamArguments, "b1" | "b2" | "eps" | "eps_root" | "nesterov">,
): Transformation => ({
  hyper: { b1: options.b1, b2: options.b2, eps: options.eps, eps_root: options.eps_root },
  slots: { m: 0, v: 0 },
  update: [
    "m = (1 - b1)*g + b1*m",
    "v = (1 - b2)*g^2 + b2*v",
    correctedMean(options.nesterov),
    "g = m_hat / (sqrt(v / (1 - b2^t) + eps_root) + eps)",
  ],
});
