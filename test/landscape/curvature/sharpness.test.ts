import { describe, expect, it } from "vitest";
import { adamPreconditioner, overParts, scaled, sharpness, weightParts } from "../../../src/landscape/index.ts";
import { conv2d, dense, flatten, layerNorm, sequential } from "../../../src/nn/index.ts";
import { adam } from "../../../src/optimizers/index.ts";
import { extremeEigenvaluesAsync } from "../../../src/solvers/index.ts";
import { functionOf, quadraticOf } from "../../solvers/functions.ts";
import { convnet, golden, settingOf, tanhMlp } from "./nets.ts";

const diagonal = (values: readonly number[]) =>
  quadraticOf(
    values.map((value, i) => values.map((_, j) => (i === j ? value : 0))),
    values.map(() => 0),
  );

/** 1/k for k = 1 … n, and −2. */
const harmonic = (n: number): number[] => Array.from({ length: n }, (_, k) => (k === n - 1 ? -2 : 1 / (k + 1)));

describe("sharpness", () => {
  it.each([
    ["convnet", convnet],
    ["mlp", tanhMlp],
  ] as const)("of a %s is the largest eigenvalue of its Hessian in PyTorch", async (name, model) => {
    const { objective, w } = await settingOf(model);
    expect(objective.dimension).toBe(golden[name].count);
    expect(await objective.value(w)).toBeCloseTo(golden[name].loss, 12);
    const { value, residual } = await sharpness(objective, w, { accuracy: 1e-6 });
    const largest = golden[name].eigenvalues.at(-1) ?? Number.NaN;
    expect(Math.abs(value - largest)).toBeLessThanOrEqual(residual);
    expect(value / largest).toBeCloseTo(1, 9);
    await objective.dispose();
  });

  it("in float32 agrees to 5 digits", async () => {
    const { objective, w } = await settingOf(convnet, { dtype: "f32" });
    for (const basis of ["f64", "f32"] as const) {
      const { value } = await sharpness(objective, w, { basis });
      expect(value / (golden.convnet.eigenvalues.at(-1) ?? Number.NaN)).toBeCloseTo(1, 5);
    }
    await objective.dispose();
  });

  it("does not take an eigenvalue for the largest because the search starts at its eigenvector", async () => {
    const f = diagonal(harmonic(40));
    const start = new Float64Array(40);
    start[1] = 1; // of 1/2
    const { value } = await sharpness(f, new Float64Array(40), { start });
    expect(value).toBeCloseTo(1, 5);
  });

  it("takes fewer products from the last eigenvector, on weights that have moved a little", async () => {
    const { objective, w } = await settingOf(convnet);
    const first = await sharpness(objective, w);
    const g = new Float64Array(w.length);
    await objective.gradient(w, g);
    const moved = w.map((x, i) => x - 0.01 * g[i]);
    const anew = await sharpness(objective, moved);
    const warm = await sharpness(objective, moved, { start: first.vector });
    expect(warm.value / anew.value).toBeCloseTo(1, 5);
    expect(warm.products).toBeLessThan(anew.products);
    await objective.dispose();
  });

  it("is not the largest |λ|, but the largest λ", async () => {
    expect((await sharpness(diagonal([-5, 1, 0.5]), new Float64Array(3))).value).toBeCloseTo(1, 12);
  });

  it("refuses wrong options, points and starts, and objectives without products", async () => {
    const f = diagonal([1, 2]);
    const w = new Float64Array(2);
    const wrong = (options: object) => Reflect.apply(sharpness, undefined, [f, w, options]);
    await expect(wrong({ stpes: 3 })).rejects.toThrow('sharpness: option "stpes" is not known; did you mean steps?');
    await expect(wrong({ accuracy: 0 })).rejects.toThrow("accuracy is 0; it must be a number between 0 and 1");
    await expect(wrong({ start: new Float64Array(2) })).rejects.toThrow("start is 0 in all its 2 values");
    await expect(wrong({ start: new Float64Array(3) })).rejects.toThrow("start has 3 values; 2 are needed");
    await expect(wrong({ preconditioner: Float64Array.of(1) })).rejects.toThrow(
      "the preconditioner has 1 values; 2 are needed",
    );
    await expect(wrong({ preconditioner: Float64Array.of(1, 0) })).rejects.toThrow(
      "the preconditioner is 0 at 1; all its numbers must be",
    );
    await expect(wrong({ signal: AbortSignal.abort() })).rejects.toThrow("aborted");
    await expect(sharpness(f, new Float64Array(3))).rejects.toThrow("the point has 3 values; 2 are needed");
    const plain = functionOf(
      2,
      () => 0,
      () => [0, 0],
    );
    await expect(sharpness(plain, w)).rejects.toThrow("does not provide products of the Hessian with vectors");
    const broken = { ...f, hessianProduct: (_: unknown, __: unknown, to: Float64Array) => void to.fill(Number.NaN) };
    await expect(sharpness(broken, w)).rejects.toThrow("is not finite");
  });
});

