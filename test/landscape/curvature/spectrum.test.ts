import { describe, expect, it } from "vitest";
import {
  criticalSharpness,
  curvatureMap,
  curvatureRatio,
  hessianTrace,
  sharpness,
  spectralDensity,
} from "../../../src/landscape/index.ts";
import { objectiveOf } from "../../../src/solvers/index.ts";
import { surfaces } from "../../../src/surfaces/index.ts";
import { functionOf, quadraticOf } from "../../solvers/functions.ts";
import { convnet, golden, settingOf, tanhMlp } from "./nets.ts";

const diagonal = (values: readonly number[]) =>
  quadraticOf(
    values.map((value, i) => values.map((_, j) => (i === j ? value : 0))),
    values.map(() => 0),
  );

const nets = [
  ["convnet", convnet],
  ["mlp", tanhMlp],
] as const;

/** Σ of a density on its even grid, by the trapezoidal rule. */
const integral = (x: readonly number[], y: readonly number[]): number =>
  y.slice(1).reduce((sum, value, i) => sum + ((value + y[i]) / 2) * (x[i + 1] - x[i]), 0);

describe("the trace of a Hessian", () => {
  it.each(nets)("of a %s is PyTorch's, within its standard error", async (name, model) => {
    const { objective, w } = await settingOf(model);
    const { trace, standardError, samples } = await hessianTrace(objective, w, { samples: 200, accuracy: 0.001 });
    expect(samples).toBe(200);
    const { trace: exact, frobeniusOffDiagonal } = golden[name];
    // The variance of one sample is 2·Σ Hᵢⱼ² off the diagonal (Hutchinson 1990).
    const theory = Math.sqrt(2 / samples) * frobeniusOffDiagonal;
    expect((standardError ?? 0) / theory).toBeGreaterThan(0.8);
    expect((standardError ?? 0) / theory).toBeLessThan(1.25);
    expect(Math.abs(trace - exact)).toBeLessThan(3.5 * theory);
    await objective.dispose();
  });

  it("is exact from one sample where the Hessian is diagonal", async () => {
    const f = diagonal([3, -2, 0.25]);
    expect(await hessianTrace(f, new Float64Array(3), { samples: 1 })).toEqual({
      trace: 1.25,
      standardError: null,
      samples: 1,
    });
  });

  it("stops at the accuracy that is asked for, and not before the fewest samples", async () => {
    const f = diagonal([3, -2, 0.25]);
    expect((await hessianTrace(f, new Float64Array(3))).samples).toBe(10);
    const { objective, w } = await settingOf(tanhMlp);
    const rough = await hessianTrace(objective, w, { accuracy: 0.3, samples: 1000 });
    const fine = await hessianTrace(objective, w, { accuracy: 0.1, samples: 1000 });
    expect(rough.samples).toBeLessThan(fine.samples);
    expect(fine.samples).toBeLessThan(1000);
    for (const [{ trace, standardError }, accuracy] of [
      [rough, 0.3],
      [fine, 0.1],
    ] as const)
      expect(standardError).toBeLessThanOrEqual(accuracy * Math.abs(trace));
    await objective.dispose();
  });

  it("refuses wrong options", async () => {
    const f = diagonal([1]);
    await expect(hessianTrace(f, new Float64Array(1), { samples: 3, least: 5 })).rejects.toThrow(
      "least is 5; it must be a whole number from 1 to 3",
    );
    await expect(hessianTrace(f, new Float64Array(2))).rejects.toThrow("the point has 2 values; 1 are needed");
  });
});

