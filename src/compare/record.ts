import type { Outcome, TargetReached } from "../train/events.ts";

/** The mean over a set of examples. `loss` is null where it is not a finite number. */
export interface Measured {
  readonly loss: number | null;
  /** The part of the examples that are right, 0 to 1. */
  readonly accuracy?: number;
}

/** One pass over the training part. */
export interface EpochRecord {
  /** From 1. */
  readonly epoch: number;
  /** Steps so far: gradients that were computed. */
  readonly steps: number;
  /** Seconds of training so far, evaluations not counted. */
  readonly seconds: number;
  /** Over the epoch's batches as they came, while w moved. */
  readonly train: Measured;
  readonly validation: Measured;
  /** ‖g‖ and ‖Δw‖/‖w‖ at the epoch's last step; null where they are not finite. */
  readonly gradientNorm: number | null;
  readonly updateRatio: number | null;
}

/** The cost of single batches before their step, every `every`-th of them from the first. */
export interface BatchCurve {
  readonly every: number;
  readonly losses: readonly (number | null)[];
}

/** All that is kept of one run: plain data, without a number that JSON cannot hold. */
export interface RunRecord {
  readonly data: string;
  readonly model: string;
  readonly optimizer: string;
  /** Every hyper-parameter, or setting of a solver; a scheduled rate's is the one that its schedule starts from. */
  readonly hyper: Readonly<Record<string, number | string>>;
  readonly schedule?: string;
  readonly seed: number;
  readonly batchSize: number;
  readonly parameters: number;
  readonly epochs: readonly EpochRecord[];
  readonly steps: number;
  readonly seconds: number;
  readonly test: Measured;
  readonly outcome: Outcome;
  /** Where the target was first reached, if it was. */
  readonly target?: TargetReached;
  readonly batches: BatchCurve;
}
