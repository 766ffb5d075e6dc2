import { checkOptions, quoteValue } from "../../arguments/index.ts";
import { DataError } from "../../files/index.ts";
import type { Task, Vector } from "../dataset.ts";
import { coded } from "../table/cells-column.ts";
import type { Preprocessing } from "../table/preprocessing.ts";
import type { RawColumn, RawTable } from "../table/raw-table.ts";
import type { SplitOptions } from "../table/split-rows.ts";
import { type ReadyTable, readTargetsOf, readyTable, type TableOptions } from "../table/table-dataset.ts";
import type { Targets } from "../table/targets.ts";
import type { ClassWeights } from "../weights/class-weights.ts";
import { flat, vectorOf } from "./flat.ts";

/** Examples of one's own. */
export interface ArrayOptions {
  /** Names the data set in reports and errors. Default "data". */
  readonly name?: string;
  /** One row of numbers for each example; or all values in one array, row after row, with `columns` to say how long a row is. */
  readonly inputs: readonly ArrayLike<number>[] | Vector;
  /** One for each example: a number or a word, or several numbers; or all values in one array. */
  readonly targets: ArrayLike<number> | readonly string[] | readonly ArrayLike<number>[];
  /** How much each example counts in the loss: 0 or more. Default: all the same. */
  readonly weights?: ArrayLike<number>;
  /** How much the training examples of each class count, beside their own weights. Default: all classes as they come. */
  readonly classWeights?: ClassWeights;
  /** The names of the inputs. Default: column 1, column 2, … */
  readonly columns?: readonly string[];
  /** The classes' names. The targets are indices into it then, or names. */
  readonly classes?: readonly string[];
  /** Default: classification for words and for up to 20 different whole numbers that repeat, otherwise regression. */
  readonly task?: Task;
  /** Default: 15 % of the examples for the validation set and 15 % for the test set. */
  readonly split?: SplitOptions;
  /** Whether inputs stay as they are, such as the codes that an embedding takes. Default: false, they are standardised. */
  readonly asIs?: boolean;
  /** Train on the first N training examples only. */
  readonly limit?: number;
  readonly licence?: string;
  /**
   * The preprocessing of a trained net whose inputs are named columns, to train it further: its means and deviations, and its classes and
   * unit if the target is the same. Default: measured.
   */
  readonly preprocessing?: Preprocessing | undefined;
}

const OPTIONS = [
  ...[
    "name",
    "inputs",
    "targets",
    "weights",
    "classWeights",
    "columns",
    "classes",
    "task",
    "split",
    "limit",
    "licence",
    "preprocessing",
    "asIs",
  ],
];

/**
 * Arrays as a table that is ready to be divided.
 *
 * @throws TypeError for values that are not numbers; RangeError for rows of different lengths, for another number of targets than
 * of examples, and for options that are not allowed; DataError for data that cannot be trained on
 */
export function fromArrays(options: ArrayOptions): ReadyTable {
  checkOptions("dataset", options, OPTIONS);
  const { name = "data", classes, licence = "the owner's" } = options;
  const { values, width, count } = flat("inputs", options.inputs, options.columns?.length);
  const names = namesOf(options.columns, width);
  const columns = names.map((each, at): RawColumn => numberColumn(each, at + 1, strided(values, at, width)));
  const targets = targetColumns(options, count, width);
  const weights = weightColumns(options.weights, count, width + targets.length);
  const table: RawTable = {
    ...{ name, rows: count, columns: [...columns, ...targets, ...weights], numbers: { decimal: "." } },
    targets: targets.map((_, at) => width + at),
  };
  const read = (own: readonly RawColumn[]): Targets =>
    classes === undefined ? readTargetsOf(table, own, options) : indexed(name, own[0], classes);
  const ready = readyTable(table, useOf(options, weights), read);
  return { ...ready, build: (own) => ({ ...ready.build(own), source: `${count} examples`, licence }) };
}

