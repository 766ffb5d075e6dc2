import type { Optimizer } from "../../optimizers/index.ts";
import { orSchedule, positive } from "../arguments.ts";
import { type Common, common, kerasArguments } from "./arguments.ts";
import { kerasOptimizer } from "./optimizer.ts";

/** The arguments of keras.optimizers.Ftrl. */
export interface FtrlArguments extends Common {
  /** 0 or less: the learning rate falls with the sum of squared gradients to this power. Default -0.5. */
  readonly learning_rate_power: number;
  /** Where the sum of squared gradients starts. Default 0.1. */
  readonly initial_accumulator_value: number;
  /** The strength of the L1 penalty. Default 0. */
  readonly l1_regularization_strength: number;
  /** The strength of the L2 penalty. Default 0. */
  readonly l2_regularization_strength: number;
  /** The strength of an L2 term in the gradient only: twice this times w is added to it. Default 0. */
  readonly l2_shrinkage_regularization_strength: number;
  /** The paper's β. Default 0. */
  readonly beta: number;
}

const defaults: FtrlArguments = {
  ...common,
  learning_rate: 1e-3,
  learning_rate_power: -0.5,
  initial_accumulator_value: 0.1,
  l1_regularization_strength: 0,
  l2_regularization_strength: 0,
  l2_shrinkage_regularization_strength: 0,
  beta: 0,
};

/** Positive, since the formula divides by it. */
const own = { learning_rate: orSchedule(positive) };

/** keras.optimizers.Ftrl, "follow the regularized leader" (McMahan et al. 2013, algorithm 1). */
export function Ftrl(given: Partial<FtrlArguments> = {}): Optimizer {
  const options = kerasArguments("Ftrl", defaults, given, own);
  return kerasOptimizer("Ftrl", options, {
    hyper: {
      power: -options.learning_rate_power,
      initial_accumulator_value: options.initial_accumulator_value,
      l1: options.l1_regularization_strength,
      l2: options.l2_regularization_strength,
      shrinkage: options.l2_shrinkage_regularization_strength,
      beta: options.beta,
    },
    slots: { n: "initial_accumulator_value", z: 0 },
    update: [
      "n_before = n",
      "n = n + g^2",
      "z = z + (g + 2*shrinkage*w - (n^power - n_before^power) / lr * w)",
      "w = (max(-l1, min(l1, z)) - z) / (n^power / lr + 2*(l2 + beta / (2*lr)))",
    ],
  });
}
