import type { Device, Runnable } from "./device.ts";

/**
 * A device that can be stopped between any two runs of its programs: once the signal is aborted, runs reject with its
 * reason.
 */
export const stoppable = (device: Device, signal: AbortSignal): Device => ({
  ...device,
  prepare: async (outputs, views) => {
    const runnable = await device.prepare(outputs, views);
    const run: Runnable["run"] = async () => {
      signal.throwIfAborted();
      await runnable.run(signal);
    };
    return { bind: (views) => runnable.bind(views), run, dispose: () => runnable.dispose() };
  },
});
