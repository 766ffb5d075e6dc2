import type { Optimizer } from "../../optimizers/index.ts";
import { roundedLines } from "../float32.ts";
import { lines, optimizerFrom } from "../formula.ts";
import { type Common, common, torchArguments } from "./arguments.ts";
import { decoupledLines } from "./gradient.ts";
import { averageLine } from "./lerp.ts";

/** The arguments of torch.optim.NAdam. */
export interface NAdamArguments extends Common {
  /** The decay rates of the averages of g and of g². Default [0.9, 0.999]. */
  readonly betas: readonly [number, number];
  /** Added outside the root. Default 1e-8. */
  readonly eps: number;
  /**
   * The strength of weight decay: weight_decay·w is added to the gradient, or, if decoupled, w shrinks by
   * lr·weight_decay. Default 0.
   */
  readonly weight_decay: number;
  /** ψ in the momentum of step t, μₜ = β₁·(1 − ½·0.96^(t·ψ)). Default 4e-3. */
  readonly momentum_decay: number;
  /** Whether weights decay apart from the gradient, as in AdamW. Default false. */
  readonly decoupled_weight_decay: boolean;
}

const defaults: NAdamArguments = {
  ...common,
  lr: 2e-3,
  betas: [0.9, 0.999],
  eps: 1e-8,
  weight_decay: 0,
  momentum_decay: 4e-3,
  decoupled_weight_decay: false,
};

/** torch.optim.NAdam. The product of all μ is kept in float32, whatever the type of w: PyTorch does so by default. */
export function NAdam(given: Partial<NAdamArguments> = {}): Optimizer {
  const options = torchArguments("NAdam", defaults, given);
  const { lr, betas, eps, weight_decay, momentum_decay } = options;
  const [beta1, beta2] = betas;
  return optimizerFrom({
    name: "torch.NAdam",
    title: "NAdam (PyTorch)",
    hyper: { lr, beta1, beta2, eps, weight_decay, momentum_decay },
    slots: ["m", "v"],
    scalars: { mu_product: 1 },
    update: lines(
      ...decoupledLines(options),
      "mu = beta1 * (1 - 0.5 * 0.96^(t*momentum_decay))",
      "mu_next = beta1 * (1 - 0.5 * 0.96^((t + 1)*momentum_decay))",
      ...roundedLines("mu_short", "mu"),
      ...roundedLines("mu_product", "mu_product * mu_short"),
      averageLine("m", "beta1", beta1),
      "v = beta2*v + (1 - beta2)*g^2",
      "root = sqrt(v / (1 - beta2^t)) + eps",
      "w = w - lr*(1 - mu) / (1 - mu_product) * g / root",
      "w = w - lr*mu_next / (1 - mu_product*mu_next) * m / root",
    ),
  });
}
