import type { Device } from "../../src/device/device.ts";
import { nodeDevice } from "../../src/device/node/device.ts";
import type { Vector } from "../../src/expr/index.ts";

/** A device that computes gradients as always, and spoils them then, all together or one by one; `run` counts runs, from 0. */
export async function spoiled(spoil: (gradient: Vector, run: number) => void): Promise<Device> {
  const device = await nodeDevice();
  let runs = 0;
  return {
    ...device,
    prepare: async (outputs, views) => {
      const runnable = await device.prepare(outputs, views);
      const gradients = Object.keys(outputs).filter((name) => /^gradient(s$|_of_)/.test(name));
      return {
        bind: (others) => runnable.bind(others),
        dispose: () => runnable.dispose(),
        run: async () => {
          await runnable.run();
          if (gradients.length === 0) return;
          for (const name of gradients) spoil(views[name], runs);
          runs++;
        },
      };
    },
  };
}
