import { queue } from "../device/index.ts";
import type { EpochRecord, RunRecord } from "../train/index.ts";
import { type Job, type JobSubject, jobContext, runJob } from "./job.ts";

/** Workers that do runs: this thread, or several. A run's result depends on its job alone, not on who does it and when. */
export interface WorkerPool {
  /**
   * Does a run as soon as a worker is free. Once the pool's signal has aborted, a run that goes on ends as
   * "interrupted" with what it has, and one that has not begun is undefined.
   */
  run(job: Job, onEpoch?: (epoch: EpochRecord) => void): Promise<RunRecord | undefined>;
  /** Ends the workers. */
  dispose(): Promise<void>;
}

/** A pool without threads: one run after the other, in this one. */
export function inlinePool(subject: JobSubject, signal?: AbortSignal): WorkerPool {
  const context = jobContext(subject);
  const inTurn = queue();
  return {
    run: (job, onEpoch) => inTurn(async () => (signal?.aborted ? undefined : runJob(context, job, onEpoch, signal))),
    dispose: () => context.engine.dispose(),
  };
}
