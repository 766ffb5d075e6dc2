import type { Augmentation } from "../data/index.ts";
import type { DeviceFacts } from "../device/index.ts";
import type { RegressionErrors, TestMeasures } from "../metrics/index.ts";
import type { Evaluation } from "../objective/index.ts";
import type { ParameterGroup } from "../optimizers/index.ts";
import type { DataFacts } from "./data-facts.ts";
import type { EndEvent, Epoch, Outcome, TargetReached } from "./events.ts";

/** An evaluation in a form that JSON can hold. */
export interface Measured extends Omit<Evaluation, "loss"> {
  /** null if it is not finite: then `nonFinite` has the value, or `cutOff` says that it is not known. */
  readonly loss: number | null;
  /** The value that JSON cannot write, if the loss was computed. */
  readonly nonFinite?: NonFinite;
}

/** A loss that JSON cannot write as a number. */
export type NonFinite = "NaN" | "Infinity" | "-Infinity";

/** An epoch's event in a form that JSON can hold: numbers that are not finite are null. */
export type EpochRecord = Epoch<Measured, number | null>;

/** A target on the validation set, with its measure. */
export interface Goal {
  /** The measure, on the validation set. */
  readonly measure: "loss" | "accuracy";
  /** The loss to reach or to get below, or the accuracy to reach or to exceed. */
  readonly value: number;
}

/** What early stopping watches. */
export interface Monitor {
  readonly measure: "loss" | "accuracy";
  /** Improvements of no more than this do not count. */
  readonly minDelta: number;
}

/**
 * The losses of single batches, each before its step: every `every`-th, from the first on. The interval grows with the
 * run, so that there are at most 300.
 */
export interface BatchCurve {
  /** Steps from one loss to the next. */
  readonly every: number;
  /** Null for a loss that is not finite. */
  readonly losses: readonly (number | null)[];
}

/** The facts of a run that are known before it begins. */
export interface RunHead {
  /** The data set's name. */
  readonly data: string;
  /** The model's name. */
  readonly model: string;
  /** The name of the loss. Missing in folders of older versions. */
  readonly loss?: string;
  /** The optimizer's name. */
  readonly optimizer: string;
  /** All hyper-parameters, or a solver's settings; for a scheduled learning rate, the rate that the schedule is based on. */
  readonly hyper: Readonly<Record<string, number | string>>;
  /** The schedule of the learning rate, in words; missing if the rate is constant. */
  readonly schedule?: string;
  /** Parameters for which hyper-parameters were multiplied; missing if there are none. */
  readonly groups?: readonly ParameterGroup[];
  /** Whose weights it started from, and what of them was taken, in words; missing if its weights were random. */
  readonly start?: string;
  /** Layers and parameters that stayed as they were; missing if there are none. */
  readonly frozen?: readonly string[];
  /** How many of the parameters were trained; missing if all were. */
  readonly trained?: number;
  /** The seed of the initial weights, the order of the examples and dropout. */
  readonly seed: number;
  /** Examples in a batch. */
  readonly batchSize: number;
  /** How the training images were changed at random; missing if they were not. */
  readonly augment?: Augmentation;
  /** The number of the model's parameters. */
  readonly parameters: number;
  /** The device that computed it. Missing in records of older versions. */
  readonly device?: DeviceFacts["name"];
  /** The device's backend. Missing in some records of older versions. */
  readonly backend?: DeviceFacts["backend"];
  /** Facts about the data. Missing in records of older versions. */
  readonly dataset?: DataFacts;
  /** The target, where one was given. */
  readonly goal?: Goal;
  /** With early stopping: what was watched on the validation set, and by how much it had to improve. */
  readonly monitor?: Monitor;
}

/** The record of a run: plain data in which all numbers are finite, so that JSON can hold it. */
export interface RunRecord extends RunHead, Partial<TestMeasures> {
  /** Every epoch that was finished. */
  readonly epochs: readonly EpochRecord[];
  /** Steps taken. */
  readonly steps: number;
  /** Seconds of training, evaluations not counted. */
  readonly seconds: number;
  /** The mean over the test set. */
  readonly test: Measured;
  /** Regression with one target: the test set's errors in the target's own unit. */
  readonly regression?: RegressionErrors;
  /** The epoch whose weights early stopping has restored; missing if they are the last ones. */
  readonly kept?: EndEvent["kept"];
  /** How the run ended. */
  readonly outcome: Outcome;
  /** Where the target was first reached, if it was. */
  readonly target?: TargetReached;
  /** The losses of single batches, thinned out. */
  readonly batches: BatchCurve;
}