describe("the spectral density", () => {
  it.each(nets)("of a %s has PyTorch's moments and ends", async (name, model) => {
    const { objective, w } = await settingOf(model);
    const density = await spectralDensity(objective, w, { probes: 16, steps: 30 });
    const { eigenvalues, moments, count } = golden[name];
    expect(density.count).toBe(count);
    for (let k = 0; k <= 4; k++) {
      const each = density.probes.map(({ nodes, weights }) =>
        weights.reduce((sum, x, i) => sum + x * nodes[i] ** k, 0),
      );
      const mean = each.reduce((sum, x) => sum + x, 0) / each.length;
      const error = Math.sqrt(each.reduce((sum, x) => sum + (x - mean) ** 2, 0)) / each.length;
      expect(Math.abs(mean - moments[k])).toBeLessThanOrEqual(4 * error + 1e-12);
    }
    expect(density.mean).toBeCloseTo(golden[name].trace / count, 1);
    expect(density.largest / (eigenvalues.at(-1) ?? 0)).toBeCloseTo(1, 5);
    expect(density.smallest / eigenvalues[0]).toBeCloseTo(1, 5);
    const below = eigenvalues.filter((value) => value < -density.width).length / count;
    expect(Math.abs(density.negative - below)).toBeLessThan(0.05);
    await objective.dispose();
  });

  it("sees each probe's vᵀHᵏv exactly: with all steps, the trace of Hutchinson's samples", async () => {
    const { objective, w } = await settingOf(tanhMlp);
    const { mean } = await spectralDensity(objective, w, { probes: 12, steps: 8, seed: 3 });
    const { trace } = await hessianTrace(objective, w, { samples: 12, least: 12, seed: 3 });
    expect(mean * w.length).toBeCloseTo(trace, 8);
    await objective.dispose();
  });

  it("integrates to 1, with the mean of the spectrum and its variance plus the Gaussian's", async () => {
    const {
      eigenvalues: x,
      density,
      width,
      negative,
      positive,
    } = await spectralDensity(diagonal([-1, 0, 0, 3]), new Float64Array(4));
    expect(integral(x, density)).toBeCloseTo(1, 4);
    const moment = (k: number): number =>
      integral(
        x,
        density.map((y, i) => y * x[i] ** k),
      );
    expect(moment(1)).toBeCloseTo(0.5, 4);
    expect(moment(2)).toBeCloseTo(10 / 4 + width ** 2, 3);
    expect(negative).toBeCloseTo(1 / 4, 12);
    expect(positive).toBeCloseTo(1 / 4, 12);
  });

  it("of a Hessian with one eigenvalue is one Gaussian", async () => {
    const { largest, smallest, density, eigenvalues } = await spectralDensity(diagonal([2, 2, 2]), new Float64Array(3));
    for (const end of [largest, smallest]) expect(end).toBeCloseTo(2, 14);
    expect(integral(eigenvalues, density)).toBeCloseTo(1, 4);
    const flat = await spectralDensity(diagonal([0, 0]), new Float64Array(2));
    expect([flat.mean, flat.negative, flat.positive]).toEqual([0, 0, 0]);
  });

  it("is plain data, the same for the same seed, and in float32's basis to 6 digits", async () => {
    const { objective, w } = await settingOf(tanhMlp);
    const options = { probes: 2, steps: 30 };
    const first = await spectralDensity(objective, w, options);
    expect(await spectralDensity(objective, w, options)).toEqual(first);
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
    const single = await spectralDensity(objective, w, { ...options, basis: "f32" });
    expect(single.largest / first.largest).toBeCloseTo(1, 6);
    expect(single.mean / first.mean).toBeCloseTo(1, 5);
    await objective.dispose();
  });

  it("refuses wrong options", async () => {
    const f = diagonal([1]);
    const wrong = (options: object) => Reflect.apply(spectralDensity, undefined, [f, new Float64Array(1), options]);
    await expect(wrong({ probes: 0 })).rejects.toThrow("probes is 0; it must be a whole number, 1 or more");
    await expect(wrong({ width: 0 })).rejects.toThrow("width is 0; it must be a fraction from 0.00005 to 1");
    await expect(wrong({ basis: "f16" })).rejects.toThrow('basis is "f16"');
  });
});

