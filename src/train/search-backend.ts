import type { Backend } from "./backend.ts";

/** A backend for the long steps of solvers: it can be stopped within one, and says what part of the time went elsewhere. */
export interface SearchBackend extends Backend {
  /** Seconds that compiling programs has taken so far. */
  compiling(): number;
}

/** No program is run once the signal is given: what waits for it gets the signal's reason. */
export function searchBackend(backend: Backend, signal?: AbortSignal): SearchBackend {
  let seconds = 0;
  return {
    name: backend.name,
    compiling: () => seconds,
    prepare: async (outputs, views) => {
      const begin = performance.now();
      const runnable = await backend.prepare(outputs, views);
      seconds += (performance.now() - begin) / 1000;
      return {
        bind: (name, view) => runnable.bind(name, view),
        run: async () => {
          signal?.throwIfAborted();
          await runnable.run();
        },
        dispose: () => runnable.dispose(),
      };
    },
  };
}
