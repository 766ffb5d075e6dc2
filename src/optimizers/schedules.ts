/**
 * Schedules are functions of the step t, counted from 1: the first step's value is schedule(1). Each takes one object,
 * checks it at once, and may be used for any hyper-parameter; `lr` is the highest value. Where gradients accumulate, t
 * counts gradients, not the steps that several of them make together: a run of n batches has n of them in either case.
 * One that watches the validation loss keeps what it has seen in the optimizer's state.
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
