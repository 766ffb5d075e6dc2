import {
  countFrom,
  finite,
  flag,
  fraction,
  type Kind,
  notNegative,
  numberIn,
  orNull,
  orSchedule,
  positive,
  type Rate,
  readArguments,
  text,
  unit,
} from "../arguments.ts";

/** Arguments that all classes have; null turns an optional one off. */
export interface Common {
  /** A number, or a schedule of the iteration, which Keras counts from 0. */
  readonly learning_rate: Rate;
  /** Decoupled weight decay, scaled by the learning rate. Default null: none. */
  readonly weight_decay: number | null;
  /** The largest norm of one variable's gradient; longer ones are clipped. Default null: no limit. */
  readonly clipnorm: number | null;
  /** The largest absolute value of one component of the gradient. Default null: no limit. */
  readonly clipvalue: number | null;
  /** The largest norm of all variables' gradient together. Default null: no limit. */
  readonly global_clipnorm: number | null;
  /** Whether to keep an average of the weights, which the optimizer's `average` gives. Default false. */
  readonly use_ema: boolean;
  /** The decay rate of the average of the weights. Default 0.99. */
  readonly ema_momentum: number;
  /** The average replaces the weights each time after this many iterations. Default null: never. */
  readonly ema_overwrite_frequency: number | null;
  /** The factor that the loss was multiplied by; the gradient is divided by it. Default null: 1. */
  readonly loss_scale_factor: number | null;
  /** The number of gradients for each step, which takes their mean. Default null: 1. */
  readonly gradient_accumulation_steps: number | null;
  /** Accepted without effect. */
  readonly name: string | null;
}

export const common = {
  weight_decay: null,
  clipnorm: null,
  clipvalue: null,
  global_clipnorm: null,
  use_ema: false,
  ema_momentum: 0.99,
  ema_overwrite_frequency: null,
  loss_scale_factor: null,
  gradient_accumulation_steps: null,
  name: null,
} as const;

const notPositive = numberIn({ allows: (x) => x <= 0 && Number.isFinite(x), words: "a number, 0 or less" });

const kinds: Readonly<Record<string, Kind>> = {
  learning_rate: orSchedule(notNegative),
  weight_decay: orNull(notNegative),
  clipnorm: orNull(notNegative),
  clipvalue: orNull(notNegative),
  global_clipnorm: orNull(notNegative),
  use_ema: flag,
  ema_momentum: unit,
  ema_overwrite_frequency: orNull(countFrom(1)),
  loss_scale_factor: orNull(positive),
  gradient_accumulation_steps: orNull(countFrom(2)),
  name: orNull(text),
  momentum: unit,
  nesterov: flag,
  rho: unit,
  centered: flag,
  epsilon: notNegative,
  beta_1: fraction,
  beta_2: fraction,
  amsgrad: flag,
  initial_accumulator_value: notNegative,
  learning_rate_power: notPositive,
  l1_regularization_strength: notNegative,
  l2_regularization_strength: notNegative,
  l2_shrinkage_regularization_strength: notNegative,
  beta: finite,
};

/** The arguments of one class, checked; `own` has the kinds of those that differ there. */
export function kerasArguments<T extends Common>(
  name: string,
  defaults: T,
  given: Partial<T>,
  own: Readonly<Record<string, Kind>> = {},
): T {
  const options = readArguments(`keras.${name}`, { ...kinds, ...own }, defaults, given);
  const clips = [options.clipnorm, options.clipvalue, options.global_clipnorm].filter((clip) => clip !== null);
  if (clips.length > 1)
    throw new RangeError(`keras.${name}: only one of clipnorm, clipvalue and global_clipnorm can be given`);
  return options;
}
