import type {
  CompareHead,
  CompareSettings,
  DataFacts,
  Done,
  Goal,
  RegressionErrors,
  RunHead,
  RunRecord,
  Trial,
} from "../../compare/index.ts";
import { deviceNames } from "../../device/device.ts";
import type { Target } from "../../train/index.ts";
import type { FitCurve, FitRecord, FittedNumber } from "../walk/fit.ts";
import type { Environment, MinimizeRecord, RunConfig } from "./folder.ts";
import {
  anything,
  count,
  fits,
  fraction,
  list,
  nullable,
  number,
  object,
  oneOf,
  optional,
  record,
  type Schema,
  text,
  truth,
} from "./schema.ts";

/** How the files of a run folder look: a report is only built from what looks as we write it. */

export const config = object<RunConfig>({
  format: oneOf(1),
  kind: oneOf("train", "compare", "minimize"),
  name: text,
  startedAt: text,
  command: text,
  settings: record(anything),
});

export const environment = object<Environment>({
  downhill: text,
  backend: optional(nullable(oneOf("onnx", "reference"))),
  device: optional(nullable(oneOf(...deviceNames))),
  onnxruntime: nullable(text),
  node: text,
  platform: text,
  cpu: text,
  cores: number,
  memory: number,
});

const measured = object<RunRecord["test"]>({
  loss: nullable(number),
  nonFinite: optional(oneOf("NaN", "Infinity", "-Infinity")),
  cutOff: optional(oneOf(true)),
  accuracy: optional(fraction),
});

export const epoch = object<RunRecord["epochs"][number]>({
  epoch: number,
  steps: number,
  seconds: number,
  train: measured,
  validation: measured,
  gradientNorm: nullable(number),
  updateRatio: nullable(number),
});

const outcome = object<RunRecord["outcome"]>({
  kind: oneOf("completed", "converged", "stalled", "singular", "target", "stopped-early", "diverged", "interrupted"),
  step: number,
  reason: text,
});

/** Sizes of the three sets. */
const triple: Schema<readonly [number, number, number]> = {
  problem: (value, path) =>
    list(count).problem(value, path) ??
    (Array.isArray(value) && value.length === 3 ? undefined : `${path} has not three numbers`),
};

/** A number, or a word where a setting is a choice among words. */
const setting: Schema<number | string> = {
  problem: (value, path) => (typeof value === "string" ? undefined : number.problem(value, path)),
};

const facts = {
  task: oneOf("classification", "regression"),
  counts: triple,
  majority: optional(
    object<NonNullable<DataFacts["majority"]>>({
      class: text,
      validation: nullable(fraction),
      test: nullable(fraction),
    }),
  ),
  target: optional(object<NonNullable<DataFacts["target"]>>({ mean: number, deviation: number, testVariance: number })),
};

const ofRun = {
  data: text,
  model: text,
  optimizer: text,
  hyper: record(setting),
  schedule: optional(text),
  seed: number,
  batchSize: number,
  parameters: number,
  device: optional(oneOf(...deviceNames)),
  backend: optional(oneOf("onnx", "reference")),
  dataset: optional(object<DataFacts>(facts)),
  goal: optional(object<Goal>({ measure: oneOf("loss", "accuracy"), value: number })),
};

/** What a run is about: in its first event, and in its result. */
export const runHead = object<RunHead>(ofRun);

export const run = object<RunRecord>({
  ...ofRun,
  epochs: list(epoch),
  steps: number,
  seconds: number,
  test: measured,
  regression: optional(object<RegressionErrors>({ rmse: number, mae: nullable(number), r2: nullable(number) })),
  kept: optional(object<NonNullable<RunRecord["kept"]>>({ epoch: number, steps: number })),
  outcome,
  target: optional(object<NonNullable<RunRecord["target"]>>({ step: number, seconds: number })),
  batches: object<RunRecord["batches"]>({ every: number, losses: list(nullable(number)) }),
});

export const trial = object<Trial>({ optimizer: text, lr: number, loss: nullable(number) });

const target: Schema<Target> = {
  problem: (value, path) =>
    object<{ loss: number }>({ loss: number }).problem(value, path) === undefined
      ? undefined
      : object<{ accuracy: number }>({ accuracy: number }).problem(value, path),
};

const batchSize: Schema<number | "full"> = {
  problem: (value, path) => (value === "full" ? undefined : number.problem(value, path)),
};

const settings = object<CompareSettings>({
  optimizers: list(
    object<CompareSettings["optimizers"][number]>({
      label: optional(text),
      rule: text,
      text: optional(text),
      hyper: optional(record(number)),
      schedule: optional(text),
    }),
  ),
  batchSize,
  epochs: number,
  seeds: list(number),
  trials: number,
  tuningSeeds: list(number),
  tuningEpochs: number,
  fullBatch: truth,
  target: nullable(target),
  l2: number,
  dtype: oneOf("f32", "f64"),
});

/** What a comparison is about: in its first event, and in its result. */
export const head = object<CompareHead>({
  data: text,
  model: text,
  parameters: number,
  dataset: object<CompareHead["dataset"]>({
    ...facts,
    inputShape: list(number),
    outputs: number,
    source: text,
    licence: text,
  }),
  settings,
});

/** What is read of a comparison's result: ranking and target follow from it, and are computed again. */
export interface StoredComparison extends CompareHead, Omit<Done, "trials"> {
  readonly sensitivity: Done["trials"];
  readonly fullBatch: { readonly sensitivity: Done["trials"]; readonly runs: Done["runs"] } | null;
}

export const comparison: Schema<StoredComparison> = {
  problem: (value, path) =>
    head.problem(value, path) ??
    object<Omit<StoredComparison, keyof CompareHead>>({
      sensitivity: list(trial),
      runs: list(run),
      fullBatch: nullable(object({ sensitivity: list(trial), runs: list(run) })),
      outcome: oneOf("completed", "interrupted"),
      seconds: number,
    }).problem(value, path),
};

/** x and y of a curve: as many of the one as of the other. */
function curveOf<Y>(y: Schema<readonly Y[]>): Schema<{ readonly x: readonly number[]; readonly y: readonly Y[] }> {
  const columns = object<{ readonly x: readonly number[]; readonly y: readonly Y[] }>({ x: list(number), y });
  return {
    problem: (value, path) => {
      const problem = columns.problem(value, path);
      if (problem !== undefined || !fits(columns, value)) return problem;
      const [a, b] = [value.x.length, value.y.length];
      return a === b ? undefined : `${path} has ${a} numbers x and ${b} numbers y, expected as many`;
    },
  };
}

const fitted = object<FittedNumber>({ name: text, value: number, certified: number, digits: number });

export const walk = object<MinimizeRecord>({
  surface: text,
  optimizer: text,
  hyper: record(setting),
  noise: optional(object<NonNullable<MinimizeRecord["noise"]>>({ sigma: number, seed: number })),
  points: list(list(number)),
  values: list(nullable(number)),
  outcome,
  fit: optional(
    object<FitRecord>({
      model: text,
      parameters: list(fitted),
      sumOfSquares: fitted,
      curve: optional(
        object<FitCurve>({
          predictor: text,
          response: text,
          observed: curveOf(list(number)),
          fitted: curveOf(list(nullable(number))),
        }),
      ),
    }),
  ),
});
