import { checkNumber, checkOptions, isOptions, quoteValue, unknownName, whole } from "../../arguments/index.ts";
import { DataError, SettingError, setting } from "../../files/index.ts";
import { type MissingPolicy, missingPolicies } from "../choices/index.ts";
import { majorityOf } from "../class-counts.ts";
import type { Dataset, Examples, Standardization, Task, Vector } from "../dataset.ts";
import { first, type Split } from "../split.ts";
import { type ClassWeights, withClassWeights } from "../weights/class-weights.ts";
import { weighed } from "../weights/weighed.ts";
import { checkCounts, weightsOfTable } from "../weights/weight-column.ts";
import { type Choice, type ColumnOptions, chooseColumns } from "./choose.ts";
import { describeColumns } from "./describe-columns.ts";
import { cellValues, writeInputs } from "./encode.ts";
import { keptExamples } from "./kept-examples.ts";
import { type MeasuredColumn, type MeasureOptions, measureColumns } from "./measure.ts";
import { type UsableRows, usableRows } from "./missing-policy.ts";
import { type Prepared, prepareTable, scalingLike, targetsLike } from "./prepared.ts";
import { inputNames, type Preprocessing, widthOf } from "./preprocessing.ts";
import { checkRows, columnLabel, columnName, type RawColumn, type RawTable } from "./raw-table.ts";
import { rowTargets, targetsIn } from "./row-targets.ts";
import { Sample } from "./sample.ts";
import { checkSplit, type SplitOptions, splitRows } from "./split-rows.ts";
import { readTargets, type Targets } from "./targets.ts";

/** How a table becomes a data set. */
export interface TableOptions extends ColumnOptions {
  /**
   * Default: classification for words and for up to 20 different whole numbers that repeat, otherwise regression. If set to classification,
   * each spelling in the target column is a class.
   */
  readonly task?: Task;
  /** What is done about missing cells. Default: "refuse". */
  readonly missing?: MissingPolicy;
  /** Words in fewer rows of the training set than this share one input. Default 2. */
  readonly rare?: number;
  /**
   * Whether inputs of numbers, dates and booleans stay in their own unit, such as the codes that an embedding takes; then constant columns
   * are kept, too. Default: false, they are standardised.
   */
  readonly asIs?: boolean;
  /** Default: 15 % of the rows for the validation set and 15 % for the test set. */
  readonly split?: SplitOptions;
  /**
   * The preprocessing of a trained net, to train it further: its columns, means, deviations, fills and categories, and its classes and
   * unit if the target is the same. Then `ignore`, `columns`, `rare` and `asIs` say nothing, and are refused. Default: measured.
   */
  readonly preprocessing?: Preprocessing | undefined;
  /** Train on the first N training examples only. Statistics are measured before, so they do not depend on it. */
  readonly limit?: number;
  /** How much the training examples of each class count, beside their own weights. Default: all classes as they come. */
  readonly classWeights?: ClassWeights;
}

const OPTIONS = [
  ...["ignore", "columns", "weights", "groups", "task", "missing", "rare", "split", "limit", "classWeights"],
  ...["preprocessing", "asIs"],
];

/**
 * A table as a data set. Its columns become inputs, by what they hold: numbers are standardised, two words such as yes and no are one
 * input, other words are one-hot; dates, constant and empty columns are left out. Means, deviations, fills and categories are
 * measured on the training set alone, and are in `preprocessing`, so that a trained net can predict from raw rows.
 *
 * @throws DataError for a table that cannot be used, with the place and what to do; RangeError for an option that is not allowed
 */
export function tableDataset(table: RawTable, options: TableOptions = {}): Dataset {
  if (!(isOptions(table) && "columns" in table && "targets" in table))
    throw new TypeError(
      `tableDataset: the table is ${quoteValue(table)}; give one that csvTable reads: tableDataset(csvTable(text, "t.csv"))`,
    );
  return splitTable(readyTable(table, options));
}

/** A table whose columns and targets are known, before its rows are divided into sets. */
export interface ReadyTable {
  readonly table: RawTable;
  readonly rows: UsableRows;
  readonly targets: Targets;
  /** How the rows are to be divided. */
  readonly split: SplitOptions;
  /** The column that names each row's group. */
  readonly groups?: RawColumn;
  /** The data set of a division, with everything measured on its training set. */
  build(split: Split): Dataset;
}

