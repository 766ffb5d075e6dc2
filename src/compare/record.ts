import type { Device } from "../device/device.ts";
import type { Outcome, TargetReached } from "../train/events.ts";
import type { DataFacts, RegressionErrors } from "./data-facts.ts";

/** The mean over a set of examples. */
export interface Measured {
  /** null where it is not a finite number: `nonFinite` says what it is, or `cutOff` that it is not known. */
  readonly loss: number | null;
  readonly nonFinite?: NonFinite;
  /** An interruption cut the evaluation off. */
  readonly cutOff?: true;
  /** The part of the examples that are right, 0 to 1. */
  readonly accuracy?: number;
}

/** A loss that JSON has no number for. */
export type NonFinite = "NaN" | "Infinity" | "-Infinity";

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

/** What is to be reached on the validation set. */
export interface Goal {
  readonly measure: "loss" | "accuracy";
  readonly value: number;
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
  /** What computed it: ONNX Runtime or the reference interpreter. Records of old say nothing. */
  readonly backend?: Device["name"];
  /** Missing in folders of older versions. */
  readonly dataset?: DataFacts;
  /** The target, where one was given. */
  readonly goal?: Goal;
  readonly epochs: readonly EpochRecord[];
  readonly steps: number;
  readonly seconds: number;
  readonly test: Measured;
  /** Regression: the test set's errors in the target's own unit. */
  readonly regression?: RegressionErrors;
  /** The epoch whose weights the run went back to, as early stopping does; without it they are the last ones. */
  readonly kept?: { readonly epoch: number; readonly steps: number };
  readonly outcome: Outcome;
  /** Where the target was first reached, if it was. */
  readonly target?: TargetReached;
  readonly batches: BatchCurve;
}
