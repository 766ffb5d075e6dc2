import type { Vector } from "../expr/array.ts";
import { evaluate } from "../expr/evaluate.ts";
import type { Backend } from "./backend.ts";

/** The reference interpreter, in float64 arithmetic: slow, exact, and with nothing to install. */
export const referenceBackend: Backend = {
  name: "reference",
  prepare: async (outputs, views) => {
    const bound: Record<string, Vector> = { ...views };
    const names = Object.keys(outputs);
    return {
      bind: (name, view) => {
        bound[name] = view;
      },
      run: async () => {
        const values = evaluate(Object.values(outputs), bound);
        for (const [i, name] of names.entries()) bound[name].set(values[i].data);
      },
      dispose: async () => {},
    };
  },
};
