import type { Dataset } from "../data/index.ts";
import type { DataFacts, Goal, RunRecord } from "../train/index.ts";
import type { CompareSettings } from "./settings.ts";

/** The facts about the data that a report shows. */
export interface DataSummary extends DataFacts, Pick<Dataset, "inputShape" | "outputs" | "source" | "licence"> {}

/** The median of a measurement over several seeds, and its range. */
export interface Spread {
  /** The middle value, or the mean of the two in the middle. */
  readonly median: number;
  /** The least. */
  readonly low: number;
  /** The greatest. */
  readonly high: number;
}

/** One line of the ranking. Values that no run has are null. */
export interface Ranked {
  /** From 1. */
  readonly rank: number;
  /** The contender's label. */
  readonly optimizer: string;
  /** The learning rate of the final runs. */
  readonly lr: number | null;
  /** Whether the learning rate was tuned. */
  readonly tuned: boolean;
  /** Validation loss after the last epoch. */
  readonly final: Spread | null;
  /** The lowest validation loss of any epoch. */
  readonly best: Spread | null;
  /** Training loss in the last epoch. */
  readonly train: Spread | null;
  /** The fraction of the test set that is right, 0 to 1. */
  readonly testAccuracy: Spread | null;
  /** Loss on the test set. */
  readonly testLoss: Spread | null;
  /** Steps to the target, the median over the seeds; null unless more than half of the runs reach it. */
  readonly steps: number | null;
  /** Seconds of training to the target, likewise. */
  readonly seconds: number | null;
  /** The number of runs. */
  readonly runs: number;
  /** The number of runs that reached the target. */
  readonly reached: number;
  /** The number of runs that diverged. */
  readonly diverged: number;
}

/** One learning rate, tried on each of the tuning seeds. */
export interface Trial {
  /** The contender's label. */
  readonly optimizer: string;
  /** The learning rate. */
  readonly lr: number;
  /** The loss that rates are judged by, the mean over the seeds; null where a run diverged. */
  readonly loss: number | null;
}

/** The target, and where it comes from. */
export interface TargetUsed extends Goal {
  /** Given by the user; else nine tenths of the way down to the median optimizer's lowest loss, on a log scale. */
  readonly given: boolean;
}

/** The facts of a comparison that are known before it begins. */
export interface CompareHead {
  /** The data set's name. */
  readonly data: string;
  /** The model's name. */
  readonly model: string;
  /** The number of the model's parameters. */
  readonly parameters: number;
  /** Facts about the data. */
  readonly dataset: DataSummary;
  /** The options with all defaults filled in. */
  readonly settings: CompareSettings;
}

/** The final run whose weights are kept. */
export interface BestRun {
  /** The contender's label. */
  readonly optimizer: string;
  readonly seed: number;
}

/** A comparison's result, as plain data. */
export interface CompareResult extends CompareHead {
  /** The target by which speed is measured; null if no optimizer has a finite loss. */
  readonly target: TargetUsed | null;
  /** One line for each optimizer, the best first. */
  readonly ranking: readonly Ranked[];
  /** All final runs, by optimizer and seed. */
  readonly runs: readonly RunRecord[];
  /** All trials of learning rates. */
  readonly sensitivity: readonly Trial[];
  /** Gradient descent on the full batch, over the same number of passes: shown, but not ranked. */
  readonly fullBatch: {
    readonly lr: number | null;
    readonly sensitivity: readonly Trial[];
    readonly runs: readonly RunRecord[];
  } | null;
  /**
   * Of the optimizer that is ranked first, the final run with the lowest validation loss after its last epoch: its weights are kept. null
   * where there are none; missing in folders of older versions.
   */
  readonly best?: BestRun | null;
  /** Whether all runs were made. */
  readonly outcome: "completed" | "interrupted";
  /** Wall-clock seconds of the whole comparison. */
  readonly seconds: number;
}
