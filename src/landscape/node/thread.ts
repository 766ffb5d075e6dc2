import { parentPort, workerData } from "node:worker_threads";
import { nodeDevice } from "../../device/node/index.ts";
import { modelFromJson } from "../../nn/index.ts";
import { pointMeterOf } from "../slices/point-meter.ts";
import type { FromThread, ThreadInit, ToThread } from "./messages.ts";

/** Measures the points that it is sent, one after the other, until the message to end. */
async function serve({ model, w, s, directions, device: name, ...given }: ThreadInit): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error("this file is started by a slice, as a thread");
  const device = await nodeDevice({ device: name, threads: 1 });
  const meter = pointMeterOf({ net: { model: modelFromJson(model), w, s }, device, ...given }, directions);
  const tell = (message: FromThread): void => port.postMessage(message);
  port.on("message", (message: ToThread) => {
    if (message.kind === "end") meter.dispose().finally(() => port.close());
    else
      meter.measure(message.x, message.y).then(
        (measured) => tell({ kind: "measured", measured }),
        (error: unknown) => tell({ kind: "failed", message: error instanceof Error ? error.message : String(error) }),
      );
  });
}

await serve(workerData);
