import { describe, expect, it } from "vitest";
import { type Alignment, alignment } from "../../../src/landscape/index.ts";
import { Random } from "../../../src/random/index.ts";
import { quadraticOf } from "../../solvers/functions.ts";
import { convnet, golden, settingOf, tanhMlp } from "../curvature/nets.ts";

const diagonal = (values: readonly number[], b = values.map(() => 0)) =>
  quadraticOf(
    values.map((value, i) => values.map((_, j) => (i === j ? value : 0))),
    b,
  );

const normalVector = (n: number, seed: number): Float64Array => {
  const random = new Random(seed, "test");
  return Float64Array.from({ length: n }, () => random.normal());
};

describe("a slice's directions beside gradient and Hessian", () => {
  it("are as geometry has them on a quadratic", async () => {
    // H = diag(4, 1, −2), gradient −b = (0, −3, −4).
    const f = diagonal([4, 1, -2], [0, 3, 4]);
    const found = await alignment(f, new Float64Array(3), [Float64Array.of(2, 0, 0), Float64Array.of(0, 1, 1)]);
    expect(found).toMatchObject({ parameters: 3, between: 0, gradientNorm: 5, meanError: 0 });
    expect(found.directions[0]).toMatchObject({ curvature: 4, gradient: 0 });
    expect(Math.abs(found.directions[0].top)).toBeCloseTo(1, 12);
    expect(found.directions[1].curvature).toBeCloseTo(-0.5, 12);
    expect(found.directions[1].gradient).toBeCloseTo(-7 / (5 * Math.SQRT2), 12);
    expect(found.directions[1].top).toBeCloseTo(0, 12);
    for (const [value, wanted] of [
      [found.largest, 4],
      [found.smallest, -2],
      [found.mean, 1],
      [found.inSlice.largest, 4],
      [found.inSlice.smallest, -0.5],
    ])
      expect(value).toBeCloseTo(wanted, 10);
  });

  it("have the same extreme curvatures for any two vectors of one plane", async () => {
    const f = diagonal([4, 1, -2, 7]);
    const [u, v] = [normalVector(4, 1), normalVector(4, 2)];
    const slanted = v.map((x, i) => 0.1 * x + 3 * u[i]);
    const [one, other] = [await alignment(f, u, [u, v]), await alignment(f, u, [v, slanted])];
    expect(other.inSlice.largest).toBeCloseTo(one.inSlice.largest, 8);
    expect(other.inSlice.smallest).toBeCloseTo(one.inSlice.smallest, 8);
    // No vector of the plane is beyond them, and some come close.
    const curvatures = Array.from({ length: 360 }, (_, k) => {
      const d = u.map((x, i) => x * Math.cos((Math.PI * k) / 360) + v[i] * Math.sin((Math.PI * k) / 360));
      const [dd, dhd] = [
        d.reduce((sum, x) => sum + x * x, 0),
        d.reduce((sum, x, i) => sum + [4, 1, -2, 7][i] * x * x, 0),
      ];
      return dhd / dd;
    });
    expect(Math.max(...curvatures)).toBeLessThanOrEqual(one.inSlice.largest + 1e-12);
    expect(Math.max(...curvatures)).toBeCloseTo(one.inSlice.largest, 3);
    expect(Math.min(...curvatures)).toBeCloseTo(one.inSlice.smallest, 3);
  });

  it.each([
    ["convnet", convnet],
    ["mlp", tanhMlp],
  ] as const)(
    "on a %s are held against its Hessian in PyTorch, and show what differences of the loss show",
    async (name, model) => {
      const { objective, w } = await settingOf(model);
      const directions = [normalVector(w.length, 1), normalVector(w.length, 2)];
      const found = await alignment(objective, w, directions);
      const { eigenvalues, trace, count } = golden[name];
      const most = eigenvalues[eigenvalues.length - 1];
      expect(Math.abs(found.largest - most)).toBeLessThanOrEqual(found.error);
      expect(Math.abs(found.smallest - eigenvalues[0])).toBeLessThanOrEqual(found.error);
      expect(found.error).toBeLessThanOrEqual(0.01 * most);
      expect(Math.abs(found.mean - trace / count)).toBeLessThan(4 * (found.meanError ?? 0));
      for (const [k, direction] of directions.entries()) {
        const length = Math.hypot(...direction);
        // A step so short that few ReLUs turn within it: the Hessian does not see their kinks.
        const step = 1e-5;
        const at = (t: number) => objective.value(w.map((x, i) => x + (t * direction[i]) / length));
        const second = ((await at(step)) - 2 * (await at(0)) + (await at(-step))) / step ** 2;
        expect(second).toBeCloseTo(found.directions[k].curvature, 3);
        const slope = ((await at(step)) - (await at(-step))) / (2 * step);
        expect(slope / found.gradientNorm).toBeCloseTo(found.directions[k].gradient ?? Number.NaN, 4);
      }
      await objective.dispose();
    },
  );

  it("show trace/n on the average over random directions, and cosines of 1/√n", async () => {
    const values = Array.from({ length: 60 }, (_, k) => (k === 0 ? 300 : k % 3));
    const f = diagonal(
      values,
      values.map((_, k) => k % 2),
    );
    const w = new Float64Array(60);
    const found: Alignment[] = [];
    for (let k = 0; k < 200; k++) {
      const directions = [normalVector(60, 2 * k), normalVector(60, 2 * k + 1)];
      found.push(await alignment(f, w, directions, { samples: 1, steps: 12 }));
    }
    const mean = (of: (one: (typeof found)[number]) => number) =>
      found.reduce((sum, one) => sum + of(one), 0) / found.length;
    const trace = values.reduce((sum, value) => sum + value, 0);
    expect(found[0].mean).toBeCloseTo(trace / 60, 10);
    // dᵀHd/‖d‖² has the variance 2·(Σλ²/n − mean²)/(n + 2) about trace/n.
    const variance = (2 * (values.reduce((sum, x) => sum + x * x, 0) / 60 - (trace / 60) ** 2)) / 62;
    const error = Math.sqrt(variance / 400);
    expect(Math.abs(mean(({ directions: [a, b] }) => (a.curvature + b.curvature) / 2) - trace / 60)).toBeLessThan(
      4 * error,
    );
    for (const square of [
      mean(({ between }) => (between ?? 0) ** 2),
      mean(({ directions: [a] }) => (a.gradient ?? 0) ** 2),
      mean(({ directions: [a] }) => a.top ** 2),
    ])
      expect(square * 60).toBeGreaterThan(0.6);
    expect(mean(({ between }) => (between ?? 0) ** 2) * 60).toBeLessThan(1.5);
  });

  it("of a line have no angle between them, and at a minimum none with the gradient", async () => {
    const found = await alignment(diagonal([1, 2]), new Float64Array(2), [Float64Array.of(1, 1)]);
    expect(found.between).toBeNull();
    expect(found.directions[0].gradient).toBeNull();
    expect(found.inSlice).toEqual({ largest: expect.closeTo(1.5, 12), smallest: expect.closeTo(1.5, 12) });
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it("are counted in products, which can be stopped", async () => {
    const taken: number[] = [];
    const { objective, w } = await settingOf(tanhMlp);
    const found = await alignment(objective, w, [w], { onProduct: (count) => taken.push(count) });
    expect(taken).toEqual(Array.from({ length: found.products }, (_, k) => k + 1));
    const controller = new AbortController();
    const onProduct = (count: number) => count > 4 && controller.abort(new Error("enough"));
    await expect(alignment(objective, w, [w], { onProduct, signal: controller.signal })).rejects.toThrow("enough");
    await objective.dispose();
  });

  it("refuse what is no direction, parallel ones and wrong lengths", async () => {
    const f = diagonal([1, 2]);
    const w = new Float64Array(2);
    await expect(alignment(f, w, [w])).rejects.toThrow("a direction of the slice has length 0");
    const d = Float64Array.of(1, 2);
    await expect(alignment(f, w, [d, d])).rejects.toThrow("are parallel; give two that are not");
    await expect(alignment(f, w, [Float64Array.of(1)])).rejects.toThrow("has 1 values; 2 are needed");
  });
});
