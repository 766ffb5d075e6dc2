import type { Optimizer } from "../../optimizers/index.ts";
import { lines, optimizerFrom } from "../formula.ts";
import { type Common, common, torchArguments } from "./arguments.ts";
import { decoupledLines } from "./gradient.ts";
import { averageLine } from "./lerp.ts";

/** The arguments of torch.optim.Adam. */
export interface AdamArguments extends Common {
  /** The decay rates of the averages of g and of g². Default [0.9, 0.999]. */
  readonly betas: readonly [number, number];
  /** Added outside the root. Default 1e-8. */
  readonly eps: number;
  /**
   * The strength of weight decay: weight_decay·w is added to the gradient, or, if decoupled, w shrinks by
   * lr·weight_decay. Default 0; AdamW: 0.01.
   */
  readonly weight_decay: number;
  /** Whether to divide by the largest average of g² so far. Default false. */
  readonly amsgrad: boolean;
  /** Whether weights decay apart from the gradient, as in AdamW. Default false. */
  readonly decoupled_weight_decay: boolean;
}

const defaults: AdamArguments = {
  ...common,
  lr: 1e-3,
  betas: [0.9, 0.999],
  eps: 1e-8,
  weight_decay: 0,
  amsgrad: false,
  decoupled_weight_decay: false,
};

/** torch.optim.Adam. eps is outside the root; amsgrad takes the largest average before its bias correction. */
export const Adam = (given: Partial<AdamArguments> = {}): Optimizer =>
  adamFrom("Adam", torchArguments("Adam", defaults, given));

/** The arguments of torch.optim.AdamW. */
export type AdamWArguments = Omit<AdamArguments, "decoupled_weight_decay">;

const { decoupled_weight_decay: _, ...shared } = defaults;
const defaultsW: AdamWArguments = { ...shared, weight_decay: 1e-2 };

/** torch.optim.AdamW: Adam with decoupled weight decay, scaled by lr. */
export const AdamW = (given: Partial<AdamWArguments> = {}): Optimizer =>
  adamFrom("AdamW", { ...torchArguments("AdamW", defaultsW, given), decoupled_weight_decay: true });

function adamFrom(name: string, options: AdamArguments): Optimizer {
  const { lr, betas, eps, weight_decay, amsgrad } = options;
  const [beta1, beta2] = betas;
  return optimizerFrom({
    name: `torch.${name}`,
    title: `${name} (PyTorch)`,
    hyper: { lr, beta1, beta2, eps, weight_decay },
    slots: ["m", "v", ...(amsgrad ? ["v_max"] : [])],
    update: lines(
      ...decoupledLines(options),
      averageLine("m", "beta1", beta1),
      "v = beta2*v + (1 - beta2)*g^2",
      amsgrad && "v_max = max(v_max, v)",
      `root = sqrt(${amsgrad ? "v_max" : "v"}) / sqrt(1 - beta2^t) + eps`,
      "w = w - lr / (1 - beta1^t) * m / root",
    ),
  });
}
