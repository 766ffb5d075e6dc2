import { Worker } from "node:worker_threads";
import type { Dataset, Examples, Vector } from "../../data/dataset.ts";
import type { Crew, Job } from "../crew.ts";
import type { EpochRecord, RunRecord } from "../record.ts";
import type { Errand, FromThread, ToThread } from "./messages.ts";

/** A run that somebody waits for. */
interface Awaiting<Result> {
  readonly onEpoch: ((epoch: EpochRecord) => void) | undefined;
  readonly resolve: (run: Result) => void;
  readonly reject: (error: unknown) => void;
}

interface Waiting extends Awaiting<RunRecord | undefined> {
  readonly job: Job;
}

/** Threads start from the compiled file; sources that run uncompiled have none. */
export const canThread = import.meta.url.endsWith(".js");

/** A crew of up to `count` threads: one is started where a job finds all busy. Jobs are taken in the order in which they come. */
export function threads(count: number, errand: Errand, signal?: AbortSignal): Crew {
  const workerData = { ...errand, data: shared(errand.data) };
  const crew: Thread[] = [];
  const queue: Waiting[] = [];
  const deal = (): void => {
    for (let i = 0; i < count && queue.length > 0; i++) {
      if (i === crew.length) crew.push(new Thread(workerData));
      const next = crew[i].busy ? undefined : queue.shift();
      if (next !== undefined) crew[i].run(next).finally(deal);
    }
  };
  const abort = (): void => {
    for (const { resolve } of queue.splice(0)) resolve(undefined);
    for (const thread of crew) thread.abort();
  };
  signal?.addEventListener("abort", abort, { once: true });
  return {
    run: (job, onEpoch) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return resolve(undefined);
        queue.push({ job, onEpoch, resolve, reject });
        deal();
      }),
    dispose: async () => {
      signal?.removeEventListener("abort", abort);
      abort();
      await Promise.all(crew.map((thread) => thread.end()));
    },
  };
}

class Thread {
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  #current: Awaiting<RunRecord> | undefined;
  /** Why the thread is no more. */
  #lost: Error | undefined;

  constructor(workerData: Errand) {
    this.#worker = new Worker(new URL("./worker.js", import.meta.url), { workerData, execArgv: [] });
    this.#worker.on("message", (message: FromThread) => this.#hear(message));
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

  /** Does a run and settles its promise; resolves when it is free again. */
  async run(waiting: Waiting): Promise<void> {
    try {
      waiting.resolve(
        await new Promise<RunRecord>((resolve, reject) => {
          if (this.#lost !== undefined) return reject(this.#lost);
          this.#current = { resolve, reject, onEpoch: waiting.onEpoch };
          this.#tell({ kind: "run", job: waiting.job });
        }),
      );
    } catch (error) {
      waiting.reject(error);
    } finally {
      this.#current = undefined;
    }
  }

  abort(): void {
    this.#tell({ kind: "abort" });
  }

  async end(): Promise<void> {
    this.#tell({ kind: "end" });
    await this.#ended;
  }

  #lose(error: Error): void {
    this.#lost ??= error;
    this.#current?.reject(this.#lost);
  }

  #tell(message: ToThread): void {
    this.#worker.postMessage(message);
  }

  #hear(message: FromThread): void {
    const current = this.#current;
    if (message.kind === "epoch") current?.onEpoch?.(message.epoch);
    else if (message.kind === "done") current?.resolve(message.run);
    else current?.reject(new Error(message.message));
  }
}

/** The data in memory that all threads see: one copy, however many they are. */
const shared = (data: Dataset): Dataset => ({
  ...data,
  train: sharedExamples(data.train),
  validation: sharedExamples(data.validation),
  test: sharedExamples(data.test),
});

const sharedExamples = ({ count, inputs, targets }: Examples): Examples => ({
  count,
  inputs: sharedVector(inputs),
  targets: sharedVector(targets),
});

function sharedVector(vector: Vector): Vector {
  const memory = new SharedArrayBuffer(vector.byteLength);
  const copy = vector instanceof Float32Array ? new Float32Array(memory) : new Float64Array(memory);
  copy.set(vector);
  return copy;
}
