import {
  finite,
  flag,
  fraction,
  type Kind,
  notNegative,
  orNull,
  orSchedule,
  pairOf,
  type Rate,
  readArguments,
  unit,
} from "../arguments.ts";

/** Arguments that all classes have. The last four change only how PyTorch computes: they are accepted without effect. */
export interface Common {
  /** The learning rate: a number, or a schedule of the step, which is counted from 1. */
  readonly lr: Rate;
  /** Whether to ascend instead of descend: the gradient's sign is flipped first. Default false. */
  readonly maximize: boolean;
  /** Accepted without effect. */
  readonly foreach: boolean | null;
  /** Accepted without effect. */
  readonly fused: boolean | null;
  /** Accepted without effect. */
  readonly capturable: boolean;
  /** Accepted without effect. */
  readonly differentiable: boolean;
}

export const common = {
  maximize: false,
  foreach: null,
  fused: null,
  capturable: false,
  differentiable: false,
} as const;

const kinds: Readonly<Record<string, Kind>> = {
  lr: orSchedule(notNegative),
  maximize: flag,
  foreach: orNull(flag),
  fused: orNull(flag),
  capturable: flag,
  differentiable: flag,
  weight_decay: notNegative,
  decoupled_weight_decay: flag,
  eps: notNegative,
  momentum: notNegative,
  dampening: finite,
  nesterov: flag,
  lr_decay: notNegative,
  initial_accumulator_value: notNegative,
  alpha: notNegative,
  centered: flag,
  rho: unit,
  betas: pairOf(fraction),
  amsgrad: flag,
  momentum_decay: notNegative,
  etas: {
    allows: (x) => Array.isArray(x) && x.length === 2 && x.every(Number.isFinite) && 0 < x[0] && x[0] < 1 && 1 < x[1],
    words: "a pair around 1: how much a step shrinks, above 0, and how much it grows",
  },
  step_sizes: pairOf(finite),
  lambd: finite,
  t0: finite,
};

/** The arguments of one class, checked as PyTorch checks them. */
export const torchArguments = <T extends object>(name: string, defaults: T, given: Partial<T>): T =>
  readArguments(`torch.${name}`, kinds, defaults, given);
