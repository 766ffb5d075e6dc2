import type { Optimizer } from "../../optimizers/index.ts";
import { notNegative } from "../arguments.ts";
import { type Given, optaxArguments } from "./arguments.ts";
import { chain } from "./chain.ts";

/** The arguments of optax.rprop. */
export interface RpropArguments {
  /** The length of the first step; no schedule. */
  readonly learning_rate: number;
  /** The factor that shrinks a step when the gradient's sign flips. Default 0.5. */
  readonly eta_minus: number;
  /** The factor that lets a step grow while the sign stays the same. Default 1.2. */
  readonly eta_plus: number;
  /** The shortest step. Default 1e-6. */
  readonly min_step_size: number;
  /** The longest step. Default 50. */
  readonly max_step_size: number;
}

const defaults: RpropArguments = {
  learning_rate: Number.NaN,
  eta_minus: 0.5,
  eta_plus: 1.2,
  min_step_size: 1e-6,
  max_step_size: 50,
};

const own = { learning_rate: notNegative };

/**
 * optax.rprop, including a bug of optax 0.2.8: each step is taken one call late. After a flip a weight rests; its step size is
 * clipped to the bounds when it changes.
 */
export function rprop(given: Given<RpropArguments>): Optimizer {
  const options = optaxArguments("rprop", defaults, given, own);
  const { learning_rate: lr, eta_minus, eta_plus, min_step_size, max_step_size } = options;
  const scaleByRprop = {
    hyper: { lr, eta_minus, eta_plus, min_step_size, max_step_size },
    slots: { step: "lr", last: 0 },
    update: [
      "agree = g * last",
      "changed = min(max(step * where(agree > 0, eta_plus, eta_minus), min_step_size), max_step_size)",
      "step = where(agree == 0, step, changed)",
      "now = where(agree < 0, 0, step*sign(g))",
      "g = where(agree < 0, 0, -last)",
      "last = now",
    ],
  };
  return chain("rprop", scaleByRprop);
}
