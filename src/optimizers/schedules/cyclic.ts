import { checkOptions } from "../../arguments/index.ts";
import type { Schedule } from "../hyper.ts";
import { need, needCount, needRates } from "./check.ts";

/** The triangles of a cyclic schedule. */
export interface CyclicOptions {
  /** The highest rate. */
  readonly lr: number;
  /** The lowest rate. */
  readonly low: number;
  /** Steps from the lowest to the highest. */
  readonly up: number;
  /** Steps back to the lowest. Default: `up`. */
  readonly down?: number;
  /** A cycle's height relative to the one before. Default 1 (PyTorch's "triangular"); 1/2 is "triangular2". */
  readonly shrink?: number;
  /** An additional factor on the height for each step ("exp_range"). Default 1. */
  readonly decay?: number;
}

/** Repeated triangles between low and lr (Smith 2017), as in PyTorch's CyclicLR. */
export function cyclic(options: CyclicOptions): Schedule {
  checkOptions("cyclic", options, ["lr", "low", "up", "down", "shrink", "decay"]);
  const { lr, low, up, down = up, shrink = 1, decay = 1 } = options;
  needRates("cyclic", lr, { low });
  needCount("cyclic", { up, down });
  for (const [name, x] of Object.entries({ shrink, decay }))
    need("cyclic", x > 0 && x <= 1, `${name} is ${x}; it must be above 0 and at most 1`);
  const period = up + down;
  return (t) => {
    const into = (t - 1) % period;
    const height = into <= up ? into / up : (period - into) / down;
    return low + (lr - low) * height * shrink ** Math.floor((t - 1) / period) * decay ** (t - 1);
  };
}
