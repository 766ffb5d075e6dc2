import type { Dataset, Examples, Source } from "../data/index.ts";

/** What a run trains, validates and tests on: a data set, any of whose three sets may be a source. */
export interface TrainingData extends Pick<Dataset, "name" | "inputShape" | "outputs" | "task" | "preprocessing"> {
  readonly train: Examples | Source;
  readonly validation: Examples | Source;
  readonly test: Examples | Source;
}
