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
import { lastLoss, type Weights } from "./best-model.ts";
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

/** The same with what jobs leave for the next ones. */
export interface JobContext extends JobSubject {
  /** A program that one job has compiled serves the next. */
  readonly engine: Engine;
  /** For each label, the lowest validation loss whose weights were handed on. */
  readonly lowest: Map<string, number>;
}

export const jobContext = (subject: JobSubject): JobContext => ({
  ...subject,
  ...{ engine: new Engine(subject.device), lowest: new Map() },
});

/** Who follows a run. */
export interface Watching {
  readonly onEpoch?: (epoch: EpochRecord) => void;
  /**
   * Called at the end with a copy of the weights, if they may be the best of the contender's: not after a run that ended before its time,
   * nor with a higher validation loss than that of weights which this worker has handed on.
   */
  readonly onWeights?: (weights: Weights) => void;
}

/** Trains one run from start to end. */
export async function runJob(
  { engine, lowest, ...subject }: JobContext,
  { label, run }: Job,
  { onEpoch, onWeights }: Watching = {},
  signal?: AbortSignal,
): Promise<RunRecord> {
  const { data, model } = subject;
  const source = { ...engine.lend(), wholeSteps: engine.wholeSteps };
  const training = new Training(optionsFrom(run, { data, model, ...(signal && { signal }) }), source);
  const recorder = new Recorder(runHead(subject, run, label));
  for await (const event of training) {
    recorder.observe(event);
    if (event.kind === "epoch") onEpoch?.(epochRecord(event));
  }
  const record = recorder.record();
  const loss = lastLoss(record);
  if (onWeights !== undefined && Number.isFinite(loss) && loss <= (lowest.get(label) ?? loss)) {
    lowest.set(label, loss);
    const { w, s = w.subarray(0, 0) } = training.trained;
    onWeights({ w: w.slice(), s: s.slice() });
  }
  return record;
}
