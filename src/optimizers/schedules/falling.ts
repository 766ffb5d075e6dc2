import { checkNumber, checkOptions, domains } from "../../arguments/index.ts";
import type { Schedule } from "../hyper.ts";
import { need, needCount, needNumbers, needRates } from "./check.ts";

/** lr at every step. */
export const constant = (options: { lr: number }): Schedule => {
  checkOptions("constant", options, ["lr"]);
  const { lr } = options;
  needNumbers("constant", { lr });
  return () => lr;
};

/** lr · factor^⌊(t − 1)/every⌋, as in PyTorch's StepLR. Default factor: 0.1. */
export function step(options: { lr: number; every: number; factor?: number }): Schedule {
  checkOptions("step", options, ["lr", "every", "factor"]);
  const { lr, every, factor = 0.1 } = options;
  needNumbers("step", { lr, factor });
  needCount("step", { every });
  return (t) => lr * factor ** Math.floor((t - 1) / every);
}

/** The steps at which the rate changes, and by how much. */
export interface PiecewiseOptions {
  /** The first rate. */
  readonly lr: number;
  /** The steps after which the rate changes, in increasing order. */
  readonly at: readonly number[];
  /** The rate is multiplied by this: one factor for all places, or one for each. Default 0.1. */
  readonly factor?: number | readonly number[];
}

/**
 * lr times the factors of all places that t − 1 has reached, as in PyTorch's MultiStepLR and optax's
 * piecewise_constant_schedule.
 */
export function piecewise(options: PiecewiseOptions): Schedule {
  checkOptions("piecewise", options, ["lr", "at", "factor"]);
  const { lr, at, factor = 0.1 } = options;
  const factors = typeof factor === "number" ? at.map(() => factor) : factor;
  needNumbers("piecewise", { lr, ...Object.fromEntries(factors.map((x, i) => [`factor ${i + 1}`, x])) });
  need("piecewise", at.length > 0, "at has no places; give the numbers of steps after which the rate changes");
  for (const [i, place] of at.entries()) {
    needCount("piecewise", { [`place ${i + 1}`]: place });
    need("piecewise", i === 0 || place > at[i - 1], `place ${i + 1} is ${place}; it must be greater than ${at[i - 1]}`);
  }
  need("piecewise", factors.length === at.length, `${factors.length} factors for ${at.length} places; give one each`);
  return (t) => at.reduce((rate, place, i) => (t - 1 >= place ? rate * factors[i] : rate), lr);
}

/** lr · decay^(t − 1), as in PyTorch's ExponentialLR; decay above 0 and at most 1. */
export function exponential(options: { lr: number; decay: number }): Schedule {
  checkOptions("exponential", options, ["lr", "decay"]);
  const { lr, decay } = options;
  needNumbers("exponential", { lr });
  checkNumber("exponential: decay", decay, domains.part);
  return (t) => lr * decay ** (t - 1);
}

/**
 * lr / (1 + decay·(t − 1)): the 1/t schedule, whose sum diverges while its sum of squares does not (Robbins & Monro
 * 1951). Default decay: 1.
 */
export function inverseTime(options: { lr: number; decay?: number }): Schedule {
  checkOptions("inverseTime", options, ["lr", "decay"]);
  const { lr, decay = 1 } = options;
  needNumbers("inverseTime", { lr });
  checkNumber("inverseTime: decay", decay, domains.notNegative);
  return (t) => lr / (1 + decay * (t - 1));
}

/** lr / √t, as in Adagrad's and Adam's regret bounds. */
export const inverseSquareRoot = (options: { lr: number }): Schedule => {
  checkOptions("inverseSquareRoot", options, ["lr"]);
  const { lr } = options;
  needNumbers("inverseSquareRoot", { lr });
  return (t) => lr / Math.sqrt(t);
};

/**
 * From lr to end as (1 − (t − 1)/steps)^power, then constant. The step after the last of `steps` is the first at end.
 * Defaults: power 1, end 0.
 */
export function polynomial(options: { lr: number; steps: number; power?: number; end?: number }): Schedule {
  checkOptions("polynomial", options, ["lr", "steps", "power", "end"]);
  const { lr, steps, power = 1, end = 0 } = options;
  needRates("polynomial", lr, { end });
  checkNumber("polynomial: power", power, domains.notNegative);
  needCount("polynomial", { steps });
  return (t) => end + (lr - end) * (1 - Math.min(t - 1, steps) / steps) ** power;
}

/** The two ends of a line, and the steps between them. */
export interface LinearOptions {
  /** The first rate, unless `start` is given. */
  readonly lr: number;
  /** Steps from start to end. */
  readonly steps: number;
  /** The first rate. Default: lr. */
  readonly start?: number;
  /** The rate after `steps` steps. Default: 0. */
  readonly end?: number;
}

/** Linear from start to end, then constant; rises if start is the lower one. As in PyTorch's LinearLR. */
export function linear(options: LinearOptions): Schedule {
  checkOptions("linear", options, ["lr", "steps", "start", "end"]);
  const { lr, steps, start = lr, end = 0 } = options;
  needRates("linear", lr, { start, end });
  needCount("linear", { steps });
  return (t) => (t - 1 >= steps ? end : start + ((end - start) * (t - 1)) / steps);
}
