import type { ColumnFacts } from "./table/column-facts.ts";
import type { Preprocessing } from "./table/preprocessing.ts";

/** Values in a flat array, row-major if they have a shape. */
export type Vector = Float32Array | Float64Array;

/** Whether the target is one of several classes, or one or more numbers. */
export type Task = "classification" | "regression";

/**
 * Inputs and targets of a set of examples, row by row. Those of a table larger than memory are also a `Source`: `sourceOf(examples)`
 * reads some at a time, while their `inputs` are all read from the disk each time that they are asked for.
 */
export interface Examples {
  /** The number of examples. */
  readonly count: number;
  /** count × the product of the input shape, standardised. */
  readonly inputs: Vector;
  /** Classification: one class index for each example. Regression: count × outputs. */
  readonly targets: Vector;
  /**
   * How much each example counts in the loss, one for each: 0 or more, not all 0; only their ratios matter. Missing: each counts the
   * same.
   */
  readonly weights?: Vector;
}

/**
 * x′ = (x − mean) / deviation, both measured on the training set only, in the units of the source.
 *
 * The inputs of an example are divided into `mean.length` equal runs, each with its own mean and deviation: one run for a whole grey
 * image, one for each colour plane, one for each input of a table.
 */
export interface Standardization {
  /** The mean of each run. */
  readonly mean: readonly number[];
  /** The standard deviation of each run. */
  readonly deviation: readonly number[];
}

/** How a text was parsed as a table. */
export interface TableForm {
  /** The delimiter between two cells; a blank stands for any run of blanks and tabs. */
  readonly delimiter: string;
  /** The decimal separator. */
  readonly decimal: "." | ",";
  /** The separator of thousands; missing if there is none. */
  readonly thousands?: string;
  /** How many lines begin with # and were skipped; missing if none. */
  readonly comments?: number;
  /** Whether the first line is a header. */
  readonly header: boolean;
  /** The names of all columns; empty strings without a header. */
  readonly columns: readonly string[];
  /** The number of the target's column, from 1. */
  readonly target: number;
}

/** A data set with a fixed split: everyone who loads it has the same training, validation and test set. */
export interface Dataset {
  /** The name that `loadDataset` takes, such as "mnist" or "csv:houses.csv". */
  readonly name: string;
  /** Decides the default loss, and whether there is an accuracy. */
  readonly task: Task;
  /** Images: [channels, height, width]. Tables: [inputs]. */
  readonly inputShape: readonly number[];
  /** The number of classes, or of target columns. */
  readonly outputs: number;
  /** The classes' names, by index; empty for regression. */
  readonly classes: readonly string[];
  /** Examples to compute gradients from. */
  readonly train: Examples;
  /** Examples for choices made during training, such as when to stop. */
  readonly validation: Examples;
  /** Examples for one evaluation at the end. */
  readonly test: Examples;
  /** The scale of the inputs: apply it to new inputs before you predict. */
  readonly standardization: Standardization;
  /** Regression: the targets are standardised as well, so that always predicting the mean has a mean squared error of 1. */
  readonly targetStandardization?: Standardization;
  /** What a saved net needs to predict from raw examples. Missing: its inputs and outputs are taken as they are. */
  readonly preprocessing?: Preprocessing;
  /** Tables: the name of each input, such as `age` or `colour = red`. */
  readonly inputNames?: readonly string[];
  /** How much an example of each class counts in training, by the class's index, where classes are weighted. */
  readonly classWeights?: readonly number[];
  /** Tables: what each column holds, and what becomes of it. */
  readonly columns?: readonly ColumnFacts[];
  /** Tables: how many rows were left out for their missing cells; missing if none were. */
  readonly dropped?: number;
  /** Tables from a file: how it was parsed. */
  readonly form?: TableForm;
  /**
   * Tables larger than memory: deletes the file in which they are kept, as the end of the process does. Nothing can be read from the
   * examples any more.
   */
  readonly close?: () => void;
  /** Author, title and year, or the file; shown in reports. */
  readonly source: string;
  /** The licence under which the data may be used. */
  readonly licence: string;
}

/** The facts of a data set that are known before a byte of it is read. */
export type Description = Pick<Dataset, "name" | "task" | "classes" | "source" | "licence">;

/** The number of input values of an example: the product of the input shape. */
export function inputSize(dataset: Pick<Dataset, "inputShape">): number {
  return dataset.inputShape.reduce((product, length) => product * length, 1);
}
