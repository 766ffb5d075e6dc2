import type { Backend } from "./backend.ts";
import { resting } from "./rest.ts";

/**
 * A backend that can be stopped between any two runs of its programs: once the signal is given, what waits for a run gets the
 * signal's reason. It rests now and then, so that the signal can be given.
 */
export function stoppable(backend: Backend, signal: AbortSignal): Backend {
  const rest = resting();
  return {
    name: backend.name,
    prepare: async (outputs, views) => {
      const runnable = await backend.prepare(outputs, views);
      return {
        bind: (name, view) => runnable.bind(name, view),
        run: async () => {
          await rest();
          signal.throwIfAborted();
          await runnable.run();
        },
        dispose: () => runnable.dispose(),
      };
    },
  };
}
