import type { Vector } from "../expr/array.ts";
import { evaluate } from "../expr/evaluate.ts";
import type { Backend } from "./backend.ts";
import { resting } from "./rest.ts";

/**
 * The reference interpreter, in float64 arithmetic: slow, exact, and with nothing to install. It lets go of the thread
 * now and then, as a run of ONNX Runtime does, so that a signal can be given.
 */
export const referenceBackend: Backend = {
  name: "reference",
  prepare: async (outputs, views) => {
    const bound: Record<string, Vector> = { ...views };
    const names = Object.keys(outputs);
    const rest = resting();
    return {
      bind: (name, view) => {
        bound[name] = view;
      },
      run: async () => {
        await rest();
        const values = evaluate(Object.values(outputs), bound);
        for (const [i, name] of names.entries()) bound[name].set(values[i].data);
      },
      dispose: async () => {},
    };
  },
};
