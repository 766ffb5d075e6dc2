import type { Optimizer } from "../../optimizers/index.ts";
import { lines, optimizerFrom } from "../formula.ts";
import { type Common, common, torchArguments } from "./arguments.ts";
import { gradientLines } from "./gradient.ts";

/** The arguments of torch.optim.SGD. */
export interface SGDArguments extends Common {
  /** The factor by which the velocity shrinks in each step; 0: no velocity. Default 0. */
  readonly momentum: number;
  /** The fraction of each gradient after the first that is left out of the velocity. Default 0. */
  readonly dampening: number;
  /** The strength of an L2 term: weight_decay·w is added to the gradient. Default 0. */
  readonly weight_decay: number;
  /** Whether to use Nesterov's momentum. Default false. */
  readonly nesterov: boolean;
}

const defaults: SGDArguments = { ...common, lr: 1e-3, momentum: 0, dampening: 0, weight_decay: 0, nesterov: false };

/**
 * torch.optim.SGD. The velocity starts as the first gradient, which dampening does not touch.
 * Throws for nesterov without momentum or with dampening.
 */
export function SGD(given: Partial<SGDArguments> = {}): Optimizer {
  const options = torchArguments("SGD", defaults, given);
  const { lr, momentum, dampening, weight_decay, nesterov } = options;
  if (nesterov && (momentum === 0 || dampening !== 0))
    throw new RangeError("torch.SGD: nesterov needs a momentum above 0, and a dampening of 0");
  return optimizerFrom({
    name: "torch.SGD",
    title: "SGD (PyTorch)",
    hyper: { lr, momentum, dampening, weight_decay },
    slots: momentum === 0 ? [] : ["v"],
    update: lines(
      ...gradientLines(options),
      momentum !== 0 && "v = where(t == 1, g, momentum*v + (1 - dampening)*g)",
      momentum !== 0 && (nesterov ? "g = g + momentum*v" : "g = v"),
      "w = w - lr*g",
    ),
  });
}
