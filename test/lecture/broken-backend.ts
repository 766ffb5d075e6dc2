import type { Vector } from "../../src/expr/array.ts";
import type { Means } from "../../src/train/index.ts";
import { nodeMeans } from "../../src/train/node/means.ts";

/** Means that compute gradients as always, and spoil them then; `run` counts all gradients, from 0. */
export async function spoiled(spoil: (gradient: Vector, run: number) => void): Promise<Means> {
  const { backend } = await nodeMeans();
  let runs = 0;
  return {
    backend: {
      name: backend.name,
      prepare: async (outputs, views) => {
        const runnable = await backend.prepare(outputs, views);
        const gradients = Object.keys(outputs).filter((name) => name.startsWith("gradient_of_"));
        return {
          ...runnable,
          run: async () => {
            await runnable.run();
            if (gradients.length === 0) return;
            for (const name of gradients) spoil(views[name], runs);
            runs++;
          },
        };
      },
    },
  };
}
