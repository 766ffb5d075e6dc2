import type { Dataset } from "../data/dataset.ts";
import { samplers } from "../data/sampler.ts";
import type { Device } from "../device/device.ts";
import type { Model } from "../nn/index.ts";
import { Engine } from "../objective/index.ts";
import type { EpochRecord, RunRecord } from "../train/record.ts";
import { epochRecord, Recorder, runHead } from "../train/recorder.ts";
import { Training } from "../train/training.ts";
import { type Contender, hyperOf, labelOf, optimizerFor } from "./contender.ts";

/** One run that is to be done: plain data. Data and model are the worker's. */
export interface Job {
  readonly contender: Contender;
  /** In place of the contender's own rate. */
  readonly lr?: number;
  readonly seed: number;
  readonly epochs: number;
  readonly batchSize: number | "full";
  readonly l2: number;
  readonly dtype: "f32" | "f64";
}

/** What all jobs of a worker have in common. */
export interface JobSubject {
  readonly data: Dataset;
  readonly model: Model;
  readonly device: Device;
}

/** The same with an engine: programs that one job compiled serve the next. */
export interface JobContext extends JobSubject {
  readonly engine: Engine;
}

export const jobContext = (subject: JobSubject): JobContext => ({ ...subject, engine: new Engine(subject.device) });

/** Does one run from beginning to end. */
export async function runJob(
  { data, model, device, engine }: JobContext,
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
    engine.lend(),
  );
  const own = {
    optimizer: labelOf(contender),
    hyper: hyperOf(contender, lr),
    ...(contender.schedule === undefined ? {} : { schedule: contender.schedule }),
    seed,
    batchSize: sampler.batchSize,
  };
  const recorder = new Recorder(runHead({ data, model, device }, own));
  for await (const event of training) {
    recorder.observe(event);
    if (event.kind === "epoch") onEpoch(epochRecord(event));
  }
  return recorder.record();
}
