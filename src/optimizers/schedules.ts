/**
 * Schedules are functions of the step t, counted from 1: the first step's value is schedule(1). Each takes one object, checks it
 * at once, and may be used for any hyper-parameter; `lr` is the highest value. With gradient accumulation t counts gradients, not
 * steps, so that a schedule always covers the batches of a run. A schedule that watches the validation loss keeps its state in the
 * optimizer's.
 */
export { type CosineOptions, cosine } from "./schedules/cosine.ts";
export { type CyclicOptions, cyclic } from "./schedules/cyclic.ts";
export {
  constant,
  exponential,
  inverseSquareRoot,
  inverseTime,
  type LinearOptions,
  linear,
  type PiecewiseOptions,
  piecewise,
  polynomial,
  step,
} from "./schedules/falling.ts";
export { type JoinedOptions, joined, warmup } from "./schedules/joined.ts";
export {
  type OneCycleMomentumOptions,
  type OneCycleOptions,
  oneCycle,
  oneCycleMomentum,
} from "./schedules/one-cycle.ts";
export { type PlateauOptions, reduceOnPlateau } from "./schedules/plateau.ts";