/** The options that say what becomes of the table. */
function useOf(
  { split, limit, classWeights, preprocessing, asIs }: ArrayOptions,
  [weights]: readonly RawColumn[],
): TableOptions {
  return {
    ...(split && { split }),
    ...(limit !== undefined && { limit }),
    ...(classWeights !== undefined && { classWeights }),
    ...(preprocessing !== undefined && { preprocessing }),
    ...(asIs !== undefined && { asIs }),
    ...(weights && { weights: weights.number }),
  };
}

/** The weights as a column after all others. */
function weightColumns(given: unknown, count: number, after: number): RawColumn[] {
  if (given === undefined) return [];
  const list: readonly unknown[] = Array.isArray(given) ? given : [];
  const weights =
    vectorOf(given) ?? (list.every((each) => typeof each === "number") ? Float64Array.from(list, Number) : undefined);
  if (weights === undefined || (weights.length === 0 && !ArrayBuffer.isView(given)))
    throw new TypeError(`dataset: the weights are ${quoteValue(given)}; give a number for each example`);
  if (weights.length !== count)
    throw new RangeError(`dataset: ${weights.length} weights for ${count} examples; give one for each`);
  return [numberColumn("weight", after + 1, Float64Array.from(weights))];
}

function namesOf(columns: readonly string[] | undefined, width: number): readonly string[] {
  if (columns === undefined) return Array.from({ length: width }, () => "");
  if (columns.length === width) return columns;
  throw new RangeError(`dataset: ${columns.length} names for ${width} columns; give one for each`);
}

const strided = (values: ArrayLike<number>, at: number, width: number): Float64Array =>
  Float64Array.from({ length: values.length / width }, (_, row) => values[row * width + at]);

const numberColumn = (name: string, number: number, values: Float64Array): RawColumn => ({
  ...{ cells: "numbers", name, number, values, missing: 0 },
});

/** The targets as columns after the inputs. */
function targetColumns({ targets, classes }: ArrayOptions, count: number, after: number): RawColumn[] {
  const vector = vectorOf(targets);
  if (!Array.isArray(targets) && vector === undefined)
    throw new TypeError(`dataset: the targets are ${quoteValue(targets)}; give one for each example`);
  const given: readonly unknown[] = Array.isArray(targets) ? targets : [];
  if (given.length > 0 && given.every((target) => typeof target === "string")) {
    checkCount(given.length, count);
    return [wordColumn("target", after + 1, given)];
  }
  const oneEach = !Array.isArray(targets) || given.every((target) => typeof target === "number");
  const total = targets.length;
  if (classes !== undefined || (oneEach && total === count)) {
    checkCount(total, count);
    const { values } = flat("targets", vector ?? Float64Array.from(given, Number), 1);
    return [numberColumn("target", after + 1, Float64Array.from(values))];
  }
  const width = total / count;
  if (oneEach && !Number.isInteger(width)) checkCount(total, count);
  const { values, width: wide, count: rows } = flat("targets", targets, Number.isInteger(width) ? width : undefined);
  checkCount(rows, count);
  return Array.from({ length: wide }, (_, at) =>
    numberColumn(`target ${at + 1}`, after + at + 1, strided(values, at, wide)),
  );
}

function checkCount(targets: number, examples: number): void {
  if (targets !== examples)
    throw new RangeError(`dataset: ${targets} targets for ${examples} examples; give one for each`);
}

const wordColumn = (name: string, number: number, cells: readonly string[]): RawColumn => ({
  ...{ cells: "words", name, number, missing: 0 },
  ...coded(cells),
});

/** Targets that are indices into the classes' names, or names themselves. */
function indexed(name: string, column: RawColumn, classes: readonly string[]): Targets {
  const indices =
    column.cells === "numbers"
      ? column.values
      : Float64Array.from(column.codes, (code) => classes.indexOf(column.words[code]));
  const at = indices.findIndex((index) => !(Number.isInteger(index) && index >= 0 && index < classes.length));
  if (at >= 0) {
    const given = column.cells === "numbers" ? column.values[at] : quoteValue(column.words[column.codes[at]]);
    throw new DataError(
      name,
      `the target of example ${at + 1} is ${given}`,
      `give a name in classes, or an index from 0 to ${classes.length - 1}`,
    );
  }
  return { task: "classification", classes, values: indices };
}
