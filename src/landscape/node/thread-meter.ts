import { Worker } from "node:worker_threads";
import type { Measured } from "../slices/landscape.ts";
import type { PointMeter } from "../slices/point-meter.ts";
import type { FromThread, ThreadInit, ToThread } from "./messages.ts";

/** Threads start from the compiled file, so TypeScript sources that run directly have none. */
export const canThread = import.meta.url.endsWith(".js");

/** A meter in a thread of its own. It measures one point at a time. */
export function threadMeter(workerData: ThreadInit): PointMeter {
  const worker = new Worker(new URL("./thread.js", import.meta.url), { workerData, execArgv: [] });
  let waiting: { resolve(measured: Measured): void; reject(error: unknown): void } | undefined;
  let lost: Error | undefined;
  const lose = (error: Error): void => {
    lost ??= error;
    waiting?.reject(lost);
  };
  const send = (message: ToThread): void => worker.postMessage(message);
  worker.on("error", lose);
  worker.on("message", (message: FromThread) => {
    if (message.kind === "measured") waiting?.resolve(message.measured);
    else waiting?.reject(new Error(message.message));
  });
  const ended = new Promise<void>((resolve) => {
    worker.on("exit", (code) => {
      lose(new Error(`a thread that measured the slice ended with code ${code}`));
      resolve();
    });
  });
  return {
    measure: (x, y) =>
      new Promise((resolve, reject) => {
        if (lost !== undefined) return reject(lost);
        waiting = { resolve, reject };
        send({ kind: "measure", x, y });
      }),
    dispose: async () => {
      send({ kind: "end" });
      await ended;
    },
  };
}
