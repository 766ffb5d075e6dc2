import type { Target } from "../train/index.ts";
import type { Contender } from "./contender.ts";

/** What a comparison is asked to do. */
export interface CompareOptions {
  /** Default: the lecture's. */
  readonly optimizers?: readonly Contender[];
  /** Default 64, as in all runs. */
  readonly batchSize?: number | "full";
  /** Passes of each final run. Default 25, as in all runs. */
  readonly epochs?: number;
  /** Seeds of the final runs. Default 1 … 5. */
  readonly seeds?: readonly number[];
  /** Learning rates that are tried for each optimizer. Default 8. 0: no search, defaults are taken. */
  readonly trials?: number;
  /** Seeds of the trials, each rate's cost being the mean over them. Default: the two after the largest of `seeds`. */
  readonly tuningSeeds?: readonly number[];
  /** Passes of each trial. Default: as many as a final run has, since short trials favour rates that are too small. */
  readonly tuningEpochs?: number;
  /** Whether gradient descent on the full batch is run beside, for the report. Default true. */
  readonly fullBatch?: boolean;
  /** Default: nine tenths of the way down to the middle optimizer's best validation cost, on a log scale. */
  readonly target?: Target;
  /** The strength of a term ½·l2·‖w‖² in the cost. Default 0. */
  readonly l2?: number;
  /** Default f32. */
  readonly dtype?: "f32" | "f64";
}
