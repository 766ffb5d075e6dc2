import type { Optimizer } from "../../optimizers/index.ts";
import { lines, optimizerFrom } from "../formula.ts";
import { type Common, common, torchArguments } from "./arguments.ts";
import { gradientLines } from "./gradient.ts";
import { averageLine } from "./lerp.ts";

/** The arguments of torch.optim.Adamax. */
export interface AdamaxArguments extends Common {
  /** The decay rates of the average of g and of the largest |g|. Default [0.9, 0.999]. */
  readonly betas: readonly [number, number];
  /** Added to |g| inside the maximum. Default 1e-8. */
  readonly eps: number;
  /** The strength of an L2 term: weight_decay·w is added to the gradient. Default 0. */
  readonly weight_decay: number;
}

const defaults: AdamaxArguments = { ...common, lr: 2e-3, betas: [0.9, 0.999], eps: 1e-8, weight_decay: 0 };

/** torch.optim.Adamax. eps is added to |g| inside the maximum, not to u. */
export function Adamax(given: Partial<AdamaxArguments> = {}): Optimizer {
  const options = torchArguments("Adamax", defaults, given);
  const { lr, betas, eps, weight_decay } = options;
  const [beta1, beta2] = betas;
  return optimizerFrom({
    name: "torch.Adamax",
    title: "Adamax (PyTorch)",
    hyper: { lr, beta1, beta2, eps, weight_decay },
    slots: ["m", "u"],
    update: lines(
      ...gradientLines(options),
      averageLine("m", "beta1", beta1),
      "u = max(beta2*u, abs(g) + eps)",
      "w = w - lr / (1 - beta1^t) * m / u",
    ),
  });
}
