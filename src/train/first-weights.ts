import type { Vector } from "../expr/index.ts";
import { initialize } from "../nn/index.ts";
import type { RunOptions } from "./options.ts";

/** Writes the weights that a run starts from: those given, or drawn ones. Throws a RangeError where those given do not fit. */
export function setFirst(w: Vector, { model, initial, seed = 1 }: RunOptions): void {
  if (initial === undefined) {
    initialize(model, w, seed);
    return;
  }
  if (initial.length !== w.length)
    throw new RangeError(`initial: ${initial.length} numbers were given; the model has ${w.length} parameters`);
  w.set(initial);
  const hole = w.findIndex((x) => !Number.isFinite(x));
  if (hole >= 0) throw new RangeError(`initial: number ${hole + 1} is ${initial[hole]}; finite numbers are needed`);
}
