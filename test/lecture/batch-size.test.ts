import { describe, expect, it } from "vitest";
import { batchSize, rising, stepsPerEpoch } from "../../lecture/experiments/batch-size.ts";
import { loadDataset } from "../../src/data/node/index.ts";
import { spoiled } from "./broken-device.ts";

describe("batch-size", () => {
  it("counts the steps of the lecture's 60,000 examples in batches of 128", () => {
    expect(stepsPerEpoch(60_000, 128)).toEqual([469, 468]);
    expect(stepsPerEpoch(60_000, 60_000)).toEqual([1, 1]);
    expect(stepsPerEpoch(60_000, 1)).toEqual([60_000, 60_000]);
  });

  it("counts how often a loss rises", () => {
    expect(rising([5, 4, 3])).toBe(0);
    expect(rising([1, 2, 1, 2, 1])).toBe(0.5);
    expect(rising([1])).toBe(0);
  });

  it("would be refuted by steps up the hill", async () => {
    const given = {
      temperatures: [],
      landscapes: [],
      data: () => loadDataset("digits", { limit: 300 }),
      device: () =>
        spoiled((gradient) => {
          for (let i = 0; i < gradient.length; i++) gradient[i] = -gradient[i];
        }),
    };
    expect((await batchSize.run(given)).holds).toBe(false);
  });

  it("refuses data without room for mini-batches", async () => {
    const given = {
      temperatures: [],
      landscapes: [],
      data: () => loadDataset("digits", { limit: 100 }),
      device: () => spoiled(() => {}),
    };
    await expect(batchSize.run(given)).rejects.toThrow(/digits has 100 training examples; .* needs at least 256/);
  });
});
