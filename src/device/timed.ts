import type { Device } from "./device.ts";

/** A backend that says how much time went into compiling programs: that is no part of training. */
export interface TimedDevice extends Device {
  /** Seconds so far. */
  compiling(): number;
}

export function timed(backend: Device): TimedDevice {
  let seconds = 0;
  return {
    ...backend,
    compiling: () => seconds,
    prepare: async (outputs, views) => {
      const begin = performance.now();
      const runnable = await backend.prepare(outputs, views);
      seconds += (performance.now() - begin) / 1000;
      return runnable;
    },
  };
}
