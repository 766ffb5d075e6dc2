import type { Vector } from "../expr/index.ts";
import { initialize } from "../nn/index.ts";
import type { RunSettings } from "./options.ts";

/** Writes the initial weights of a run: the given ones, or random ones. Throws a RangeError if the given ones do not fit. */
export function setInitialWeights(
  w: Vector,
  { model, initial, seed }: Pick<RunSettings, "model" | "initial" | "seed">,
): void {
  if (initial === undefined) {
    initialize(model, w, seed);
    return;
  }
  if (initial.length !== w.length)
    throw new RangeError(`initial: ${initial.length} values were given; the model has ${w.length} parameters`);
  w.set(initial);
  const hole = w.findIndex((x) => !Number.isFinite(x));
  if (hole >= 0) throw new RangeError(`initial[${hole}] is ${initial[hole]}; all weights must be finite`);
}
