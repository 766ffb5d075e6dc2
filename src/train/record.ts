import type { DeviceFacts } from "../device/index.ts";
import type { Evaluation } from "../objective/index.ts";
import type { DataFacts, RegressionErrors } from "./data-facts.ts";
import type { Epoch, Outcome, TargetReached } from "./events.ts";

/** An evaluation as JSON can hold it. */
export interface Measured extends Omit<Evaluation, "loss"> {
  /** null where it is not a finite number: `nonFinite` says what it is, or `cutOff` that it is not known. */
  readonly loss: number | null;
  readonly nonFinite?: NonFinite;
}

/** A loss that JSON has no number for. */
export type NonFinite = "NaN" | "Infinity" | "-Infinity";

/** An epoch's event as JSON can hold it: numbers that are not finite are null. */
export type EpochRecord = Epoch<Measured, number | null>;

/** What is to be reached on the validation set. */
export interface Goal {
  readonly measure: "loss" | "accuracy";
  readonly value: number;
}

/** The loss of single batches before their step, every `every`-th of them from the first. */
export interface BatchCurve {
  readonly every: number;
  readonly losses: readonly (number | null)[];
}

/** What is known of a run before it begins. */
export interface RunHead {
  readonly data: string;
  readonly model: string;
  /** The name of the loss. Missing in folders of older versions. */
  readonly loss?: string;
  readonly optimizer: string;
  /** Every hyper-parameter, or setting of a solver; a scheduled rate's is the one that its schedule starts from. */
  readonly hyper: Readonly<Record<string, number | string>>;
  readonly schedule?: string;
  readonly seed: number;
  readonly batchSize: number;
  readonly parameters: number;
  /** What computed it. Records of old say nothing, or `backend` alone. */
  readonly device?: DeviceFacts["name"];
  readonly backend?: DeviceFacts["backend"];
  /** Missing in folders of older versions. */
  readonly dataset?: DataFacts;
  /** The target, where one was given. */
  readonly goal?: Goal;
}

/** All that is kept of one run: plain data, without a number that JSON cannot hold. */
export interface RunRecord extends RunHead {
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
