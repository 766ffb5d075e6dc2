import type { Contender } from "./contender.ts";
import type { EpochRecord, RunRecord } from "./record.ts";

/** One run that is to be done: plain data. What it is done on, data and model, is the crew's. */
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

/** Those who do runs: this thread, or several. A run's result depends on its job alone, not on who does it and when. */
export interface Crew {
  /**
   * Does a run as soon as somebody is free. Once the crew's signal has aborted, a run that goes on ends as
   * "interrupted" with what it has, and one that has not begun is undefined.
   */
  run(job: Job, onEpoch?: (epoch: EpochRecord) => void): Promise<RunRecord | undefined>;
  /** Ends the threads. */
  dispose(): Promise<void>;
}
