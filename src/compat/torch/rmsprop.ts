import type { Optimizer } from "../../optimizers/index.ts";
import { lines, optimizerFrom } from "../formula.ts";
import { type Common, common, torchArguments } from "./arguments.ts";
import { gradientLines } from "./gradient.ts";
import { averageLine } from "./lerp.ts";

/** The arguments of torch.optim.RMSprop. */
export interface RMSpropArguments extends Common {
  /** The decay rate of both averages. Default 0.99. */
  readonly alpha: number;
  /** Added outside the root. Default 1e-8. */
  readonly eps: number;
  /** The strength of an L2 term: weight_decay·w is added to the gradient. Default 0. */
  readonly weight_decay: number;
  /** The factor by which the velocity shrinks in each step; 0: no velocity. Default 0. */
  readonly momentum: number;
  /** Whether to divide by the gradient's standard deviation instead of its root mean square. Default false. */
  readonly centered: boolean;
}

const defaults: RMSpropArguments = {
  ...common,
  lr: 1e-2,
  alpha: 0.99,
  eps: 1e-8,
  weight_decay: 0,
  momentum: 0,
  centered: false,
};

/**
 * torch.optim.RMSprop. eps is outside the root; momentum acts on the scaled gradient. Where rounding would make the
 * variance of `centered` negative it counts as 0 (PyTorch: NaN).
 */
export function RMSprop(given: Partial<RMSpropArguments> = {}): Optimizer {
  const options = torchArguments("RMSprop", defaults, given);
  const { lr, alpha, eps, weight_decay, momentum, centered } = options;
  return optimizerFrom({
    name: "torch.RMSprop",
    title: "RMSprop (PyTorch)",
    hyper: { lr, alpha, eps, weight_decay, momentum },
    slots: ["s", ...(centered ? ["a"] : []), ...(momentum > 0 ? ["v"] : [])],
    update: lines(
      ...gradientLines(options),
      "s = alpha*s + (1 - alpha)*g^2",
      centered && averageLine("a", "alpha", alpha),
      `root = sqrt(${centered ? "max(s - a^2, 0)" : "s"}) + eps`,
      momentum > 0 && "v = momentum*v + g/root",
      momentum > 0 ? "w = w - lr*v" : "w = w - lr*g/root",
    ),
  });
}
