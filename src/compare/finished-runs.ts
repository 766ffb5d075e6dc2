import type { RunRecord } from "../train/index.ts";
import type { Job } from "./job.ts";
import type { WorkerPool } from "./worker-pool.ts";

/**
 * Runs that were made before, with the same data and model on the same device: the caller's, for example in a file. A comparison that
 * was interrupted makes only those that are missing when it is started again.
 */
export interface FinishedRuns {
  /** The record of this run; undefined if it has not been made. */
  find(job: Job): RunRecord | undefined;
  /** Called with each run that ends by itself, in any way. An error that it throws ends the comparison, which rejects with it. */
  keep(job: Job, run: RunRecord): void;
}

/** A pool that takes finished runs as they are, and keeps those that it makes. A finished run has no weights to hand on. */
export const remembering = (pool: WorkerPool, { find, keep }: FinishedRuns): WorkerPool => ({
  run: async (job, watching = {}) => {
    const known = find(job);
    if (known !== undefined) {
      for (const epoch of known.epochs) watching.onEpoch?.(epoch);
      return known;
    }
    const run = await pool.run(job, watching);
    if (run !== undefined && run.outcome.kind !== "interrupted") keep(job, run);
    return run;
  },
  dispose: () => pool.dispose(),
});