/** The data set of a table that is divided as its options say. */
export function splitTable({ table, rows, targets, split, build }: ReadyTable): Dataset {
  return build(splitRows(table, rows, targets.task, targets.values, split));
}

const tasks: readonly Task[] = ["classification", "regression"];

/** Reads the options, the columns and the targets of a table. */
export function readyTable(
  table: RawTable,
  options: TableOptions,
  targetsOf = (columns: readonly RawColumn[]): Targets => readTargetsOf(table, columns, options),
): ReadyTable {
  checkOptions("tableDataset", options, OPTIONS, 'tableDataset(table, { ignore: ["id"] })');
  const { missing = "refuse", rare = 2, split = {}, task } = options;
  if (task !== undefined && !tasks.includes(task)) throw new RangeError(unknownName("task", String(task), tasks));
  if (!missingPolicies.includes(missing))
    throw new RangeError(unknownName("missing:", String(missing), missingPolicies));
  checkNumber("rare", rare, whole(1));
  if (options.asIs !== undefined && typeof options.asIs !== "boolean")
    throw new TypeError(`asIs is ${quoteValue(options.asIs)}; it must be true or false`);
  checkSplit(split);
  checkRows(table);
  const { preprocessing: given } = options;
  if (given !== undefined) refuseChoices(options);
  const prepared = given && prepareTable(table, given, options);
  const choice = prepared?.choice ?? chooseColumns(table, options, split.column);
  const rows = usableRows(table, prepared?.whole ?? choice, missing);
  const targets = targetsOf(choice.targets);
  const { groups } = choice;
  const facts = { table, choice, prepared, rows, targets, missing, rare, options };
  return { table, rows, targets, split, ...(groups && { groups }), build: (own) => built(facts, own) };
}

/** The targets as a given preprocessing has them, or as the options say. */
export function readTargetsOf(
  table: RawTable,
  columns: readonly RawColumn[],
  { preprocessing, task }: Pick<TableOptions, "preprocessing" | "task">,
): Targets {
  return preprocessing === undefined
    ? readTargets(table, columns, task)
    : targetsLike(table, columns, preprocessing, task);
}

interface TableFacts extends MeasureOptions {
  readonly table: RawTable;
  readonly choice: Choice;
  readonly prepared: Prepared | undefined;
  readonly rows: UsableRows;
  readonly targets: Targets;
  readonly options: TableOptions;
}

function built(facts: TableFacts, split: Split): Dataset {
  const { table, choice, prepared, rows, targets, missing, rare, options } = facts;
  const { columns, leftOut } = prepared
    ? { columns: prepared.columns, leftOut: [] }
    : measureColumns(table, choice, split.train, { missing, rare, asIs: options.asIs });
  const { preprocessing: given } = options;
  const unit = given && scalingLike(choice.targets, given, targets);
  const scaling =
    targets.task === "regression" ? (unit ?? measureTargets(table, choice, targets, split.train)) : undefined;
  const preprocessing: Preprocessing = {
    inputs: given?.inputs ?? { kind: "columns", columns: columns.map(({ input }) => input) },
    target: targetOf(choice, targets, split.train, { scaling, isKept: unit !== undefined }),
  };
  const inMemory = (indices: Uint32Array): Examples => ({
    ...{ count: indices.length, inputs: encode(columns, indices), targets: targetsIn(learned, indices) },
  });
  const learned = rowTargets(targets, scaling);
  const kept = table.kept && keptExamples(table.kept, columns, learned);
  const all = choice.weights && weightsOfTable(table, choice.weights, rows.list());
  const examples = (indices: Uint32Array, set: string): Examples => {
    const own = (kept ?? inMemory)(indices);
    return all && choice.weights ? weighed(own, weightsIn(table, choice.weights, all, indices, set)) : own;
  };
  const { name, form } = table;
  const made: Dataset = {
    ...{ name, task: targets.task, classes: targets.classes },
    ...{ source: `${table.rows} rows of ${name.replace(/^[a-z]+:/, "")}`, licence: "the owner's" },
    inputShape: [columns.reduce((sum, { input }) => sum + widthOf(input), 0)],
    inputNames: columns.flatMap(({ input }) => inputNames(input)),
    outputs: targets.task === "classification" ? targets.classes.length : choice.targets.length,
    train: examples(first(split.train, options.limit), "training"),
    validation: examples(split.validation, "validation"),
    test: examples(split.test, "test"),
    standardization: standardizationOf(columns),
    ...(scaling && { targetStandardization: scaling }),
    preprocessing,
    columns: describeColumns(table, choice, columns, leftOut),
    ...(rows.count < table.rows && { dropped: table.rows - rows.count }),
    ...(form && { form }),
    ...(table.kept && { close: () => table.kept?.close() }),
  };
  table.kept?.release();
  return withClassWeights(made, options.classWeights);
}

