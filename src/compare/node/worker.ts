import { parentPort, workerData } from "node:worker_threads";
import { nodeDevice } from "../../device/node/device.ts";
import { modelFromJson } from "../../nn/index.ts";
import { carryOut, type Place } from "../carry-out.ts";
import type { Job } from "../crew.ts";
import type { Errand, FromThread, ToThread } from "./messages.ts";

/** One thread of a crew: does the runs that it is told, one after the other, until it is told to end. */
async function serve(errand: Errand): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error("this file is started by a crew, as a thread");
  const tell = (message: FromThread): void => port.postMessage(message);
  const abort = new AbortController();
  const { data, model, device } = errand;
  const place: Place = { data, model: modelFromJson(model), device: await nodeDevice({ device, threads: 1 }) };
  const run = async (job: Job): Promise<void> => {
    try {
      const done = await carryOut(place, job, (epoch) => tell({ kind: "epoch", epoch }), abort.signal);
      tell({ kind: "done", run: done });
    } catch (error) {
      tell({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
    }
  };
  port.on("message", (message: ToThread) => {
    if (message.kind === "run") run(message.job);
    else if (message.kind === "abort") abort.abort();
    else port.close();
  });
}

await serve(workerData);
