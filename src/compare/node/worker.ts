import { parentPort, workerData } from "node:worker_threads";
import { nodeDevice } from "../../device/node/index.ts";
import { modelFromJson } from "../../nn/index.ts";
import type { EpochRecord } from "../../train/index.ts";
import type { Weights } from "../best-model.ts";
import { type Job, jobContext, runJob } from "../job.ts";
import { type FromWorker, plainError, type ToWorker, type WorkerInit } from "./messages.ts";

/** One worker of a pool: trains the runs that it is sent, one after the other, until the message to end. */
async function serve(init: WorkerInit): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error("this file is started by a pool, as a worker");
  const tell = (message: FromWorker): void => port.postMessage(message);
  const abort = new AbortController();
  const { data, model, device: name } = init;
  const device = await nodeDevice({ device: name, threads: 1 });
  const context = jobContext({ data, model: modelFromJson(model), device });
  const onEpoch = (epoch: EpochRecord): void => tell({ kind: "epoch", epoch });
  // The memory moves to the other thread.
  const onWeights = (weights: Weights): void =>
    port.postMessage(
      { kind: "weights", weights } satisfies FromWorker,
      [weights.w.buffer, weights.s.buffer].filter((buffer) => buffer instanceof ArrayBuffer),
    );
  const run = async (job: Job, wanted: boolean): Promise<void> => {
    try {
      const done = await runJob(context, job, { onEpoch, ...(wanted && { onWeights }) }, abort.signal);
      tell({ kind: "done", run: done });
    } catch (error) {
      tell({ kind: "failed", error: plainError(error) });
    }
  };
  port.on("message", (message: ToWorker) => {
    if (message.kind === "run") run(message.job, message.weights);
    else if (message.kind === "abort") abort.abort();
    else context.engine.dispose().finally(() => port.close());
  });
}

await serve(workerData);
