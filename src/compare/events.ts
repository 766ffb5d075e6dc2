import type { EpochRecord, RunRecord } from "../train/index.ts";
import type { CompareHead, Trial } from "./result.ts";

/** An event of a comparison. Runs go on in parallel, so events of different optimizers are interleaved. */
export type CompareEvent =
  | ({
      readonly kind: "begin";
      /** Labels, in order; the full-batch baseline comes last, if there is one. */
      readonly optimizers: readonly string[];
      /** Learning rates tried for each optimizer. */
      readonly trials: number;
      readonly seeds: readonly number[];
    } & CompareHead)
  | ({ readonly kind: "trial" } & Trial)
  | { readonly kind: "tuned"; readonly optimizer: string; readonly lr: number; readonly loss: number | null }
  /** An epoch of a final run. */
  | ({ readonly kind: "epoch"; readonly optimizer: string; readonly seed: number } & EpochRecord)
  | ({ readonly kind: "run" } & RunRecord)
  /** Passes over the training set, in trials and final runs. `done` includes those that a run which ended early will not make. */
  | { readonly kind: "progress"; readonly done: number; readonly total: number };
