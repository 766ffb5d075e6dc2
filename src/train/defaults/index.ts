/**
 * The default options of a run. The library, the command and comparisons share this table, so that training the winner of a
 * comparison repeats the same run.
 */
export const defaults = {
  /** Passes over the training set. */
  epochs: 25,
  /** Examples in a batch. */
  batchSize: 64,
  seed: 1,
  /** The strength of the loss's term ½·l2·‖w‖². */
  l2: 0,
  dtype: "f32",
} as const;

/** The defaults for a solver, which takes all examples in each step and compares losses that differ by little. */
export const solverDefaults = { ...defaults, batchSize: "full", dtype: "f64" } as const;

/** The most learning rates to try for each optimizer of a comparison. */
export const MOST_TRIALS = 100;

/** Steps of a walk on a surface by an update rule, unless the options say otherwise. */
export const WALK_STEPS = 200;
/** The most steps of a walk by a solver, unless the options say otherwise; it usually stops earlier. */
export const MOST_ITERATIONS = 10_000;
