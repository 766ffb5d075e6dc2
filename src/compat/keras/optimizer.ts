import type { Hyper, Optimizer } from "../../optimizers/index.ts";
import { type Formula, fromZero, type Line, lines, optimizerFrom } from "../formula.ts";
import type { Common } from "./arguments.ts";

/** A class's own part of the update; `lr` is in scope, and t is Keras's local step, its iterations + 1. */
export interface Core extends Pick<Formula, "hyper" | "scalars"> {
  readonly slots?: Readonly<Record<string, string | number>>;
  readonly update: readonly Line[];
}

/**
 * A Keras optimizer. Each step undoes the loss scale, accumulates gradients, clips them, decays the weights, applies the class's own
 * update, and averages the weights.
 */
export function kerasOptimizer(name: string, options: Common, core: Core): Optimizer {
  const { weight_decay, use_ema } = options;
  return optimizerFrom({
    name: `keras.${name}`,
    title: `${name} (Keras)`,
    hyper: { lr: fromZero(options.learning_rate), ...core.hyper, ...commonHyper(options) },
    slots: { ...core.slots, ...(use_ema ? { w_average: "w" } : {}) },
    ...(core.scalars === undefined ? {} : { scalars: core.scalars }),
    update: lines(
      options.loss_scale_factor !== null && "g = g / loss_scale_factor",
      ...clipLines(options),
      weight_decay !== null && "w = w - w*weight_decay*lr",
      ...core.update,
    ),
    ...(options.gradient_accumulation_steps === null ? {} : { gradientsPerStep: "accumulate" }),
    ...(use_ema ? { always: lines(...averageLines(options)), average: "w_average" } : {}),
  });
}

/** The values of the common arguments that are in use. */
function commonHyper({ gradient_accumulation_steps: accumulate, use_ema, ...options }: Common): Hyper {
  const { weight_decay, clipnorm, clipvalue, global_clipnorm, loss_scale_factor } = options;
  const { ema_momentum, ema_overwrite_frequency } = options;
  const averaging = use_ema ? { ema_momentum, ema_overwrite_frequency } : {};
  const all = { weight_decay, clipnorm, clipvalue, global_clipnorm, loss_scale_factor, accumulate, ...averaging };
  return Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

/** A clip of 0 clips nothing, as in Keras. */
function clipLines({ clipnorm, clipvalue, global_clipnorm, loss_scale_factor }: Common): Line[] {
  const length = loss_scale_factor === null ? "g_norm" : "(g_norm / loss_scale_factor)";
  return [
    // Keras multiplies first, where large numbers overflow and small ones vanish.
    (clipnorm ?? 0) > 0 && "g = g / max(norm(g), clipnorm) * clipnorm",
    (global_clipnorm ?? 0) > 0 && `g = g * (global_clipnorm * min(1 / ${length}, 1 / global_clipnorm))`,
    (clipvalue ?? 0) > 0 && "g = max(-clipvalue, min(clipvalue, g))",
  ];
}

/** Averages in every call, also between the steps of gradient accumulation. The average starts as the weights themselves. */
const averageLines = ({ gradient_accumulation_steps, ema_overwrite_frequency }: Common): Line[] => [
  `iterations = ${gradient_accumulation_steps === null ? "t - 1" : "floor((t - 1) / accumulate)"}`,
  "w_average = where(iterations == 0, w, ema_momentum*w_average + (1 - ema_momentum)*w)",
  ema_overwrite_frequency !== null && "due = (iterations + 1) / ema_overwrite_frequency",
  ema_overwrite_frequency !== null && "w = where(due == floor(due), w_average, w)",
];
