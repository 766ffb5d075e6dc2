import {
  finite,
  flag,
  fraction,
  type Kind,
  nothing,
  notNegative,
  orNull,
  orSchedule,
  positive,
  type Rate,
  readArguments,
  unit,
} from "../arguments.ts";

/** Arguments that all functions have. */
export interface Common {
  /** A number, or a schedule of the step, which optax counts from 0. It must be given. */
  readonly learning_rate: Rate;
}

/** The arguments that are given: the learning rate must be among them. */
export type Given<T extends Common> = Partial<T> & Common;

/** The learning rate has no default: NaN stands for a missing one. */
export const common: Common = { learning_rate: Number.NaN };

/** Arguments that choose the type of a vector of the state; here it is always that of w. */
const sameType: Kind = { ...nothing, words: "null: the state has the type of w" };

const kinds: Readonly<Record<string, Kind>> = {
  learning_rate: orSchedule(notNegative),
  momentum: orNull(unit),
  nesterov: flag,
  accumulator_dtype: sameType,
  mu_dtype: sameType,
  initial_accumulator_value: notNegative,
  eps: notNegative,
  eps_root: notNegative,
  decay: fraction,
  initial_scale: notNegative,
  eps_in_sqrt: flag,
  centered: flag,
  bias_correction: flag,
  rho: unit,
  b1: fraction,
  b2: fraction,
  weight_decay: orSchedule(notNegative),
  mask: orNull(flag),
  weight_decay_mask: orNull(flag),
  bias_correction_mu: flag,
  bias_correction_nu: flag,
  threshold: finite,
  eta_minus: positive,
  eta_plus: positive,
  min_step_size: notNegative,
  max_step_size: positive,
};

/** The arguments of one function, checked. */
export function optaxArguments<T extends object>(
  name: string,
  defaults: T,
  given: Partial<T>,
  own: Readonly<Record<string, Kind>> = {},
): T {
  const options = readArguments(`optax.${name}`, { ...kinds, ...own }, defaults, given);
  if ("learning_rate" in options && Number.isNaN(options.learning_rate))
    throw new RangeError(`optax.${name} needs a learning rate: optax.${name}({ learning_rate: 1e-3 })`);
  return options;
}
