/** Numbers in a flat array, row-major where they have a shape. */
export type Vector = Float32Array | Float64Array;

export type Task = "classification" | "regression";

/** Inputs and what is to be learned from them, row by row. */
export interface Examples {
  readonly count: number;
  /** count × the product of the input shape, standardised. */
  readonly inputs: Vector;
  /** Classification: one class index for each example. Regression: count × outputs. */
  readonly targets: Vector;
}

/**
 * x′ = (x − mean) / deviation, both measured on the training part alone, in the units of the source.
 *
 * The inputs of an example fall into `mean.length` equal runs, each with its own pair: one run is a single pair for the
 * whole image, one run for each colour plane of an image in colour, one for each input of a table.
 */
export interface Standardization {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** How a text was read as a table. */
export interface TableForm {
  /** What stands between two cells; a blank stands for any run of blanks and tabs. */
  readonly delimiter: string;
  /** What stands before the fraction of a number. */
  readonly decimal: "." | ",";
  /** Whether the first line names the columns. */
  readonly header: boolean;
  /** The names of all columns, empty where they have none. */
  readonly columns: readonly string[];
  /** The number of the target's column, from 1. */
  readonly target: number;
}

/** A data set, divided once and for all: everyone who loads it has the same three parts. */
export interface Dataset {
  /** What `loadDataset` was given, such as "mnist" or "csv:houses.csv". */
  readonly name: string;
  readonly task: Task;
  /** Images: [channels, height, width]. Tables: [inputs]. */
  readonly inputShape: readonly number[];
  /** How many classes there are, or how many target columns. */
  readonly outputs: number;
  /** The classes' names, by index; empty for regression. */
  readonly classes: readonly string[];
  readonly train: Examples;
  readonly validation: Examples;
  readonly test: Examples;
  readonly standardization: Standardization;
  /** Regression: the targets are standardised as well, so that a mean squared error of 1 is the mean's own. */
  readonly targetStandardization?: Standardization;
  /** Tables from a file: how it was read. */
  readonly form?: TableForm;
  readonly source: string;
  readonly licence: string;
}

/** What is known of a data set before a byte of it is read. */
export type Description = Pick<Dataset, "name" | "task" | "classes" | "source" | "licence">;

/** How many numbers an example has. */
export function inputSize(dataset: Pick<Dataset, "inputShape">): number {
  return dataset.inputShape.reduce((product, length) => product * length, 1);
}
