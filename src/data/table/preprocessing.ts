import type { Whitening, WhiteningFacts } from "../whitening/whitening.ts";

/** What a saved model needs beside its weights to turn a raw row into inputs, and outputs into predictions: plain data. */
export interface Preprocessing {
  readonly inputs: ColumnInputs | ValueInputs;
  readonly target: ClassTarget | ValueTarget;
}

/** The columns of a table, in the order of the net's inputs. */
export interface ColumnInputs {
  readonly kind: "columns";
  readonly columns: readonly InputColumn[];
}

/** Examples that are arrays of numbers, such as the pixels of an image: x′ = (x − mean) / deviation, run by run; whitened after that, if they are. */
export interface ValueInputs {
  readonly kind: "values";
  /** The shape of an example: [channels, height, width] for images. */
  readonly shape: readonly number[];
  /** The values of an example are divided into `mean.length` equal runs, each with its own mean and deviation. */
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  /** Read from JSON, it is its facts alone, until the numbers beside the weights are read. */
  readonly whitening?: Whitening | WhiteningFacts;
}

/** How a column of a table becomes inputs of a net. */
export type InputColumn = NumberInput | DateInput | BooleanInput | CategoryInput;

/** A column of numbers, standardised: one input, or two with an indicator. */
export interface NumberInput extends Scaled {
  readonly kind: "number";
}

/** A column of dates, as days since 1970-01-01 (UTC), standardised. */
export interface DateInput extends Scaled {
  readonly kind: "date";
  /** Whether 3/4/2024 is the third of April. Missing where no date in the training set is written so. */
  readonly dayFirst?: boolean;
}

/** A column of two words, 0 and 1, standardised. */
export interface BooleanInput extends Scaled {
  readonly kind: "boolean";
  /** The words for 0 and 1, spelled as in the training set. */
  readonly words: readonly [no: string, yes: string];
}

/** What numbers, dates and booleans share. */
interface Scaled {
  readonly name: string;
  readonly mean: number;
  readonly deviation: number;
  /** The value in place of a missing one, in the column's unit. Without it a missing value is refused. */
  readonly fill?: number;
  /** Whether a second input is 1 where the value is missing, else 0. */
  readonly indicator?: true;
}

/** A column of words, one-hot: an input for each category, 1 where the cell is it, else 0. */
export interface CategoryInput {
  readonly kind: "category";
  readonly name: string;
  /** Spelled as in the training set, in the order of the inputs. */
  readonly categories: readonly string[];
  /** Whether one more input is 1 for words that are no category: rare in the training set, or not in it. Else all are 0 then. */
  readonly other?: true;
  /**
   * What a missing cell is: an input of its own, the last, which is 1 then ("input"), or another word ("other"), since none was
   * missing in the training set. Without it a missing cell is refused.
   */
  readonly missing?: "input" | "other";
}

/** The outputs stand for classes. */
export interface ClassTarget {
  readonly kind: "classes";
  /** The target's column; missing if there is none. */
  readonly name?: string;
  readonly classes: readonly string[];
  /** The class that is most frequent in the training set: the baseline to beat. */
  readonly majority?: string;
  /** Whether another class is as frequent there. */
  readonly isTied?: true;
}

/** The outputs stand for values: y = mean + deviation · output. */
export interface ValueTarget {
  readonly kind: "values";
  /** One for each output. */
  readonly names: readonly string[];
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  /** The means in the training set, where the unit is that of an earlier one: the baseline to beat. Missing where they are `mean`. */
  readonly baseline?: readonly number[];
}

/** The number of inputs that a column becomes. */
export function widthOf(column: InputColumn): number {
  if (column.kind !== "category") return column.indicator ? 2 : 1;
  return column.categories.length + (column.other ? 1 : 0) + (column.missing === "input" ? 1 : 0);
}

/** How many inputs a net has that takes what this preprocessing makes. */
export const inputCount = ({ inputs }: Preprocessing): number =>
  inputs.kind === "columns"
    ? inputs.columns.reduce((sum, column) => sum + widthOf(column), 0)
    : inputs.shape.reduce((product, length) => product * length, 1);

/** How many classes or values it names. */
export const targetCount = ({ target }: Pick<Preprocessing, "target">): number =>
  target.kind === "classes" ? target.classes.length : target.names.length;

/** The names of the inputs that a column becomes, for messages and plots: `colour = red`, `age is missing`. */
export function inputNames(column: InputColumn): string[] {
  const { name } = column;
  const missing = `${name} is missing`;
  if (column.kind !== "category") return column.indicator ? [name, missing] : [name];
  return [
    ...column.categories.map((category) => `${name} = ${category}`),
    ...(column.other ? [`${name} is another`] : []),
    ...(column.missing === "input" ? [missing] : []),
  ];
}
