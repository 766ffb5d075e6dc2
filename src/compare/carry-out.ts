import type { Dataset } from "../data/dataset.ts";
import { samplers } from "../data/sampler.ts";
import type { Device } from "../device/device.ts";
import type { Model } from "../nn/index.ts";
import { Engine } from "../objective/index.ts";
import { Training } from "../train/training.ts";
import { hyperOf, labelOf, optimizerFor } from "./contender.ts";
import type { Crew, Job } from "./crew.ts";
import { dataFacts } from "./data-facts.ts";
import type { EpochRecord, RunRecord } from "./record.ts";
import { epochRecord, Recorder } from "./recorder.ts";

/** On what a job is done, and with what. */
export interface Place {
  readonly data: Dataset;
  readonly model: Model;
  readonly device: Device;
}

/** Does one run from beginning to end. */
export async function carryOut(
  { data, model, device }: Place,
  { contender, lr, ...options }: Job,
  onEpoch: (epoch: EpochRecord) => void = () => {},
  signal?: AbortSignal,
): Promise<RunRecord> {
  const { seed, epochs, batchSize } = options;
  const sampler = samplers.shuffled({ count: data.train.count, batchSize });
  const optimizer = optimizerFor(contender, {
    steps: epochs * sampler.batchesPerEpoch,
    ...(lr === undefined ? {} : { lr }),
  });
  const training = new Training(
    { ...options, data, model, optimizer, ...(signal === undefined ? {} : { signal }) },
    new Engine(device),
  );
  const recorder = new Recorder({
    data: data.name,
    model: model.name,
    optimizer: labelOf(contender),
    hyper: hyperOf(contender, lr),
    ...(contender.schedule === undefined ? {} : { schedule: contender.schedule }),
    seed,
    batchSize: sampler.batchSize,
    parameters: training.parameters,
    device: device.name,
    backend: device.backend,
    dataset: dataFacts(data),
  });
  for await (const event of training) {
    recorder.observe(event);
    if (event.kind === "epoch") onEpoch(epochRecord(event));
  }
  return recorder.record();
}

/** A crew of one: this thread, one run after the other. */
export function alone(place: Place, signal?: AbortSignal): Crew {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run: (job, onEpoch) => {
      const mine = last.then(() => (signal?.aborted ? undefined : carryOut(place, job, onEpoch, signal)));
      last = mine.catch(() => {});
      return mine;
    },
    dispose: async () => {},
  };
}
