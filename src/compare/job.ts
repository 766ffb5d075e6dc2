import type { Dataset } from "../data/index.ts";
import type { Device } from "../device/index.ts";
import type { Model } from "../nn/index.ts";
import { Engine } from "../objective/index.ts";
import {
  type BatchPlan,
  type EpochRecord,
  epochRecord,
  Recorder,
  type RunRecord,
  Training,
  type TrainPlan,
} from "../train/index.ts";
import { optionsFrom, type RuleRunData, runHead } from "../train/plain/index.ts";
import { atRate, type Contender, labelOf } from "./contender.ts";

/** One run to do, as plain data. The worker has the data set and the model. */
export interface Job {
  /** The contender's label. */
  readonly label: string;
  readonly run: RuleRunData;
}

/** A contender's run at a learning rate; without `lr`, at its own. */
export const jobFor = (contender: Contender, plan: TrainPlan & BatchPlan, lr?: number): Job => ({
  label: labelOf(contender),
  run: { ...plan, optimizer: atRate(contender, lr) },
});

/** What all of a worker's jobs share. */
export interface JobSubject {
  readonly data: Dataset;
  readonly model: Model;
  readonly device: Device;
}

/** The same with an engine: a program that one job has compiled serves the next. */
export interface JobContext extends JobSubject {
  readonly engine: Engine;
}

export const jobContext = (subject: JobSubject): JobContext => ({ ...subject, engine: new Engine(subject.device) });

/** Trains one run from start to end. */
export async function runJob(
  { engine, ...subject }: JobContext,
  { label, run }: Job,
  onEpoch: (epoch: EpochRecord) => void = () => {},
  signal?: AbortSignal,
): Promise<RunRecord> {
  const { data, model } = subject;
  const training = new Training(optionsFrom(run, { data, model, ...(signal && { signal }) }), engine.lend());
  const recorder = new Recorder(runHead(subject, run, label));
  for await (const event of training) {
    recorder.observe(event);
    if (event.kind === "epoch") onEpoch(epochRecord(event));
  }
  return recorder.record();
}
