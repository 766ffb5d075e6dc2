import type { Dataset } from "../data/index.ts";
import type { DataFacts, Goal, RunRecord } from "../train/index.ts";
import type { CompareSettings } from "./settings.ts";

/** What a report says about the data. */
export interface DataSummary extends DataFacts, Pick<Dataset, "inputShape" | "outputs" | "source" | "licence"> {}

/** A measurement over several seeds. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** One line of the ranking. Values that no run has are null. */
export interface Ranked {
  /** From 1. */
  readonly rank: number;
  readonly optimizer: string;
  /** The learning rate of the final runs, and whether it was tuned. */
  readonly lr: number | null;
  readonly tuned: boolean;
  /** Validation loss after the last epoch. */
  readonly final: Spread | null;
  /** The lowest validation loss of any epoch. */
  readonly best: Spread | null;
  /** Training loss in the last epoch. */
  readonly train: Spread | null;
  readonly testAccuracy: Spread | null;
  readonly testLoss: Spread | null;
  /** To the target, medians over the seeds; null unless more than half of them reach it. */
  readonly steps: number | null;
  readonly seconds: number | null;
  /** The numbers of runs, of those that reached the target, and of those that diverged. */
  readonly runs: number;
  readonly reached: number;
  readonly diverged: number;
}

/** One learning rate, tried on each of the tuning seeds. */
export interface Trial {
  readonly optimizer: string;
  readonly lr: number;
  /** The validation loss that rates are judged by, the mean over the seeds; null where a run diverged. */
  readonly loss: number | null;
}

/** The target, and where it comes from. */
export interface TargetUsed extends Goal {
  /** Given by the user; else nine tenths of the way down to the median optimizer's lowest loss, on a log scale. */
  readonly given: boolean;
}

/** What is known of a comparison before it begins. */
export interface CompareHead {
  readonly data: string;
  readonly model: string;
  readonly parameters: number;
  readonly dataset: DataSummary;
  readonly settings: CompareSettings;
}

/** A comparison's result, as plain data. */
export interface CompareResult extends CompareHead {
  readonly target: TargetUsed | null;
  readonly ranking: readonly Ranked[];
  readonly runs: readonly RunRecord[];
  /** All trials of learning rates. */
  readonly sensitivity: readonly Trial[];
  /** Gradient descent on the full batch, over the same number of passes: shown, but not ranked. */
  readonly fullBatch: {
    readonly lr: number | null;
    readonly sensitivity: readonly Trial[];
    readonly runs: readonly RunRecord[];
  } | null;
  readonly outcome: "completed" | "interrupted";
  /** Wall-clock seconds of the whole comparison. */
  readonly seconds: number;
}
