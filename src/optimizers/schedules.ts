import type { Schedule } from "./hyper.ts";

/**
 * Schedules are functions of the step t, counted from 1: the first step's value is schedule(1). Each takes one object,
 * checks it at once, and may be used for any hyper-parameter.
 */

const need = (schedule: string, holds: boolean, words: string): void => {
  if (!holds) throw new RangeError(`${schedule}: ${words}`);
};
const isCount = (n: number): boolean => Number.isSafeInteger(n) && n > 0;

/** Rates and factors that are no numbers would spoil the weights much later. */
const needNumbers = (schedule: string, numbers: Readonly<Record<string, number>>): void => {
  for (const [name, x] of Object.entries(numbers))
    need(schedule, Number.isFinite(x), `${name} is ${x}; it must be a finite number`);
};

/** lr */
export const constant = ({ lr }: { lr: number }): Schedule => {
  needNumbers("constant", { lr });
  return () => lr;
};

/** lr · factor^⌊(t − 1)/every⌋ */
export function step({ lr, every, factor = 0.1 }: { lr: number; every: number; factor?: number }): Schedule {
  needNumbers("step", { lr, factor });
  need("step", isCount(every), `every is ${every}; it must be a whole number of steps, 1 or more`);
  return (t) => lr * factor ** Math.floor((t - 1) / every);
}

/** lr · decay^(t − 1) */
export function exponential({ lr, decay }: { lr: number; decay: number }): Schedule {
  needNumbers("exponential", { lr });
  need("exponential", decay > 0 && decay <= 1, `decay is ${decay}; it must be above 0 and at most 1`);
  return (t) => lr * decay ** (t - 1);
}

/** lr / (1 + decay·(t − 1)): the 1/t schedule, whose sum diverges while its sum of squares does not (Robbins & Monro 1951). */
export function inverseTime({ lr, decay = 1 }: { lr: number; decay?: number }): Schedule {
  needNumbers("inverseTime", { lr, decay });
  need("inverseTime", decay >= 0, `decay is ${decay}; it must be 0 or more`);
  return (t) => lr / (1 + decay * (t - 1));
}

/** lr / √t, as in Adagrad's and Adam's regret bounds. */
export const inverseSquareRoot = ({ lr }: { lr: number }): Schedule => {
  needNumbers("inverseSquareRoot", { lr });
  return (t) => lr / Math.sqrt(t);
};

/** From lr to end as (1 − (t − 1)/steps)^power, then constant. */
export function polynomial(options: { lr: number; steps: number; power?: number; end?: number }): Schedule {
  const { lr, steps, power = 1, end = 0 } = options;
  needNumbers("polynomial", { lr, power, end });
  need("polynomial", power >= 0, `power is ${power}; it must be 0 or more`);
  need("polynomial", isCount(steps), `steps is ${steps}; it must be a whole number, 1 or more`);
  return (t) => end + (lr - end) * (1 - Math.min(t - 1, steps) / steps) ** power;
}

export interface CosineOptions {
  readonly lr: number;
  /** Steps of the whole schedule, warm-up included. */
  readonly steps: number;
  /** Steps over which the rate rises linearly to lr. */
  readonly warmup?: number;
  /** The lowest rate. */
  readonly end?: number;
  /** How many times the cosine starts again at lr, with periods of equal length (1: never again). */
  readonly cycles?: number;
}

/** Half a cosine from lr to end, after a linear warm-up, with warm restarts (Loshchilov & Hutter 2017, eq. 5). */
export function cosine({ lr, steps, warmup = 0, end = 0, cycles = 1 }: CosineOptions): Schedule {
  needNumbers("cosine", { lr, end });
  need("cosine", isCount(steps), `steps is ${steps}; it must be a whole number, 1 or more`);
  need("cosine", warmup >= 0 && warmup < steps, `warmup is ${warmup}; it must be from 0 to less than steps (${steps})`);
  need("cosine", isCount(cycles), `cycles is ${cycles}; it must be a whole number, 1 or more`);
  const period = (steps - warmup) / cycles;
  return (t) => {
    if (t <= warmup) return (lr * t) / warmup;
    if (t > steps) return end;
    const along = ((t - 1 - warmup) % period) / period;
    return end + 0.5 * (lr - end) * (1 + Math.cos(Math.PI * along));
  };
}

/**
 * One cycle (Smith & Topin 2018): from lr/25 up to lr over the first part, then down to lr/10⁴, both along half a cosine.
 */
export function oneCycle({ lr, steps, rise = 0.3 }: { lr: number; steps: number; rise?: number }): Schedule {
  needNumbers("oneCycle", { lr });
  need("oneCycle", isCount(steps), `steps is ${steps}; it must be a whole number, 1 or more`);
  need("oneCycle", rise > 0 && rise < 1, `rise is ${rise}; it must lie between 0 and 1`);
  const top = rise * steps;
  const between = (from: number, to: number, part: number): number =>
    to + 0.5 * (from - to) * (1 + Math.cos(Math.PI * Math.min(1, part)));
  return (t) =>
    t - 1 < top ? between(lr / 25, lr, (t - 1) / top) : between(lr, lr / 1e4, (t - 1 - top) / (steps - top));
}

/** What a plateau schedule remembers; plain data, to be saved with the training state. */
export interface PlateauState {
  lr: number;
  best: number;
  waited: number;
}

/** A schedule that is told how training goes. */
export interface PlateauSchedule extends Schedule {
  /** Tells the latest validation cost. */
  observe(cost: number): void;
  readonly state: PlateauState;
}

/** The rate falls by `factor` when the observed cost has not improved for `patience` observations. */
export function reduceOnPlateau(options: {
  lr: number;
  factor?: number;
  patience?: number;
  min?: number;
}): PlateauSchedule {
  const { lr, factor = 0.1, patience = 10, min = 0 } = options;
  needNumbers("reduceOnPlateau", { lr, min });
  need("reduceOnPlateau", factor > 0 && factor < 1, `factor is ${factor}; it must lie between 0 and 1`);
  need(
    "reduceOnPlateau",
    Number.isSafeInteger(patience) && patience >= 0,
    `patience is ${patience}; it must be a whole number, 0 or more`,
  );
  const state: PlateauState = { lr, best: Number.POSITIVE_INFINITY, waited: 0 };
  const observe = (cost: number): void => {
    if (cost < state.best) Object.assign(state, { best: cost, waited: 0 });
    else if (++state.waited > patience) Object.assign(state, { lr: Math.max(min, state.lr * factor), waited: 0 });
  };
  return Object.assign(() => state.lr, { observe, state });
}
