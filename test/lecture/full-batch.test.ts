import { describe, expect, it } from "vitest";
import { withObjective } from "../../lecture/curvature.ts";
import { crossEntropyTask, fullBatchSteps, squaredErrorTask } from "../../lecture/full-batch.ts";
import { lateValues, risingShare, sharpening } from "../../lecture/sharpening.ts";
import { referenceDevice } from "../../src/device/reference/interpreter.ts";
import { sharpness } from "../../src/landscape/index.ts";
import { gradientDescent } from "../../src/optimizers/index.ts";

const data = { name: "three", inputShape: [2], outputs: 2, task: "classification" } as const;
// The second column is constant.
const examples = { count: 3, inputs: Float64Array.of(1, 7, 2, 7, 3, 7), targets: Float64Array.of(0, 1, 1) };

describe("training on the full batch", () => {
  it("standardises columns, and makes vectors of classes", () => {
    const { inputs, targets } = squaredErrorTask(data, examples).examples;
    const deviation = Math.sqrt(2 / 3);
    for (const [i, x] of [-1 / deviation, 0, 0, 0, 1 / deviation, 0].entries()) expect(inputs[i]).toBeCloseTo(x, 14);
    expect([...targets]).toEqual([1, 0, 0, 1, 0, 1]);
  });

  it("has the squared error of a net without outputs: half of the targets' squared length", async () => {
    const task = squaredErrorTask(data, examples);
    const loss = await withObjective({ ...task, device: referenceDevice }, (f) =>
      f.value(new Float64Array(f.dimension)),
    );
    expect(loss).toBeCloseTo(0.5, 14);
  });

  it("starts within ±1/√inputs, and steps against the gradient that it shows", async () => {
    const task = squaredErrorTask(data, examples);
    const run = { optimizer: gradientDescent({ lr: 0.1 }), steps: 3, seed: 2 };
    await withObjective({ ...task, device: referenceDevice }, async (f) => {
      let expected = 0;
      for await (const { taken, loss, w, g, next } of fullBatchSteps(task, run, referenceDevice)) {
        expect(taken).toBe(expected++);
        const gradient = new Float64Array(f.dimension);
        expect(loss).toBeCloseTo(await f.gradient(w, gradient), 6);
        for (const [i, x] of gradient.entries()) {
          expect(g[i]).toBeCloseTo(x, 6);
          expect(next[i]).toBeCloseTo(w[i] - 0.1 * x, 6);
        }
        // Two inputs, and 32 of the layers after.
        if (taken === 0) expect(Math.max(...w.map(Math.abs))).toBeGreaterThan(1 / Math.sqrt(32));
        if (taken === 0) expect(Math.max(...w.map(Math.abs))).toBeLessThan(1 / Math.sqrt(2));
      }
      expect(expected).toBe(3);
    });
  });

  it("refuses cross-entropy where there are no classes", () => {
    expect(() => crossEntropyTask({ ...data, task: "regression" }, examples)).toThrow(
      "three has no classes; this experiment needs some, as cross-entropy does",
    );
  });

  it("measures sharpness now and then, and where the weights are along its direction", async () => {
    const run = { optimizer: gradientDescent({ lr: 0.1 }), steps: 37, seed: 1, watched: [35, 37] } as const;
    const {
      at,
      sharpness: values,
      across,
      losses,
      anew,
    } = await sharpening(squaredErrorTask(data, examples), run, referenceDevice, sharpness);
    expect([at, values.length, losses.length, across.length]).toEqual([[0, 35], 2, 37, 2]);
    expect(across[0]).toBe(0);
    expect(anew.value).toBeCloseTo(values[1], 3);
    expect(lateValues(at, values, 1)).toEqual([values[1]]);
  });

  it("counts the steps at which a loss rises", () => {
    const losses = [3, 2, 2.5, 1, 1.5];
    expect(risingShare({ losses })).toBe(0.5);
    expect(risingShare({ losses }, 2)).toBe(0.5);
    expect(risingShare({ losses: [1] })).toBe(0);
  });
});