describe("critical sharpness", () => {
  it("along the gradient of a quadratic is gᵀHg/‖g‖², whatever the first step", async () => {
    const f = diagonal([3, 1, 0.1]);
    const w = Float64Array.of(1, 1, 1);
    // g = (3, 1, 0.1)
    const exact = (27 + 1 + 0.001) / (9 + 1 + 0.01);
    for (const guess of [1e-4, 0.01, 0.7, 1, 50, 1e6]) {
      const { value, step, outcome } = await criticalSharpness(f, w, Float64Array.of(-3, -1, -0.1), { guess });
      expect(outcome).toBe("found");
      expect(value).toBeCloseTo(exact, 10);
      expect(step).toBeCloseTo(2 / exact, 10);
    }
  });

  it("takes fewer than ten passes from a guess within a factor of two", async () => {
    const f = diagonal([3, 1, 0.1]);
    for (const guess of [0.4, 0.7, 1.3])
      expect(
        (await criticalSharpness(f, Float64Array.of(1, 1, 1), Float64Array.of(-3, -1, -0.1), { guess })).passes,
      ).toBeLessThan(10);
  });

  it.each(nets)(
    "along the gradient of a %s is where the loss is as before, and at most about λmax",
    async (name, model) => {
      const { objective, w } = await settingOf(model);
      const g = new Float64Array(w.length);
      const loss = await objective.gradient(w, g);
      const found = await criticalSharpness(
        objective,
        w,
        g.map((x) => -x),
        { accuracy: 1e-3, loss },
      );
      expect(found.value).toBeGreaterThan(0);
      const step = found.step ?? Number.NaN;
      const at = (factor: number) => objective.value(w.map((x, i) => x - factor * step * g[i]));
      expect(await at(0.99)).toBeLessThan(loss);
      expect(await at(1.01)).toBeGreaterThan(loss);
      // Nearby, where the loss is a parabola, it would be gᵀHg/‖g‖².
      expect(found.value).toBeLessThan(3 * (golden[name].eigenvalues.at(-1) ?? 0));
      await objective.dispose();
    },
  );

  it("says when the loss falls at no step, or rises at none", async () => {
    const f = diagonal([1]);
    const w = Float64Array.of(1);
    expect(await criticalSharpness(f, w, Float64Array.of(1))).toMatchObject({ value: null, outcome: "never falls" });
    const slope = functionOf(
      1,
      (x) => -x[0],
      () => [-1],
    );
    expect(await criticalSharpness(slope, w, Float64Array.of(1))).toMatchObject({
      value: null,
      step: null,
      outcome: "never rises",
      passes: 60,
    });
    const none = await criticalSharpness(f, w, Float64Array.of(0));
    expect(none.outcome).toBe("never falls");
  });

  it("counts a loss that is not finite as risen, and refuses one at the point itself", async () => {
    const cliff = functionOf(
      1,
      (x) => (x[0] > 2 ? Number.NaN : -x[0]),
      () => [-1],
    );
    const { step } = await criticalSharpness(cliff, Float64Array.of(0), Float64Array.of(1), { accuracy: 1e-6 });
    expect(step).toBeCloseTo(2, 5);
    await expect(criticalSharpness(cliff, Float64Array.of(3), Float64Array.of(1))).rejects.toThrow("the loss is NaN");
    await expect(criticalSharpness(cliff, Float64Array.of(0), Float64Array.of(1, 2))).rejects.toThrow(
      "the update has 2 values; 1 are needed",
    );
  });
});

