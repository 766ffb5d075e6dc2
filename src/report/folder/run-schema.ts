import type { Augmentation } from "../../data/index.ts";
import { deviceNames } from "../../device/index.ts";
import {
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
} from "../../files/schema/index.ts";
import type { RegressionErrors, StandardizedTarget } from "../../metrics/index.ts";
import type { ParameterGroup } from "../../optimizers/index.ts";
import type { DataFacts, Goal, RunHead, RunRecord } from "../../train/index.ts";
import { metrics, predictedValues } from "./metrics-schema.ts";

/** Schemas of a training run: in its summary, in a comparison's, and line by line in the metrics. */

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

/** How a run, or a walk, ended. */
export const outcome = object<RunRecord["outcome"]>({
  kind: oneOf("completed", "converged", "stalled", "singular", "target", "stopped-early", "diverged", "interrupted"),
  step: number,
  reason: text,
});

/** Sizes of the three sets. */
const triple: Schema<readonly [number, number, number]> = {
  problem: (value, path) =>
    list(count).problem(value, path) ??
    (Array.isArray(value) && value.length === 3 ? undefined : `${path} does not have three numbers`),
};

/** A number, or a word where a setting is a choice among words. */
export const setting: Schema<number | string> = {
  problem: (value, path) => (typeof value === "string" ? undefined : number.problem(value, path)),
};

/** Facts about a run's data. */
export const facts = {
  task: oneOf("classification", "regression"),
  counts: triple,
  weighing: optional(
    object<NonNullable<DataFacts["weighing"]>>({ examples: optional(oneOf(true)), classes: optional(record(number)) }),
  ),
  majority: optional(
    object<NonNullable<DataFacts["majority"]>>({
      class: text,
      validation: nullable(fraction),
      test: nullable(fraction),
      isTied: optional(oneOf(true)),
    }),
  ),
  target: optional(
    object<StandardizedTarget>({
      mean: number,
      deviation: number,
      testVariance: number,
      isKept: optional(oneOf(true)),
    }),
  ),
};

/** Groups of parameters. */
export const parameterGroups = list(
  object<ParameterGroup>({
    parameters: {
      problem: (value, path) => (typeof value === "string" ? undefined : list(text).problem(value, path)),
    },
    factors: record(number),
  }),
);

/** Random changes of the training images. */
export const augmentation = object<Augmentation>({ padCrop: optional(number), flip: optional(truth) });

const ofRun = {
  data: text,
  model: text,
  loss: optional(text),
  optimizer: text,
  hyper: record(setting),
  schedule: optional(text),
  groups: optional(parameterGroups),
  start: optional(text),
  frozen: optional(list(text)),
  trained: optional(number),
  seed: number,
  batchSize: number,
  augment: optional(augmentation),
  parameters: number,
  device: optional(oneOf(...deviceNames)),
  backend: optional(oneOf("onnx", "reference")),
  dataset: optional(object<DataFacts>(facts)),
  monitor: optional(object<NonNullable<RunHead["monitor"]>>({ measure: oneOf("loss", "accuracy"), minDelta: number })),
  goal: optional(object<Goal>({ measure: oneOf("loss", "accuracy"), value: number })),
};

/** The head of a run: in its first event, and in its result. */
export const runHead = object<RunHead>(ofRun);

export const run = object<RunRecord>({
  ...ofRun,
  epochs: list(epoch),
  steps: number,
  seconds: number,
  test: measured,
  regression: optional(object<RegressionErrors>({ rmse: number, mae: nullable(number), r2: nullable(number) })),
  metrics: optional(metrics),
  predicted: optional(list(predictedValues)),
  kept: optional(object<NonNullable<RunRecord["kept"]>>({ epoch: number, steps: number })),
  outcome,
  target: optional(object<NonNullable<RunRecord["target"]>>({ step: number, seconds: number })),
  batches: object<RunRecord["batches"]>({ every: number, losses: list(nullable(number)) }),
});

/** Whether a value read from a file is the record of a run. */
export const isRunRecord = (value: unknown): value is RunRecord => fits(run, value);
