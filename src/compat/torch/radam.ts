import type { Optimizer } from "../../optimizers/index.ts";
import { lines, optimizerFrom } from "../formula.ts";
import { type Common, common, torchArguments } from "./arguments.ts";
import { decoupledLines } from "./gradient.ts";
import { averageLine } from "./lerp.ts";

/** The arguments of torch.optim.RAdam. */
export interface RAdamArguments extends Common {
  /** The decay rates of the averages of g and of g². Default [0.9, 0.999]. */
  readonly betas: readonly [number, number];
  /** Added to the root, before its bias correction. Default 1e-8. */
  readonly eps: number;
  /**
   * The strength of weight decay: weight_decay·w is added to the gradient, or, if decoupled, w shrinks by
   * lr·weight_decay. Default 0.
   */
  readonly weight_decay: number;
  /** Whether weights decay apart from the gradient, as in AdamW. Default false. */
  readonly decoupled_weight_decay: boolean;
}

const defaults: RAdamArguments = {
  ...common,
  lr: 1e-3,
  betas: [0.9, 0.999],
  eps: 1e-8,
  weight_decay: 0,
  decoupled_weight_decay: false,
};

/** torch.optim.RAdam. Rectified where ρ > 5 (the paper: 4); eps is added to the root before its bias correction. */
export function RAdam(given: Partial<RAdamArguments> = {}): Optimizer {
  const options = torchArguments("RAdam", defaults, given);
  const { lr, betas, eps, weight_decay } = options;
  const [beta1, beta2] = betas;
  return optimizerFrom({
    name: "torch.RAdam",
    title: "RAdam (PyTorch)",
    hyper: { lr, beta1, beta2, eps, weight_decay },
    slots: ["m", "v"],
    update: lines(
      ...decoupledLines(options),
      averageLine("m", "beta1", beta1),
      "v = beta2*v + (1 - beta2)*g^2",
      "m_hat = m / (1 - beta1^t)",
      "rho_max = 2 / (1 - beta2) - 1",
      "rho = rho_max - 2*t*beta2^t / (1 - beta2^t)",
      "r = sqrt(max((rho - 4)*(rho - 2)*rho_max / ((rho_max - 4)*(rho_max - 2)*rho), 0))",
      "w = w - where(rho > 5, m_hat*lr * (sqrt(1 - beta2^t) / (sqrt(v) + eps)) * r, m_hat*lr)",
    ),
  });
}
