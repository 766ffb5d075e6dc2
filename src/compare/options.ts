import type { Augmentation } from "../data/index.ts";
import type { Target } from "../train/index.ts";
import type { Contender } from "./contender.ts";

/** The losses that a comparison may judge learning rates by. */
export const tuningLosses = ["validation", "training"] as const;
/** One of them. */
export type TuningLoss = (typeof tuningLosses)[number];

/** The options of a comparison. */
export interface CompareOptions {
  /** The optimizers to compare. Default: the lecture's, and AdamW, RAdam and Lion. */
  readonly optimizers?: readonly Contender[];
  /** Examples in a batch, for all optimizers. Default 64, as in a single run. */
  readonly batchSize?: number | "full";
  /** Passes over the training set in each final run. Default 25, as in a single run. */
  readonly epochs?: number;
  /** Seeds of the final runs. Default 1 … 5. */
  readonly seeds?: readonly number[];
  /** Learning rates to try for each optimizer. Default 8; 0 takes the defaults without tuning. */
  readonly trials?: number;
  /** Seeds of the trials: a rate's loss is the mean over them. Default: the two after the largest of `seeds`. */
  readonly tuningSeeds?: readonly number[];
  /** Passes of each trial. Default: as many as a final run has, since shorter trials would favour other rates. */
  readonly tuningEpochs?: number;
  /**
   * The loss that rates are judged by, each trial's mean over the second half of its epochs. Default: "validation". "training", measured on
   * the batches as they come, is for comparisons of how fast optimizers minimise, where the runs may overfit.
   */
  readonly tuneOn?: TuningLoss;
  /** Whether to run gradient descent on the full batch as well, for the report. Default true. */
  readonly fullBatch?: boolean;
  /**
   * The target by which speed is measured. Default: nine tenths of the way down to the median optimizer's lowest
   * validation loss, on a log scale.
   */
  readonly target?: Target;
  /** Random changes of the training images, the same for all optimizers: `{ padCrop: 4, flip: true }`. Default: none. */
  readonly augment?: Augmentation;
  /** The strength of a term ½·l2·‖w‖² in the loss. Default 0. */
  readonly l2?: number;
  /** The type of parameters and activations. Default f32. */
  readonly dtype?: "f32" | "f64";
}
