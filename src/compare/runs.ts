import type { Dataset } from "../data/index.ts";
import type { Model } from "../nn/index.ts";
import { type BatchPlan, checkMemory, resolveTrainOptions, type TrainPlan } from "../train/index.ts";
import { optionsFrom } from "../train/plain/index.ts";
import { FULL_BATCH } from "./assemble.ts";
import { type Contender, isTunable, labelOf, plainGradientDescent } from "./contender.ts";
import { jobFor } from "./job.ts";
import type { CompareSettings } from "./settings.ts";

/** The data and the model of a comparison. */
export interface Subject {
  /** All optimizers are trained on its training set and compared on its validation set. */
  readonly data: Dataset;
  /** All optimizers train this model, from the same initial weights for the same seed. */
  readonly model: Model;
}

/** The contenders and, if it is wanted, plain gradient descent on the full batch, as it was before mini-batches. */
export function allContenders(settings: CompareSettings): readonly Contender[] {
  const plain = plainGradientDescent(settings);
  const wanted = settings.fullBatch && settings.batchSize !== "full" && plain !== undefined;
  return wanted ? [...settings.optimizers, { ...plain, label: FULL_BATCH }] : settings.optimizers;
}

/** The options that all runs of a contender share. */
export function planFor(contender: Contender, settings: CompareSettings): TrainPlan & BatchPlan {
  const { l2, dtype, batchSize, augment } = settings;
  const size = labelOf(contender) === FULL_BATCH ? "full" : batchSize;
  return { l2, dtype, batchSize: size, ...(augment !== undefined && { augment }) };
}

/** The number of learning rates to try for a contender. */
export const trialsFor = (contender: Contender, { trials }: CompareSettings): number =>
  isTunable(contender) ? trials : 0;

/**
 * Checks every run of a comparison as training would, and the memory that it takes, before any begins. Throws what training
 * would throw: a RangeError for a model that does not fit the data, for a schedule that is too long, or for a run that does
 * not fit into one memory.
 */
export function checkRuns(settings: CompareSettings, { data, model }: Subject): void {
  const { epochs, tuningEpochs, target } = settings;
  for (const contender of allContenders(settings))
    for (const passes of trialsFor(contender, settings) > 0 ? new Set([tuningEpochs, epochs]) : [epochs]) {
      const goal = target === null ? {} : { target };
      const { run } = jobFor(contender, { ...planFor(contender, settings), ...goal, epochs: passes });
      const { optimizer, order, targetSize, dtype } = resolveTrainOptions(optionsFrom(run, { data, model }));
      checkMemory({ model, optimizer, batchSize: order.batchSize, targetSize, dtype });
    }
}
