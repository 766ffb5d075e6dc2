import type { Optimizer } from "../../optimizers/index.ts";
import { lines, optimizerFrom } from "../formula.ts";
import { type Common, common, torchArguments } from "./arguments.ts";
import { gradientLines } from "./gradient.ts";

/** The arguments of torch.optim.Adadelta. */
export interface AdadeltaArguments extends Common {
  /** The decay rate of the averages of g² and of squared steps. Default 0.9. */
  readonly rho: number;
  /** Added inside both roots. Default 1e-6. */
  readonly eps: number;
  /** The strength of an L2 term: weight_decay·w is added to the gradient. Default 0. */
  readonly weight_decay: number;
}

const defaults: AdadeltaArguments = { ...common, lr: 1, rho: 0.9, eps: 1e-6, weight_decay: 0 };

/** torch.optim.Adadelta. eps is inside both roots. */
export function Adadelta(given: Partial<AdadeltaArguments> = {}): Optimizer {
  const options = torchArguments("Adadelta", defaults, given);
  const { lr, rho, eps, weight_decay } = options;
  return optimizerFrom({
    name: "torch.Adadelta",
    title: "Adadelta (PyTorch)",
    hyper: { lr, rho, eps, weight_decay },
    slots: ["s", "d"],
    update: lines(
      ...gradientLines(options),
      "s = rho*s + (1 - rho)*g^2",
      "step = sqrt(d + eps) / sqrt(s + eps) * g",
      "d = rho*d + (1 - rho)*step^2",
      "w = w - lr*step",
    ),
  });
}
