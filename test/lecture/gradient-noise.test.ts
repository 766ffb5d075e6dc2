import { describe, expect, it } from "vitest";
import { gradientNoise, noiseExpected } from "../../lecture/experiments/gradient-noise.ts";
import { loadDataset } from "../../src/data/node/index.ts";
import { Random } from "../../src/random/index.ts";
import { spoiled } from "./broken-device.ts";

const population = [3, -1, 4, 1, -5, 9];
const count = population.length;
const mean = population.reduce((sum, x) => sum + x) / count;
const variance = population.reduce((sum, x) => sum + (x - mean) ** 2, 0) / count;

/** All batches of a size, as their elements' places in the population. */
const batches = (size: number, replaced: boolean): number[][] =>
  size === 0
    ? [[]]
    : batches(size - 1, replaced).flatMap((batch) =>
        population.flatMap((_, i) => (replaced || !batch.includes(i) ? [[...batch, i]] : [])),
      );

describe("gradient-noise", () => {
  it.each([true, false])("expects what the average over all batches is; with replacement: %s", (replaced) => {
    for (let size = 1; size <= 5; size++) {
      const all = batches(size, replaced).map((batch) => {
        const of = batch.reduce((sum, i) => sum + population[i], 0) / size;
        return (of - mean) ** 2;
      });
      const average = all.reduce((sum, x) => sum + x) / all.length;
      expect(average).toBeCloseTo(noiseExpected(variance, size, count, replaced), 10);
    }
    expect(noiseExpected(variance, count, count, false)).toBe(0);
  });

  const on = (device: Parameters<typeof gradientNoise.run>[0]["device"]) =>
    gradientNoise.run({ temperatures: [], landscapes: [], data: () => loadDataset("digits", { limit: 100 }), device });

  it("holds on fewer examples, too", async () => {
    const { holds, numbers } = await on(() => spoiled(() => {}));
    expect(numbers.batchSizes).toEqual([1, 4, 16]);
    expect(holds, JSON.stringify(numbers)).toBe(true);
  });

  it("would be refuted by noise that does not shrink with the batch", async () => {
    const random = new Random(1, "spoil");
    const { holds } = await on(() =>
      spoiled((gradient) => {
        gradient[0] += 0.5 * random.normal();
      }),
    );
    expect(holds).toBe(false);
  });
});
