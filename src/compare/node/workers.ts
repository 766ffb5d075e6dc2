import { Worker } from "node:worker_threads";
import { type Dataset, sharedExamples } from "../../data/index.ts";
import type { RunRecord } from "../../train/index.ts";
import type { Job, Watching } from "../job.ts";
import type { WorkerPool } from "../worker-pool.ts";
import { errorFrom, type FromWorker, type ToWorker, type WorkerInit } from "./messages.ts";

/** A caller that waits for a run. */
interface Awaiting<Result> {
  readonly watching: Watching;
  readonly resolve: (run: Result) => void;
  readonly reject: (error: unknown) => void;
}

interface Waiting extends Awaiting<RunRecord | undefined> {
  readonly job: Job;
}

/** Threads start from the compiled file, so TypeScript sources that run directly have none. */
export const canThread = import.meta.url.endsWith(".js");

/** A pool of up to `count` threads. One more is started when a job finds all busy. Jobs start in the order in which they come. */
export function workerPool(count: number, init: WorkerInit, signal?: AbortSignal): WorkerPool {
  const workerData = { ...init, data: shared(init.data) };
  const workers: PoolWorker[] = [];
  const queue: Waiting[] = [];
  const dispatch = (): void => {
    for (let i = 0; i < count && queue.length > 0; i++) {
      if (i === workers.length) workers.push(new PoolWorker(workerData));
      const next = workers[i].busy ? undefined : queue.shift();
      if (next !== undefined) workers[i].run(next).finally(dispatch);
    }
  };
  const abort = (): void => {
    for (const { resolve } of queue.splice(0)) resolve(undefined);
    for (const worker of workers) worker.abort();
  };
  signal?.addEventListener("abort", abort, { once: true });
  return {
    run: (job, watching = {}) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return resolve(undefined);
        queue.push({ job, watching, resolve, reject });
        dispatch();
      }),
    dispose: async () => {
      signal?.removeEventListener("abort", abort);
      abort();
      await Promise.all(workers.map((worker) => worker.end()));
    },
  };
}

class PoolWorker {
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  #current: Awaiting<RunRecord> | undefined;
  /** Why the thread has ended. */
  #lost: Error | undefined;

  constructor(workerData: WorkerInit) {
    this.#worker = new Worker(new URL("./worker.js", import.meta.url), { workerData, execArgv: [] });
    this.#worker.on("message", (message: FromWorker) => this.#receive(message));
    this.#worker.on("error", (error) => this.#lose(error));
    this.#ended = new Promise((resolve) => {
      this.#worker.on("exit", (code) => {
        this.#lose(new Error(`a thread of the comparison ended with code ${code}`));
        resolve();
      });
    });
  }

  get busy(): boolean {
    return this.#current !== undefined;
  }

  /** Trains a run and settles its promise; resolves when the worker is free again. */
  async run({ job, watching, ...waiting }: Waiting): Promise<void> {
    try {
      waiting.resolve(
        await new Promise<RunRecord>((resolve, reject) => {
          if (this.#lost !== undefined) return reject(this.#lost);
          this.#current = { resolve, reject, watching };
          this.#send({ kind: "run", job, weights: watching.onWeights !== undefined });
        }),
      );
    } catch (error) {
      waiting.reject(error);
    } finally {
      this.#current = undefined;
    }
  }

  abort(): void {
    this.#send({ kind: "abort" });
  }

  async end(): Promise<void> {
    this.#send({ kind: "end" });
    await this.#ended;
  }

  #lose(error: Error): void {
    this.#lost ??= error;
    this.#current?.reject(this.#lost);
  }

  #send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #receive(message: FromWorker): void {
    const current = this.#current;
    if (message.kind === "epoch") current?.watching.onEpoch?.(message.epoch);
    else if (message.kind === "weights") current?.watching.onWeights?.(message.weights);
    else if (message.kind === "done") current?.resolve(message.run);
    else current?.reject(errorFrom(message.error));
  }
}

/** The data in memory that all threads share: one copy for any number of threads. */
const shared = (data: Dataset): Dataset => ({
  ...data,
  train: sharedExamples(data.train),
  validation: sharedExamples(data.validation),
  test: sharedExamples(data.test),
});