const flagOf = (option: string): string => `--${option.replace("asIs", "as-is")}`;

/** What a given preprocessing has decided already. */
function refuseChoices(options: TableOptions): void {
  const [name] = (["ignore", "columns", "rare", "asIs"] as const).filter((each) => options[each] !== undefined);
  if (name !== undefined)
    throw new SettingError(
      `${setting(flagOf(name), name)}: the net's preprocessing has decided that already; leave ${setting(flagOf(name), name)} out`,
    );
  const { missing } = options;
  if (missing !== undefined && missing !== "refuse" && missing !== "drop")
    throw new SettingError(
      `${setting(`--missing ${missing}`, `missing: ${quoteValue(missing)}`)}: what stands for a missing cell is in the net's preprocessing; leave it out, or give ${setting("--missing drop", 'missing: "drop"')}`,
    );
}

function measureTargets(
  table: RawTable,
  { targets }: Choice,
  { values }: Targets,
  training: Uint32Array,
): Standardization {
  const moments = targets.map((column, at) => {
    const sample = new Sample(values, training, targets.length, at);
    const label = targets.length === 1 ? "the target" : columnLabel(column);
    const { first, count } = sample;
    if (sample.isConstant) {
      const digits = Math.abs(first) > Number.MAX_SAFE_INTEGER ? " to the 16 digits of a double" : "";
      const problem = `${label} is constant${digits}: ${first} in all ${count} rows of the training set`;
      throw new DataError(table.name, problem, "there is nothing to predict: choose another target");
    }
    return sample.moments(label, table.name);
  });
  return { mean: moments.map(({ mean }) => mean), deviation: moments.map(({ deviation }) => deviation) };
}

function targetOf(
  { targets: columns }: Choice,
  { task, classes, values }: Targets,
  training: Uint32Array,
  { scaling, isKept }: { readonly scaling: Standardization | undefined; readonly isKept: boolean },
): Preprocessing["target"] {
  const names = columns.map(columnName);
  if (task === "classification" || scaling === undefined) {
    return { kind: "classes", name: names[0], classes, ...majorityOf(classes, valuesAt(training, values)) };
  }
  if (!isKept) return { kind: "values", names, ...scaling };
  const meanOf = (at: number): number =>
    training.reduce((sum, row) => sum + values[row * names.length + at], 0) / training.length;
  return { kind: "values", names, ...scaling, baseline: names.map((_, at) => meanOf(at)) };
}

function weightsIn(table: RawTable, column: RawColumn, all: Float64Array, rows: Uint32Array, set: string): Vector {
  const weights = Float64Array.from(rows, (row) => all[row]);
  checkCounts(table, column, set, weights);
  return weights;
}

/** rows × inputs */
function encode(columns: readonly MeasuredColumn[], rows: Uint32Array): Float64Array {
  const width = columns.reduce((sum, { input }) => sum + widthOf(input), 0);
  const out = new Float64Array(rows.length * width);
  let offset = 0;
  for (const { input, column, meanings } of columns) {
    const values = cellValues(column, meanings);
    for (let i = 0; i < rows.length; i++) writeInputs(input, values[rows[i]], out, i * width + offset);
    offset += widthOf(input);
  }
  return out;
}

/** The values at some indices, one after the other. */
function* valuesAt(indices: Uint32Array, values: ArrayLike<number>): Generator<number> {
  for (const index of indices) yield values[index];
}

/** One mean and deviation for each input; inputs that are 0 or 1 are not scaled. */
function standardizationOf(columns: readonly MeasuredColumn[]): Standardization {
  const scales = columns.flatMap(({ input }) =>
    Array.from({ length: widthOf(input) }, (_, i) =>
      input.kind !== "category" && i === 0
        ? { mean: input.mean, deviation: input.deviation }
        : { mean: 0, deviation: 1 },
    ),
  );
  return { mean: scales.map(({ mean }) => mean), deviation: scales.map(({ deviation }) => deviation) };
}
