import {
  type BestRun,
  type CompareHead,
  type CompareSettings,
  type CompareWork,
  type Trial,
  tuningLosses,
} from "../../compare/index.ts";
import {
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
import type { Target } from "../../train/index.ts";
import { augmentation, facts, parameterGroups, run } from "./run-schema.ts";

/** Schemas of a comparison's files. */

export const trial = object<Trial>({ optimizer: text, lr: number, loss: nullable(number) });

const target: Schema<Target> = {
  problem: (value, path) =>
    object<{ loss: number }>({ loss: number }).problem(value, path) === undefined
      ? undefined
      : object<{ accuracy: number }>({ accuracy: number }).problem(value, path),
};

export const batchSize: Schema<number | "full"> = {
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
      groups: optional(parameterGroups),
    }),
  ),
  batchSize,
  epochs: number,
  seeds: list(number),
  trials: number,
  tuningSeeds: list(number),
  tuningEpochs: number,
  tuneOn: optional(oneOf(...tuningLosses)),
  fullBatch: truth,
  target: nullable(target),
  augment: optional(augmentation),
  l2: number,
  dtype: oneOf("f32", "f64"),
});

/** The head of a comparison: in its first event, and in its result. */
export const comparisonHead = object<CompareHead>({
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

/** The stored part of a comparison's result: target and ranking are computed from it. */
export interface StoredComparison extends CompareHead, Omit<CompareWork, "trials"> {
  readonly sensitivity: CompareWork["trials"];
  readonly fullBatch: { readonly sensitivity: CompareWork["trials"]; readonly runs: CompareWork["runs"] } | null;
}

export const comparison: Schema<StoredComparison> = {
  problem: (value, path) =>
    comparisonHead.problem(value, path) ??
    object<Omit<StoredComparison, keyof CompareHead>>({
      sensitivity: list(trial),
      runs: list(run),
      fullBatch: nullable(object({ sensitivity: list(trial), runs: list(run) })),
      best: optional(nullable(object<BestRun>({ optimizer: text, seed: number }))),
      outcome: oneOf("completed", "interrupted"),
      seconds: number,
    }).problem(value, path),
};
