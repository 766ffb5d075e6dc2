import { queue } from "../device/index.ts";
import type { RunRecord } from "../train/index.ts";
import { type Job, type JobSubject, jobContext, runJob, type Watching } from "./job.ts";

/** Workers that train runs: this thread, or several. A run's result depends only on its job, not on the worker or the order. */
export interface WorkerPool {
  /**
   * Trains a run as soon as a worker is free. When the pool's signal aborts, a run in progress ends as "interrupted" with
   * what it has, and one that has not begun resolves to undefined.
   */
  run(job: Job, watching?: Watching): Promise<RunRecord | undefined>;
  /** Ends the workers. */
  dispose(): Promise<void>;
}

/** A pool without threads of its own: one run after the other, in this thread. */
export function inlinePool(subject: JobSubject, signal?: AbortSignal): WorkerPool {
  const context = jobContext(subject);
  const inTurn = queue();
  return {
    run: (job, watching) => inTurn(async () => (signal?.aborted ? undefined : runJob(context, job, watching, signal))),
    dispose: () => context.engine.dispose(),
  };
}
