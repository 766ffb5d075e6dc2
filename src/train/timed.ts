import type { Backend } from "./backend.ts";

/** A backend that says how much time went into compiling programs: that is no part of training. */
export interface TimedBackend extends Backend {
  /** Seconds so far. */
  compiling(): number;
}

export function timed(backend: Backend): TimedBackend {
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
