import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { DeviceChoice } from "../../src/device/index.ts";
import { nodeDevice } from "../../src/device/node/index.ts";
import type { DType } from "../../src/expr/index.ts";
import { models, Net, sequential } from "../../src/nn/index.ts";
import { momentum } from "../../src/optimizers/index.ts";
import { createTraining } from "../../src/train/node/train.ts";
import { draw, filled } from "./filled.ts";

interface Golden {
  readonly by: string;
  readonly trained: {
    readonly lr: number;
    readonly momentum: number;
    readonly images: number;
    readonly losses: readonly number[];
    readonly count: number;
    /** Every 29th. */
    readonly weights: readonly number[];
    readonly state: readonly number[];
    readonly outputs: readonly number[];
  };
}

const file = new URL("../goldens/nn/models.json", import.meta.url);
const { by, trained }: Golden = JSON.parse(readFileSync(file, "utf8"));

const shape = [2, 8, 8];
const model = sequential(shape, models.resnet(shape, 4, { depth: 8, width: 8 }));
const size = 2 * 8 * 8;
const inputs = Float64Array.from(draw(trained.images * size, 5));
const targets = Float64Array.from({ length: trained.images }, (_, i) => (i * 5) % 4);
const examples = { count: trained.images, inputs, targets };
const data = {
  ...({ name: "drawn", task: "classification", inputShape: shape, outputs: 4 } as const),
  ...{ train: examples, validation: examples, test: examples },
};

const furthest = (found: ArrayLike<number>, wanted: ArrayLike<number>): number => {
  expect(found.length).toBe(wanted.length);
  return Math.max(...Array.from(found, (x, i) => Math.abs(x - wanted[i])));
};

describe(`a residual net of depth 8, trained for ${trained.losses.length} steps as by ${by}`, () => {
  it.each<[DType, DeviceChoice, number]>([
    ["f64", "cpu", 1e-10],
    ["f32", "cpu", 1e-3],
  ])(
    "in %s on %s: losses, weights, running statistics, and what it computes then",
    async (dtype, device, tolerance) => {
      const training = await createTraining({
        ...{ model, data, device, dtype, batchSize: "full", epochs: trained.losses.length, initial: filled(model).w },
        optimizer: momentum({ lr: trained.lr, beta: trained.momentum }),
      });
      const losses: number[] = [];
      for await (const event of training) if (event.kind === "batch") losses.push(event.loss);
      const { w, s } = training.state;
      expect(furthest(losses, trained.losses)).toBeLessThan(tolerance);
      expect(w.length).toBe(trained.count);
      expect(
        furthest(
          w.filter((_, i) => i % 29 === 0),
          trained.weights,
        ),
      ).toBeLessThan(tolerance);
      expect(furthest(s, trained.state)).toBeLessThan(tolerance);
      const net = new Net(training.trained, await nodeDevice({ device }));
      const rows = Array.from({ length: trained.images }, (_, i) => inputs.subarray(i * size, (i + 1) * size));
      const outputs = (await net.outputs(rows)).flatMap((row) => [...row]);
      // Logits are sums of 32 products with weights, so they may differ by more than the weights.
      expect(furthest(outputs, trained.outputs)).toBeLessThan(5 * tolerance);
      await net.dispose();
    },
  );
});
