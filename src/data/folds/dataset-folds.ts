import { DataError } from "../../files/index.ts";
import { majorityOf } from "../class-counts.ts";
import { type Dataset, type Examples, inputSize, type Standardization, type Vector } from "../dataset.ts";
import type { Split } from "../split.ts";
import type { ClassTarget, InputColumn, Preprocessing } from "../table/preprocessing.ts";
import { type ClassWeights, withClassWeights } from "../weights/class-weights.ts";
import type { Foldable } from "./foldable.ts";

/**
 * The training and the validation set of a data set as folds take them; its test set stays aside. Each division is standardised anew by
 * its own training set: means and deviations of standardised values are as good as those of the values themselves.
 *
 * @throws DataError for a data set whose categories and fills were measured on its training set, which would be in every fold, and for one
 * whose classes are weighted already
 */
export function foldableDataset(data: Dataset, classWeights?: ClassWeights): Foldable {
  const { name, task, train, validation, test } = data;
  if (data.classWeights !== undefined)
    throw new DataError(
      name,
      "its classes are weighted by its training set",
      "leave that to the folds: give classWeights there",
    );
  if (data.preprocessing?.inputs.kind === "columns" && !data.preprocessing.inputs.columns.every(isScaled))
    throw new DataError(
      name,
      "its categories, or what stands for missing cells, were measured on its training set, of which each fold has a part",
      "give the rows themselves, or the table: then each fold measures its own",
    );
  if (data.preprocessing?.inputs.kind === "values" && data.preprocessing.inputs.whitening !== undefined)
    throw new DataError(
      name,
      "its images were whitened by its training set, of which each fold has a part",
      "leave whitening out of a cross-validation",
    );
  const all = joined([train, validation, test]);
  const folded = train.count + validation.count;
  return {
    rows: Uint32Array.from({ length: folded }, (_, row) => row),
    aside: Uint32Array.from({ length: test.count }, (_, row) => folded + row),
    labels: task === "classification" ? all.targets.subarray(0, folded) : new Uint8Array(folded),
    build: (split) => withClassWeights(divided(data, all, split), classWeights),
  };
}

/** Whether a column is only shifted and scaled. */
const isScaled = (column: InputColumn): boolean =>
  column.kind !== "category" && column.fill === undefined && column.indicator === undefined;

/** Sets one after the other; rows without weights count 1 beside those that have some. */
function joined(sets: readonly Examples[]): Examples {
  const count = sets.reduce((sum, each) => sum + each.count, 0);
  const join = (of: (set: Examples) => Vector): Float64Array | Float32Array => {
    const vectors = sets.map(of);
    const length = vectors.reduce((sum, vector) => sum + vector.length, 0);
    const out = vectors.every((vector) => vector instanceof Float32Array)
      ? new Float32Array(length)
      : new Float64Array(length);
    let at = 0;
    for (const vector of vectors) {
      out.set(vector, at);
      at += vector.length;
    }
    return out;
  };
  const weighted = sets.some(({ weights }) => weights !== undefined);
  return {
    ...{ count, inputs: join(({ inputs }) => inputs), targets: join(({ targets }) => targets) },
    ...(weighted && { weights: join((set) => set.weights ?? new Float64Array(set.count).fill(1)) }),
  };
}

function divided(data: Dataset, all: Examples, split: Split): Dataset {
  const { task, standardization, targetStandardization, classes } = data;
  const inputs = measured(all.inputs, inputSize(data), standardization.mean.length, split.train);
  const width = all.targets.length / all.count;
  const targets = targetStandardization && measured(all.targets, width, width, split.train);
  const own = (rows: Uint32Array): Examples => ({
    count: rows.length,
    inputs: scaled(all.inputs, inputSize(data), inputs, rows),
    targets: scaled(all.targets, width, targets, rows),
    ...(all.weights && { weights: taken(all.weights, 1, rows) }),
  });
  const scale = combined(standardization, inputs);
  const targetScale = targetStandardization && targets && combined(targetStandardization, targets);
  const sets = { train: own(split.train), validation: own(split.validation), test: own(split.test) };
  const majority = task === "classification" ? majorityOf(classes, sets.train.targets) : {};
  return {
    ...{ ...data, ...sets, standardization: scale },
    ...(targetScale && { targetStandardization: targetScale }),
    ...(data.preprocessing && { preprocessing: preprocessed(data.preprocessing, scale, targetScale, majority) }),
  };
}

/** Mean and deviation of each of an example's `runs` equal runs of values, over these rows; a deviation of 0 counts as 1. */
function measured(values: Vector, size: number, runs: number, rows: Uint32Array): Standardization {
  const length = size / runs;
  const [sums, squares] = [new Float64Array(runs), new Float64Array(runs)];
  const each = (add: (run: number, value: number) => void): void => {
    for (const row of rows) for (let i = 0; i < size; i++) add(Math.floor(i / length), values[row * size + i]);
  };
  each((run, value) => {
    sums[run] += value;
  });
  const mean = Array.from(sums, (sum) => sum / (rows.length * length));
  each((run, value) => {
    squares[run] += (value - mean[run]) ** 2;
  });
  return { mean, deviation: Array.from(squares, (sum) => Math.sqrt(sum / (rows.length * length)) || 1) };
}

function taken(values: Vector, size: number, rows: Uint32Array): Vector {
  const out =
    values instanceof Float32Array ? new Float32Array(rows.length * size) : new Float64Array(rows.length * size);
  for (const [i, row] of rows.entries()) out.set(values.subarray(row * size, (row + 1) * size), i * size);
  return out;
}

function scaled(values: Vector, size: number, scale: Standardization | undefined, rows: Uint32Array): Vector {
  const out = taken(values, size, rows);
  if (scale === undefined) return out;
  const { mean, deviation } = scale;
  const length = size / mean.length;
  for (let i = 0; i < out.length; i++) {
    const run = Math.floor((i % size) / length);
    out[i] = (out[i] - mean[run]) / deviation[run];
  }
  return out;
}

/** Two scales one after the other as one. */
const combined = (first: Standardization, then: Standardization): Standardization => ({
  mean: first.mean.map((mean, i) => mean + first.deviation[i] * then.mean[i]),
  deviation: first.deviation.map((deviation, i) => deviation * then.deviation[i]),
});

function preprocessed(
  { inputs, target }: Preprocessing,
  { mean, deviation }: Standardization,
  targets: Standardization | undefined,
  majority: Pick<ClassTarget, "majority" | "isTied">,
): Preprocessing {
  return {
    inputs:
      inputs.kind === "values"
        ? { ...inputs, mean, deviation }
        : { ...inputs, columns: inputs.columns.map((column, i) => rescaled(column, mean[i], deviation[i])) },
    target: target.kind === "classes" ? { ...withoutMajority(target), ...majority } : { ...target, ...targets },
  };
}

const withoutMajority = ({ majority: _, isTied: __, ...target }: ClassTarget): ClassTarget => target;

const rescaled = (column: InputColumn, mean: number, deviation: number): InputColumn =>
  column.kind === "category" ? column : { ...column, mean, deviation };
