import { describe, expect, it } from "vitest";
import { type Dataset, moons } from "../../src/data/index.ts";
import { symmetricEigen } from "../../src/linalg/index.ts";
import { dense, meanSquaredError, mlp, sequential } from "../../src/nn/index.ts";
import { adam, gradientDescent, momentum, rule, schedules } from "../../src/optimizers/index.ts";
import { lbfgs } from "../../src/solvers/index.ts";
import { lrRange } from "../../src/train/node/train.ts";

const data = moons({ count: 200, seed: 5 });
const model = mlp([2, 16, 2]);

const fixed = rule({ name: "fixed", update: "w = w - 0.1*g" });

/** Linear regression of y = x·(1, −2) + noise on points whose directions differ in length: the loss is a quadratic. */
function bowl(): { data: Dataset; stable: number } {
  const count = 40;
  const points = Array.from({ length: count }, (_, i) => [2 * Math.cos(i), Math.sin(3 * i)] as const);
  const inputs = Float32Array.from(points.flat());
  const targets = Float32Array.from(points, ([a, b], i) => a - 2 * b + Math.sin(7 * i));
  const part = { count, inputs, targets };
  // The mean of (w·x − y)² has the Hessian 2/n·Σ xxᵀ, over the two weights and the bias.
  const rows = points.map(([a, b]) => [a, b, 1]);
  const hessian = Float64Array.from(
    { length: 9 },
    (_, k) => (2 / count) * rows.reduce((sum, row) => sum + row[Math.floor(k / 3)] * row[k % 3], 0),
  );
  const largest = Math.max(...(symmetricEigen(hessian, 3)?.values ?? []));
  const made: Dataset = {
    ...data,
    ...{ name: "bowl", task: "regression", inputShape: [2], outputs: 1, classes: [] },
    ...{ train: part, validation: part, test: part },
  };
  return { data: made, stable: 2 / largest };
}

