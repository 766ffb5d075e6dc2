import { checkOptions } from "../../arguments/index.ts";
import type { Schedule } from "../hyper.ts";
import { need, needCount, needRates } from "./check.ts";

/** The height and the length of the cycle of a learning rate. */
export interface OneCycleOptions {
  /** The highest rate. */
  readonly lr: number;
  /** Steps of the whole cycle. */
  readonly steps: number;
  /** The fraction of the steps over which the rate rises, between 0 and 1. Default 0.3. */
  readonly rise?: number;
  /** The first rate. Default: lr/25. */
  readonly start?: number;
  /** The last step's rate. Default: lr/10⁴. */
  readonly end?: number;
}

/**
 * One cycle (Smith & Topin 2018): from start up to lr, then down to end, both along half a cosine. As in PyTorch's
 * OneCycleLR with total_steps = steps, step rise·steps has the highest rate and the last step the lowest (there
 * lr/25/10⁴); optax's cosine_onecycle_schedule has both one step later, so that a run of that length never gets to the
 * lowest.
 */
export function oneCycle(options: OneCycleOptions): Schedule {
  checkOptions("oneCycle", options, ["lr", "steps", "rise", "start", "end"]);
  const { lr, steps, rise = 0.3, start = lr / 25, end = lr / 1e4 } = options;
  needRates("oneCycle", lr, { start, end });
  return cycle("oneCycle", { steps, rise }, [start, lr, end]);
}

/** The height and the length of the cycle of a momentum, to match that of the rate. */
export interface OneCycleMomentumOptions {
  /** Steps of the whole cycle. */
  readonly steps: number;
  /** The fraction of the steps over which the rate rises and the momentum falls. Default 0.3. */
  readonly rise?: number;
  /** The momentum at the start and at the end. Default 0.95. */
  readonly high?: number;
  /** The momentum where the rate is highest. Default 0.85. */
  readonly low?: number;
}

/**
 * Momentum to go with a one-cycle rate (Smith 2018): high where the rate is low, low where it is high, along the same half
 * cosines: `momentum({ lr: oneCycle({ lr, steps }), beta: oneCycleMomentum({ steps }) })`.
 */
export function oneCycleMomentum(options: OneCycleMomentumOptions): Schedule {
  checkOptions("oneCycleMomentum", options, ["steps", "rise", "high", "low"]);
  const { steps, rise = 0.3, high = 0.95, low = 0.85 } = options;
  const fits = 0 <= low && low <= high && high < 1;
  need("oneCycleMomentum", fits, `low is ${low} and high ${high}; they must be 0 ≤ low ≤ high < 1`);
  return cycle("oneCycleMomentum", { steps, rise }, [high, low, high]);
}

type Shape = { readonly steps: number; readonly rise: number };

function cycle(name: string, { steps, rise }: Shape, [first, top, last]: readonly [number, number, number]): Schedule {
  needCount(name, { steps });
  need(name, rise > 0 && rise < 1, `rise is ${rise}; it must lie between 0 and 1`);
  // Steps are counted from 0 here.
  const [peak, end] = [rise * steps - 1, steps - 1];
  return (t) => {
    const s = t - 1;
    if (s >= end) return last;
    return s < peak ? between(first, top, s / peak) : between(top, last, (s - peak) / (end - peak));
  };
}

/** Along half a cosine. */
const between = (from: number, to: number, part: number): number =>
  to + 0.5 * (from - to) * (1 + Math.cos(Math.PI * part));
