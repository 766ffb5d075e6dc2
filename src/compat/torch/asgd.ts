import type { Optimizer } from "../../optimizers/index.ts";
import { roundedLines } from "../float32.ts";
import { lines, optimizerFrom } from "../formula.ts";
import { type Common, common, torchArguments } from "./arguments.ts";
import { gradientLines } from "./gradient.ts";

/** The arguments of torch.optim.ASGD. */
export interface ASGDArguments extends Common {
  /** The decay of the weights in each step, relative to the learning rate. Default 1e-4. */
  readonly lambd: number;
  /** The power of the learning rate's decay. Default 0.75. */
  readonly alpha: number;
  /** The step after which weights are averaged; up to it the average is w. Default 1e6. */
  readonly t0: number;
  /** The strength of an L2 term: weight_decay·w is added to the gradient. Default 0. */
  readonly weight_decay: number;
}

const defaults: ASGDArguments = { ...common, lr: 1e-2, lambd: 1e-4, alpha: 0.75, t0: 1e6, weight_decay: 0 };

/**
 * torch.optim.ASGD (Polyak & Juditsky 1992). As in PyTorch, w itself is not averaged: the average is the state's `ax`,
 * and the rate, kept in float32 as PyTorch keeps it, follows lr one step late.
 */
export function ASGD(given: Partial<ASGDArguments> = {}): Optimizer {
  const options = torchArguments("ASGD", defaults, given);
  const { lr, lambd, alpha, t0, weight_decay } = options;
  return optimizerFrom({
    name: "torch.ASGD",
    title: "ASGD (PyTorch)",
    hyper: { lr, lambd, alpha, t0, weight_decay },
    slots: ["ax"],
    scalars: { eta: 0, mu: 1 },
    update: lines(
      ...gradientLines(options),
      ...roundedLines("eta", "where(t == 1, lr, eta)"),
      "w = w * (1 - lambd*eta) - eta*g",
      "ax = where(mu == 1, w, ax + mu*(w - ax))",
      ...roundedLines("eta", "lr / (1 + lambd*lr*t)^alpha"),
      ...roundedLines("mu", "1 / max(1, t - t0)"),
    ),
  });
}
