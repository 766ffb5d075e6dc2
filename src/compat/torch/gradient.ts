import type { Line } from "../formula.ts";

/** What most classes do to the gradient before their own formula: flip its sign to ascend, add weight decay as an L2 term. */
export const gradientLines = ({ maximize, weight_decay = 0 }: { maximize: boolean; weight_decay?: number }): Line[] => [
  maximize && "g = -g",
  weight_decay !== 0 && "g = g + weight_decay*w",
];

/** The same with coupled or decoupled weight decay (Loshchilov & Hutter 2019). */
export const decoupledLines = (options: {
  maximize: boolean;
  weight_decay: number;
  decoupled_weight_decay: boolean;
}): Line[] =>
  options.decoupled_weight_decay
    ? [options.maximize && "g = -g", options.weight_decay !== 0 && "w = w * (1 - lr*weight_decay)"]
    : gradientLines(options);