describe("a map of curvature", () => {
  // (x² − 1)² + y²: ∂²/∂x² = 12x² − 4, ∂²/∂y² = 2.
  const valleys = objectiveOf(surfaces.levelValleys);
  const axes = [Float64Array.of(1, 0), Float64Array.of(0, 1)];
  const grid = { x: [-1, 0, 0.5, 1], y: [-2, 3] };
  const centre = Float64Array.of(0, 0);

  it("has the exact eigenvalues at each point", async () => {
    const map = await curvatureMap(valleys, centre, axes, grid);
    const across = grid.x.map((x) => 12 * x * x - 4);
    for (const i of [0, 1]) {
      for (const [j, value] of across.entries()) {
        expect(map.largest[i][j]).toBeCloseTo(Math.max(value, 2), 10);
        expect(map.smallest[i][j]).toBeCloseTo(Math.min(value, 2), 10);
      }
    }
    expect(map.x).toEqual(grid.x);
    expect(curvatureRatio(map)[0][1]).toBeCloseTo(2, 10);
    expect(curvatureRatio(map)[1][3]).toBeCloseTo(0.25, 10);
    expect(Math.max(...(map.error ?? [[1]]).flat().map((error) => error ?? 1))).toBeLessThan(1e-8);
  });

  it("has a bound on the errors, which few products leave large", async () => {
    const values = Array.from({ length: 40 }, (_, i) => i - 4);
    const place = Float64Array.from(values, () => 0);
    const axis = Float64Array.from(values, () => 1);
    const map = await curvatureMap(diagonal(values), place, [axis], { x: [0], y: [0] }, { steps: 5 });
    const error = map.error?.[0][0] ?? 0;
    expect(error).toBeGreaterThan(0.01 * 35);
    // An eigenvalue lies within the bound.
    for (const found of [map.largest[0][0], map.smallest[0][0]])
      expect(Math.min(...values.map((value) => Math.abs(value - (found ?? 99))))).toBeLessThanOrEqual(error);
  });

  it("of a net has PyTorch's at the centre, within the accuracy, and is the same in any order", async () => {
    const { objective, w } = await settingOf(convnet);
    const direction = w.map((x, i) => x * Math.sin(i));
    const line = { x: [-0.5, 0, 0.5], y: [0] };
    const map = await curvatureMap(objective, w, [direction], line);
    const { eigenvalues } = golden.convnet;
    const most = eigenvalues[eigenvalues.length - 1];
    expect(Math.abs((map.largest[0][1] ?? 0) - most)).toBeLessThan(0.01 * most);
    expect(Math.abs((map.smallest[0][1] ?? 0) - eigenvalues[0])).toBeLessThan(0.01 * most);
    const alone = await curvatureMap(objective, w, [direction], { x: [0.5], y: [0] });
    expect(alone.largest[0][0]).toBe(map.largest[0][2]);
    const { value } = await sharpness(
      objective,
      w.map((x, i) => x + 0.5 * direction[i]),
      { accuracy: 1e-5 },
    );
    expect(Math.abs((map.largest[0][2] ?? 0) - value)).toBeLessThan(0.01 * value);
    await objective.dispose();
  });

  it("does not compute again what is known, and tells of what it computes", async () => {
    const told: string[] = [];
    const map = await curvatureMap(valleys, centre, axes, grid, {
      known: ({ i, j }) => (i === 0 && j < 3 ? { largest: 7, smallest: null } : undefined),
      onPoint: ({ i, j, x, y }, { largest }, products) => told.push([i, j, x, y, largest, products].join(" ")),
    });
    expect(map.largest[0].slice(0, 3)).toEqual([7, 7, 7]);
    expect(map.smallest[0].slice(0, 3)).toEqual([null, null, null]);
    expect(told.length).toBe(5);
    expect(told[0]).toMatch(/^0 3 1 -2 8(\.0+\d*)? 2$|^0 3 1 -2 7\.9+\d* 2$/);
  });

  it("has null where a product is not finite, and goes on", async () => {
    const hole = {
      ...diagonal([1, 2]),
      hessianProduct: (x: Float64Array, v: Float64Array, to: Float64Array) =>
        void to.set(x[0] > 0 ? [Number.NaN, 0] : [v[0], 2 * v[1]]),
    };
    const { largest, smallest } = await curvatureMap(hole, centre, axes, { x: [-1, 1], y: [0] });
    expect(largest[0][1]).toBeNull();
    expect(smallest[0][1]).toBeNull();
    expect(largest[0][0]).toBeCloseTo(2, 10);
  });

  it("refuses directions of another length and wrong options, and stops when it is told to", async () => {
    await expect(curvatureMap(valleys, centre, [Float64Array.of(1)], grid)).rejects.toThrow("has 1 values; 2 are");
    await expect(curvatureMap(valleys, centre, axes, grid, { steps: 1 })).rejects.toThrow("steps is 1; it must be");
    const controller = new AbortController();
    const stop = { onPoint: () => controller.abort(new Error("enough")), signal: controller.signal };
    await expect(curvatureMap(valleys, centre, axes, grid, stop)).rejects.toThrow("enough");
  });
});
