import type { Backend } from "./backend.ts";

/**
 * A backend that can be stopped between any two runs of its programs: once the signal is given, what waits for a run gets
 * the signal's reason.
 */
export function stoppable(backend: Backend, signal: AbortSignal): Backend {
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
