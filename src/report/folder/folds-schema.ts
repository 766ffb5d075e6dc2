import {
  count,
  list,
  nullable,
  number,
  object,
  oneOf,
  optional,
  record,
  type Schema,
  text,
} from "../../files/schema/index.ts";
import { type CrossValidation, type FoldResult, type FoldSpread, type Scores, scoreNames } from "../../train/index.ts";
import { batchSize } from "./comparison-schema.ts";
import { outcome, setting } from "./run-schema.ts";

/** The schema of a cross-validation. */

const spread = object<FoldSpread>({ mean: number, deviation: number });

/** Scores by name; none has another. */
const scores = <T>(one: Schema<T>): Schema<Scores<T>> => ({
  problem: (value, path) =>
    object(Object.fromEntries(scoreNames.map((name) => [name, optional(one)]))).problem(value, path),
});

const counts: Schema<FoldResult["counts"]> = {
  problem: (value, path) =>
    Array.isArray(value) && value.length === 3
      ? list(number).problem(value, path)
      : `${path} is not as expected: rows that were trained on, watched and held out`,
};

const fold = object<FoldResult>({
  fold: count,
  counts,
  epochs: number,
  steps: number,
  outcome,
  scores: scores(nullable(number)),
});

export const folds = object<CrossValidation>({
  data: text,
  task: oneOf("classification", "regression"),
  model: text,
  loss: text,
  optimizer: text,
  hyper: optional(record(setting)),
  schedule: optional(text),
  batchSize: optional(batchSize),
  seed: optional(number),
  rows: count,
  aside: number,
  groups: optional(count),
  planned: count,
  folds: list(fold),
  scores: scores(spread),
  outcome: oneOf("completed", "interrupted"),
  seconds: number,
});
