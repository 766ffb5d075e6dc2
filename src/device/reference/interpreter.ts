import { evaluation, type Vector } from "../../expr/index.ts";
import type { Device } from "../device.ts";
import { yieldEvery } from "../event-loop.ts";

/**
 * The reference interpreter, in float64 arithmetic: slow, exact, and with nothing to install. Between operators it yields to
 * the event loop now and then, so that a signal can arrive, and stops once it is aborted.
 */
export const referenceDevice: Device = {
  name: "reference",
  backend: "reference",
  runtime: null,
  float64: true,
  threads: 1,
  evaluationBatch: 50,
  prepare: async (outputs, views) => {
    const bound: Record<string, Vector> = { ...views };
    const names = Object.keys(outputs);
    const rest = yieldEvery();
    return {
      bind: (others) => {
        Object.assign(bound, others);
      },
      run: async (signal) => {
        const evaluating = evaluation(Object.values(outputs), bound);
        for (let next = evaluating.next(); ; next = evaluating.next()) {
          if (next.done) {
            for (const [i, name] of names.entries()) bound[name].set(next.value[i].data);
            return;
          }
          await rest();
          signal?.throwIfAborted();
        }
      },
      dispose: async () => {},
    };
  },
};
