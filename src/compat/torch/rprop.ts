import type { Optimizer } from "../../optimizers/index.ts";
import { lines, optimizerFrom } from "../formula.ts";
import { type Common, common, torchArguments } from "./arguments.ts";
import { gradientLines } from "./gradient.ts";

/** The arguments of torch.optim.Rprop. */
export interface RpropArguments extends Common {
  /**
   * The factor that shrinks a step when the gradient's sign flips, and the one that lets it grow when it does not.
   * Default [0.5, 1.2].
   */
  readonly etas: readonly [number, number];
  /** The shortest and the longest step. Default [1e-6, 50]. */
  readonly step_sizes: readonly [number, number];
}

const defaults: RpropArguments = { ...common, lr: 1e-2, etas: [0.5, 1.2], step_sizes: [1e-6, 50] };

/** torch.optim.Rprop. lr is the length of the first step; after a flip the gradient counts as 0, once. */
export function Rprop(given: Partial<RpropArguments> = {}): Optimizer {
  const options = torchArguments("Rprop", defaults, given);
  const [shrink, grow] = options.etas;
  const [step_min, step_max] = options.step_sizes;
  return optimizerFrom({
    name: "torch.Rprop",
    title: "Rprop (PyTorch)",
    hyper: { lr: options.lr, shrink, grow, step_min, step_max },
    slots: { step: "lr", g_before: 0 },
    update: lines(
      ...gradientLines(options),
      "agree = g * g_before",
      "step = step * where(agree > 0, grow, where(agree < 0, shrink, 1))",
      "step = min(max(step, step_min), step_max)",
      "g_before = where(agree < 0, 0, g)",
      "w = w - sign(g_before)*step",
    ),
  });
}
