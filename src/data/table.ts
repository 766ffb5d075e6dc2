import { DataError } from "../files/index.ts";
import type { Dataset, Description, Examples, Standardization, TableForm } from "./dataset.ts";
import { first, type Split, stratifiedSplit } from "./split.ts";

/** Rows of numbers, each with its target, before they are split and standardised. */
export interface Table {
  /** Its name, task, classes and source. */
  readonly description: Description;
  /** The names of the inputs, for messages. */
  readonly columns: readonly string[];
  /** rows × columns, row by row. */
  readonly inputs: Float64Array;
  /** One for each row: a class index, or the number to predict. */
  readonly targets: Float64Array;
  /** How the text that they come from was parsed. */
  readonly form?: TableForm;
}

/** The fraction of the rows for the validation set, and again for the test set. */
const SHARE = 0.15;

/** The fewest rows that leave some in each set, and more than one to train on. */
const FEWEST_ROWS = 10;

/**
 * Splits the rows (70 : 15 : 15, stratified by class) and standardises each input by the training set, and in a
 * regression the targets as well.
 *
 * @param limit use only the first training rows, this many; default: all
 * @throws DataError for fewer than 10 rows, or a column that cannot be standardised
 */
export function tableDataset(table: Table, limit?: number): Dataset {
  const { description, columns, targets } = table;
  const classification = description.task === "classification";
  if (targets.length < FEWEST_ROWS) {
    const problem = `has ${targets.length} rows of data, expected at least ${FEWEST_ROWS}`;
    throw new DataError(description.name, problem, "add rows: training, validation and test each need some");
  }
  const split = splitRows(table);
  const standardization = measure(table.inputs, columns, split.train, description.name);
  const scaling = classification ? undefined : measure(targets, ["the target"], split.train, description.name);
  const examples = (indices: Uint32Array): Examples => ({
    count: indices.length,
    inputs: gather(table.inputs, indices, standardization),
    targets: gather(targets, indices, scaling ?? { mean: [0], deviation: [1] }),
  });
  return {
    ...description,
    inputShape: [columns.length],
    outputs: classification ? description.classes.length : 1,
    train: examples(first(split.train, limit)),
    validation: examples(split.validation),
    test: examples(split.test),
    standardization,
    ...(scaling && { targetStandardization: scaling }),
    ...(table.form && { form: table.form }),
  };
}

function splitRows({ description, targets }: Table): Split {
  const labels = description.task === "classification" ? targets : new Uint8Array(targets.length);
  const share = Math.round(targets.length * SHARE);
  return stratifiedSplit(labels, { validation: share, test: share });
}

/** Mean and deviation of each column over the given rows. */
function measure(rows: Float64Array, columns: readonly string[], indices: Uint32Array, where: string): Standardization {
  const moments = columns.map((name, column) => {
    const values = Float64Array.from(indices, (index) => rows[index * columns.length + column]);
    if (values.every((value) => value === values[0])) {
      const constant =
        Math.abs(values[0]) > Number.MAX_SAFE_INTEGER ? "constant to the 16 digits of a double" : "constant";
      const problem = `${name} is ${constant}: ${values[0]} in all ${values.length} rows of the training set`;
      throw new DataError(where, problem, "it carries no information and cannot be standardised: drop it");
    }
    return momentsOf(values, name, where);
  });
  return { mean: moments.map(({ mean }) => mean), deviation: moments.map(({ deviation }) => deviation) };
}

function momentsOf(values: Float64Array, name: string, where: string): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const deviation = Math.sqrt(variance);
  if (deviation > 0 && Number.isFinite(deviation)) return { mean, deviation };
  const extreme = deviation > 0 ? "large" : "close together";
  throw new DataError(where, `${name} has values too ${extreme} for double precision`, "rescale it");
}

function gather(rows: Float64Array, indices: Uint32Array, { mean, deviation }: Standardization): Float64Array {
  const columns = mean.length;
  const out = new Float64Array(indices.length * columns);
  for (const [row, index] of indices.entries()) {
    for (let column = 0; column < columns; column++) {
      out[row * columns + column] = (rows[index * columns + column] - mean[column]) / deviation[column];
    }
  }
  return out;
}
