import type { Optimizer } from "../../optimizers/index.ts";
import { type Kind, notNegative } from "../arguments.ts";
import { type Common, common, kerasArguments } from "./arguments.ts";
import { kerasOptimizer } from "./optimizer.ts";

/** The arguments of keras.optimizers.Adam. */
export interface AdamArguments extends Common {
  /** The decay rate of the average of g. Default 0.9. */
  readonly beta_1: number;
  /** The decay rate of the average of g². Default 0.999. */
  readonly beta_2: number;
  /** Added outside the root, before the bias correction. Default 1e-7. */
  readonly epsilon: number;
  /** Whether to divide by the largest average of g² so far. Default false. */
  readonly amsgrad: boolean;
}

const defaults: AdamArguments = {
  ...common,
  learning_rate: 1e-3,
  beta_1: 0.9,
  beta_2: 0.999,
  epsilon: 1e-7,
  amsgrad: false,
};

/** keras.optimizers.Adam: "epsilon hat" of Kingma & Ba 2015, section 2: it is added before the bias correction. */
export const Adam = (given: Partial<AdamArguments> = {}): Optimizer =>
  adamFrom("Adam", kerasArguments("Adam", defaults, given));

/** The arguments of keras.optimizers.AdamW. */
export interface AdamWArguments extends AdamArguments {
  /** Decoupled weight decay, scaled by the learning rate. Default 0.004. */
  readonly weight_decay: number;
}

const defaultsW: AdamWArguments = { ...defaults, weight_decay: 0.004 };
const decays: Readonly<Record<string, Kind>> = { weight_decay: notNegative };

/** keras.optimizers.AdamW: Adam whose weight decay is 0.004 unless given, and never null. */
export const AdamW = (given: Partial<AdamWArguments> = {}): Optimizer =>
  adamFrom("AdamW", kerasArguments("AdamW", defaultsW, given, decays));

function adamFrom(name: string, options: AdamArguments): Optimizer {
  const { beta_1: beta1, beta_2: beta2, epsilon: eps, amsgrad } = options;
  return kerasOptimizer(name, options, {
    hyper: { beta1, beta2, eps },
    slots: { m: 0, v: 0, ...(amsgrad ? { v_max: 0 } : {}) },
    update: [
      "m = m + (1 - beta1)*(g - m)",
      "v = v + (1 - beta2)*(g^2 - v)",
      amsgrad && "v_max = max(v_max, v)",
      `root = sqrt(${amsgrad ? "v_max" : "v"}) + eps`,
      "w = w - m * (lr * sqrt(1 - beta2^t) / (1 - beta1^t)) / root",
    ],
  });
}
