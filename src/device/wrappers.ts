import type { Device } from "./device.ts";

/**
 * A backend that can be stopped between any two runs of its programs: once the signal is given, what waits for a run gets
 * the signal's reason.
 */
export function stoppable(backend: Device, signal: AbortSignal): Device {
  return {
    ...backend,
    prepare: async (outputs, views) => {
      const runnable = await backend.prepare(outputs, views);
      return {
        bind: (name, view) => runnable.bind(name, view),
        run: async () => {
          signal.throwIfAborted();
          await runnable.run(signal);
        },
        dispose: () => runnable.dispose(),
      };
    },
  };
}
