import type { EpochRecord, RunRecord } from "../train/index.ts";
import type { CompareHead, Trial } from "./result.ts";

/** What happens in a comparison. Runs go on side by side, so events of different optimizers alternate. */
export type CompareEvent =
  | ({
      readonly kind: "begin";
      /** Labels, in order; the full-batch run for the report comes last, if it takes part. */
      readonly optimizers: readonly string[];
      /** Trials of the rate for each optimizer. */
      readonly trials: number;
      readonly seeds: readonly number[];
    } & CompareHead)
  | ({ readonly kind: "trial" } & Trial)
  | { readonly kind: "tuned"; readonly optimizer: string; readonly lr: number; readonly loss: number | null }
  /** Of a final run. */
  | ({ readonly kind: "epoch"; readonly optimizer: string; readonly seed: number } & EpochRecord)
  | ({ readonly kind: "run" } & RunRecord)
  /** Passes over the training part, of trials and final runs: those made, and those that an ended run will not make. */
  | { readonly kind: "progress"; readonly done: number; readonly total: number };
