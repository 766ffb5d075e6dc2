import { describe, expect, it } from "vitest";
import { momentumSmooths, varianceKept } from "../../lecture/experiments/momentum-smooths.ts";
import { loadDataset } from "../../src/data/node/index.ts";
import type { Device } from "../../src/device/device.ts";
import { nodeDevice } from "../../src/device/node/device.ts";
import { spoiled } from "./broken-device.ts";

const on = (device: () => Promise<Device>) =>
  momentumSmooths.run({ temperatures: [], landscapes: [], data: () => loadDataset("digits"), device });

describe("momentum-smooths", () => {
  it("expects the sum of the squared weights", () => {
    for (const beta of [0, 0.5, 0.9, 0.98]) {
      let sum = 0;
      for (let k = 0; k < 5000; k++) sum += ((1 - beta) * beta ** k) ** 2;
      expect(varianceKept(beta)).toBeCloseTo(sum, 12);
    }
  });

  it("finds in training nearly what holds at rest: steps that resemble each other by β, losses that change by √(1/19)", async () => {
    const { cosineBetweenSteps, lossChangeOfMomentum, lossChangeOfGradientDescent } = (await on(() => nodeDevice()))
      .numbers;
    const [plain, smooth] = [cosineBetweenSteps].flat(2).map(Number);
    expect(Math.abs(plain)).toBeLessThan(0.1);
    expect(Math.abs(smooth - 0.9)).toBeLessThan(0.03);
    const [changes, others] = [lossChangeOfMomentum, lossChangeOfGradientDescent].map((x) => [x].flat(2).map(Number));
    const ratios = changes.map((change, i) => change / others[i]);
    for (const ratio of ratios) expect(Math.abs(ratio - Math.sqrt(1 / 19))).toBeLessThan(0.1);
  });

  it("would be refuted by gradients that are not independent", async () => {
    const device = () =>
      spoiled((gradient, run) => {
        for (let i = 0; i < gradient.length; i++) gradient[i] += 0.02 * Math.sin(run / 20);
      });
    expect((await on(device)).holds).toBe(false);
  });
});