describe("the learning rate range test", () => {
  it("sees gradient descent on a quadratic fall up to 2/λ, the largest stable rate, and blow up just beyond", async () => {
    const { data, stable } = bowl();
    const model = sequential([2], [dense(1)], { loss: meanSquaredError });
    const options = { model, data, optimizer: gradientDescent(), batchSize: "full", dtype: "f64" } as const;
    const { points, outcome, blowUpAt } = await lrRange({
      ...options,
      from: stable / 3,
      to: 3 * stable,
      steps: 600,
    });
    expect(outcome).toBe("blew up");
    // Below 2/λ no step of gradient descent raises a quadratic.
    const below = points.filter(({ lr }) => lr < stable).map(({ loss }) => loss);
    expect(below.length).toBeGreaterThan(290);
    expect(below.every((loss, i) => i === 0 || loss <= below[i - 1] * (1 + 1e-9))).toBe(true);
    expect(blowUpAt).toBeGreaterThan(stable);
    expect(blowUpAt).toBeLessThan(1.6 * stable);
  });

  it("takes the rates of its formula, each with the loss after its step, and the corrected average of these", async () => {
    const { points } = await lrRange({
      model,
      data,
      optimizer: gradientDescent(),
      batchSize: "full",
      from: 1e-3,
      to: 1,
      steps: 31,
    });
    points.forEach(({ lr }, i) => {
      expect(lr).toBeCloseTo(10 ** (-3 + i / 10), 12);
    });
    // The weights of the losses so far fall by 0.9 from each to the one before, that of the start, at no rate yet, the last.
    const [{ smoothed, loss }] = points;
    const start = (1.9 * smoothed - loss) / 0.9;
    points.forEach((point, i) => {
      const losses = [start, ...points.slice(0, i + 1).map((each) => each.loss)].reverse();
      const weights = losses.map((_, k) => 0.9 ** k);
      const total = weights.reduce((a, b) => a + b);
      expect(point.smoothed).toBeCloseTo(losses.reduce((sum, each, k) => sum + weights[k] * each, 0) / total, 10);
    });
  });

  it("proposes the steepest descent before the lowest loss, and a tenth of the lowest's rate", async () => {
    const { points, steepest, lowest, tenth } = await lrRange({ model, data, optimizer: adam(), batchSize: 32 });
    if (steepest === null || lowest === null) throw new Error("the loss fell");
    expect(points).toContain(steepest);
    expect(Math.min(...points.slice(5).map(({ smoothed }) => smoothed))).toBe(lowest.smoothed);
    expect(tenth).toBe(lowest.lr / 10);
    expect(steepest.lr).toBeLessThanOrEqual(lowest.lr);
    expect(steepest.lr).toBeGreaterThan(1e-4);
    expect(steepest.lr).toBeLessThan(0.1);
  });

  it("is the same for a seed, and leaves optimizer and initial weights as they are", async () => {
    const initial = Float32Array.from({ length: 82 }, (_, i) => Math.sin(i) / 3);
    const before = initial.slice();
    const options = { model, data, optimizer: momentum(), batchSize: 20, steps: 40, initial };
    const first = await lrRange({ ...options, seed: 4 });
    expect(await lrRange({ ...options, seed: 4 })).toEqual(first);
    expect(await lrRange({ ...options, seed: 5 })).not.toEqual(first);
    expect(initial).toEqual(before);
  });

  it("ignores the optimizer's own rate and schedule", async () => {
    const run = (lr: number | ((t: number) => number)) => lrRange({ model, data, optimizer: adam({ lr }), steps: 20 });
    expect(await run(7)).toEqual(await run(schedules.exponential({ lr: 0.1, decay: 0.9 })));
  });

  it("proposes nothing where the loss never falls", async () => {
    const nothing = await lrRange({
      model,
      data,
      optimizer: gradientDescent(),
      batchSize: "full",
      from: 50,
      to: 5000,
      steps: 40,
    });
    expect(nothing).toMatchObject({ steepest: null, lowest: null, tenth: null });
    expect(["blew up", "diverged"]).toContain(nothing.outcome);
  });

  it("spans the widest range without leaving the finite numbers", async () => {
    const widest = { from: Number.MIN_VALUE, to: Number.MAX_VALUE, steps: 50 };
    const { points, outcome } = await lrRange({ model, data, optimizer: adam(), ...widest });
    expect(["blew up", "diverged"]).toContain(outcome);
    // 2⁻¹⁰⁷⁴ to 2¹⁰²⁴; below 2⁻¹⁰²² a number has few digits.
    const exponents = points.map(({ lr }) => Math.log2(lr));
    expect(exponents[0]).toBe(-1074);
    for (const [i, exponent] of exponents.entries())
      if (exponent > -1022) expect(exponent).toBeCloseTo(-1074 + (i * 2098) / 49, 6);
  });

  it("ends when it is interrupted, with the points so far", async () => {
    const { outcome, points, blowUpAt } = await lrRange({
      model,
      data,
      optimizer: adam(),
      signal: AbortSignal.abort(),
    });
    expect({ outcome, points, blowUpAt }).toEqual({ outcome: "interrupted", points: [], blowUpAt: null });
  });

  it.each([
    [{ from: 0 }, "from is 0"],
    [{ from: 1, to: 0.1 }, "from is 1 and to is 0.1; the learning rate grows"],
    [{ steps: 3 }, "steps is 3; it must be a whole number from 10 to 100,000"],
    [{ steps: 1e9 }, "steps is 1000000000; it must be a whole number from 10 to 100,000"],
    [{ steps: 1e10 }, "steps is 10000000000; it must be a whole number from 10 to 100,000"],
    [{ beta: 1 }, "beta is 1"],
    [{ blowUp: 0.5 }, "blowUp is 0.5"],
    [{ optimizer: fixed() }, "lrRange: fixed has no learning rate"],
  ])("refuses %o", async (wrong, says) => {
    await expect(lrRange({ model, data, optimizer: adam(), ...wrong })).rejects.toThrow(says);
  });

  it("refuses solvers, and names that do not exist", async () => {
    const options = { model, data, optimizer: adam() };
    await expect(lrRange(Object.assign({ ...options }, { optimizer: lbfgs() }))).rejects.toThrow(
      "lrRange: lbfgs finds the length of each step itself",
    );
    await expect(lrRange(Object.assign({ ...options }, { step: 3 }))).rejects.toThrow('"step" is not known');
  });
});
