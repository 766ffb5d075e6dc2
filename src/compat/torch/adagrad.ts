import type { Optimizer } from "../../optimizers/index.ts";
import { lines, optimizerFrom } from "../formula.ts";
import { type Common, common, torchArguments } from "./arguments.ts";
import { gradientLines } from "./gradient.ts";

/** The arguments of torch.optim.Adagrad. */
export interface AdagradArguments extends Common {
  /** The learning rate falls as lr / (1 + lr_decay·(t − 1)). Default 0. */
  readonly lr_decay: number;
  /** The strength of an L2 term: weight_decay·w is added to the gradient. Default 0. */
  readonly weight_decay: number;
  /** Where the sum of squared gradients starts. Default 0. */
  readonly initial_accumulator_value: number;
  /** Added outside the root. Default 1e-10. */
  readonly eps: number;
}

const defaults: AdagradArguments = {
  ...common,
  lr: 1e-2,
  lr_decay: 0,
  weight_decay: 0,
  initial_accumulator_value: 0,
  eps: 1e-10,
};

/** torch.optim.Adagrad. eps is outside the root. */
export function Adagrad(given: Partial<AdagradArguments> = {}): Optimizer {
  const options = torchArguments("Adagrad", defaults, given);
  const { lr, lr_decay, weight_decay, initial_accumulator_value, eps } = options;
  return optimizerFrom({
    name: "torch.Adagrad",
    title: "Adagrad (PyTorch)",
    hyper: { lr, lr_decay, weight_decay, initial_accumulator_value, eps },
    slots: { s: "initial_accumulator_value" },
    update: lines(
      ...gradientLines(options),
      "s = s + g^2",
      "w = w - lr / (1 + (t - 1)*lr_decay) * g / (sqrt(s) + eps)",
    ),
  });
}