describe("preconditioned sharpness", () => {
  it("of a diagonal Hessian is the largest λᵢ/pᵢ, and its vector that of P^(−1/2)·H·P^(−1/2)", async () => {
    const preconditioner = Float64Array.of(1, 0.1, 2);
    const { value, vector } = await sharpness(diagonal([3, 1, 4]), new Float64Array(3), { preconditioner });
    expect(value).toBeCloseTo(10, 10);
    expect(Math.abs(vector[1])).toBeCloseTo(1, 10);
  });

  it("with ones is the sharpness", async () => {
    const { objective, w } = await settingOf(tanhMlp);
    const { value } = await sharpness(objective, w, { preconditioner: new Float64Array(w.length).fill(1) });
    expect(value).toBeCloseTo((await sharpness(objective, w)).value, 12);
    await objective.dispose();
  });

  it("along a training with Adam is PyTorch's", async () => {
    const { objective, w } = await settingOf(tanhMlp);
    const { lr, beta1, beta2, eps, after } = golden.adam;
    const rule = adam({ lr, beta1, beta2, eps });
    const [m, v] = [new Float64Array(w.length), new Float64Array(w.length)];
    const state = { t: 0, m, v };
    const g = new Float64Array(w.length);
    for (const { t, loss, sharpness: wanted } of after) {
      while (state.t < t) {
        await objective.gradient(w, g);
        rule.step(w, g, state);
      }
      expect(await objective.value(w)).toBeCloseTo(loss, 10);
      const preconditioner = adamPreconditioner(state, { beta2, eps });
      const { value } = await sharpness(objective, w, { preconditioner, accuracy: 1e-6 });
      expect(value / wanted).toBeCloseTo(1, 7);
    }
    await objective.dispose();
  });

  it("takes Adam's second moment without the bias of its start, and eps outside the root", () => {
    const v = Float64Array.of(0.09 * (1 - 0.9 ** 3), 0);
    const p = adamPreconditioner({ v, t: 3 }, { beta2: 0.9, eps: 0.5 });
    expect(p[0]).toBeCloseTo(0.8, 14);
    expect(p[1]).toBe(0.5);
    expect(() => adamPreconditioner({ v, t: 0 })).toThrow("adamPreconditioner: t is 0; it must be a whole number, 1");
    expect(() => adamPreconditioner({ v, t: 1 }, { beta2: 1 })).toThrow("beta2 is 1; it must be");
  });
});

describe("a function in other variables", () => {
  it("has the same value, the gradient by the chain rule, and their difference quotient", async () => {
    const { objective, w } = await settingOf(tanhMlp);
    const scale = w.map((_, i) => 0.5 + (i % 7));
    const parts = weightParts(tanhMlp);
    for (const f of [scaled(objective, scale), overParts(objective, w, parts)]) {
      const u = f.from(w);
      expect(f.point(u)[3]).toBeCloseTo(w[3], 14);
      expect(await f.value(u)).toBeCloseTo(await objective.value(w), 12);
      const [g, ahead, product] = [u, u, u].map(({ length }) => new Float64Array(length));
      const v = u.map((_, i) => Math.sin(i));
      const step = 1e-6;
      expect(await f.gradient(u, g)).toBeCloseTo(await objective.value(w), 12);
      const there = u.map((x, i) => x + step * v[i]);
      const rise = (await f.value(there)) - (await f.value(u));
      expect(rise / step).toBeCloseTo(
        g.reduce((sum, x, i) => sum + x * v[i], 0),
        4,
      );
      await f.gradient(there, ahead);
      await f.hessianProduct(u, v, product);
      for (const i of [0, 5, 20]) expect((ahead[i] - g[i]) / step).toBeCloseTo(product[i], 4);
    }
    await objective.dispose();
  });

  it("over the weights alone has the extreme eigenvalues of that block in PyTorch", async () => {
    const { objective, w } = await settingOf(convnet);
    const f = overParts(objective, w, weightParts(convnet));
    // Four convolutions and a dense layer without its biases.
    expect(f.dimension).toBe(2 * 4 * 9 + 2 * 4 * 4 * 9 + 4 * 5 * 9 + 5 * 4);
    const { largest, smallest } = await extremeEigenvaluesAsync(f, f.from(w), { accuracy: 1e-5 });
    expect(smallest[0].value).toBeCloseTo(golden.convnet.ofWeightsAlone[0], 7);
    expect(largest[0].value).toBeCloseTo(golden.convnet.ofWeightsAlone[1], 7);
    await objective.dispose();
  });

  it("takes no scale of a normalisation for a weight, however many axes it has", () => {
    const model = sequential([2, 4, 4], [conv2d(3, 3), layerNorm(), flatten(), dense(2)]);
    expect(weightParts(model).map(({ length }) => length)).toEqual([3 * 2 * 9, 3 * 4 * 2]);
  });

  it("refuses parts outside, no parts, and a point of another length", () => {
    const f = diagonal([1, 2, 3]);
    const w = new Float64Array(3);
    expect(() => overParts(f, w, [])).toThrow("no parts of its parameters were given");
    expect(() => overParts(f, w, [{ offset: 2, length: 2 }])).toThrow("a part of 2 values from 2 on is not within");
    expect(() => overParts(f, new Float64Array(2), [{ offset: 0, length: 1 }])).toThrow("the point has 2 values");
  });
});
