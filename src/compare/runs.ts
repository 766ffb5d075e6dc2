import type { Dataset } from "../data/index.ts";
import type { Model } from "../nn/index.ts";
import { type BatchPlan, checkMemory, settle, type TrainPlan } from "../train/index.ts";
import { optionsFrom } from "../train/plain/index.ts";
import { FULL_BATCH } from "./assemble.ts";
import { type Contender, isTunable, labelOf, plainOf } from "./contender.ts";
import { jobFor } from "./job.ts";
import type { CompareSettings } from "./settings.ts";

/** What a comparison is about. */
export interface Subject {
  readonly data: Dataset;
  readonly model: Model;
}

/** Those that take part, and plain gradient descent on the full batch, as it was before mini-batches, if it is wanted. */
export function everyoneIn(settings: CompareSettings): readonly Contender[] {
  const plain = plainOf(settings);
  const wanted = settings.fullBatch && settings.batchSize !== "full" && plain !== undefined;
  return wanted ? [...settings.optimizers, { ...plain, label: FULL_BATCH }] : settings.optimizers;
}

/** What all runs of a contender have in common. */
export function planFor(contender: Contender, { l2, dtype, batchSize }: CompareSettings): TrainPlan & BatchPlan {
  return { l2, dtype, batchSize: labelOf(contender) === FULL_BATCH ? "full" : batchSize };
}

/** Rates that are tried for a contender. */
export const trialsFor = (contender: Contender, { trials }: CompareSettings): number =>
  isTunable(contender) ? trials : 0;

/**
 * Looks at every run that a comparison will be made of, as training looks at it when it begins, and at the memory that it
 * takes. Throws what training would throw: a RangeError for a model that does not fit the data, for a schedule that is too
 * long, for more numbers than one memory has room for.
 */
export function checkRuns(settings: CompareSettings, { data, model }: Subject): void {
  const { epochs, tuningEpochs, target } = settings;
  for (const contender of everyoneIn(settings))
    for (const passes of trialsFor(contender, settings) > 0 ? new Set([tuningEpochs, epochs]) : [epochs]) {
      const goal = target === null ? {} : { target };
      const { run } = jobFor(contender, { ...planFor(contender, settings), ...goal, epochs: passes });
      const { optimizer, order, targetSize, dtype } = settle(optionsFrom(run, { data, model }));
      checkMemory({ model, optimizer, batchSize: order.batchSize, targetSize, dtype });
    }
}
