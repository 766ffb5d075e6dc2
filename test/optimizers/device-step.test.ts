import { describe, expect, test } from "vitest";
import { moons } from "../../src/data/index.ts";
import { nodeDevice } from "../../src/device/node/device.ts";
import { referenceDevice } from "../../src/device/reference/device.ts";
import type { Vector } from "../../src/expr/array.ts";
import type { DType } from "../../src/expr/node.ts";
import { mlp } from "../../src/nn/index.ts";
import { createTraining } from "../../src/node/index.ts";
import { adam, parseRule } from "../../src/optimizers/index.ts";

/** Rules that no fused loop computes: each with something of its own besides the product. */
const rules = {
  product: "hyper lr = 0.01\nslot m\nm = 0.9*m + g\nw = w - lr*matmul(m, m)/(1e-8 + norm(m))",
  "whole gradient": "hyper lr = 0.01\nw = w - lr*matmul(g, g)/g_norm",
  number: "hyper lr = 0.01\nscalar p = 1\np = 0.5*p\nw = w - lr*(1 - p)*matmul(w, g)",
  accumulation: "hyper lr = 0.01\nhyper k = 2\ngradients_per_step = k\nw = w - lr*t*matmul(g, w)",
};

/** Two tensors. */
const layout = [
  { name: "a", shape: [4, 4], offset: 0 },
  { name: "b", shape: [7, 7], offset: 16 },
];
const LENGTH = 16 + 49;

function filled(dtype: DType, number: (i: number) => number): Vector {
  const vector = dtype === "f32" ? new Float32Array(LENGTH) : new Float64Array(LENGTH);
  for (let i = 0; i < LENGTH; i++) vector[i] = number(i);
  return vector;
}

describe("a step on a device", () => {
  test.each(Object.entries(rules))("is the interpreter's: %s", async (_, text) => {
    for (const [dtype, tolerance] of [
      ["f64", 1e-12],
      ["f32", 1e-6],
    ] as const)
      for (const name of ["cpu", "wasm"] as const) {
        const optimizer = parseRule(text)();
        const w = filled(dtype, Math.sin);
        const g = filled(dtype, (i) => Math.cos(3 * i));
        const [expected, other] = [w.slice(), optimizer.init(w)];
        const state = optimizer.init(w);
        const step = await optimizer.bindOn(await nodeDevice({ device: name }), w, g, state, { layout });
        for (let i = 0; i < 5; i++) {
          expect(await step?.()).toBe(true);
          optimizer.step(expected, g, other, layout);
        }
        await step?.dispose();
        expect(state.t).toBe(5);
        if (text.includes("scalar")) expect(state.p).toBe(0.5 ** 5);
        expect(w.some((x, i) => x !== Math.sin(i))).toBe(true);
        w.forEach((x, i) => {
          expect(Math.abs(x - expected[i])).toBeLessThan(tolerance * Math.max(1, Math.abs(expected[i])));
        });
      }
  });

  test.each([
    ["f64", 1e200],
    ["f32", 1e38],
  ] as const)("that is not finite leaves all tensors and the state: %s", async (dtype, large) => {
    const optimizer = parseRule(rules.product)({ lr: 100 });
    const w = filled(dtype, () => 1);
    // The second tensor alone gets out of the numbers.
    const g = filled(dtype, (i) => (i < 16 ? 1 : large));
    const state = optimizer.init(w);
    const step = await optimizer.bindOn(await nodeDevice(), w, g, state, { layout });
    expect(await step?.()).toBe(false);
    await step?.dispose();
    expect(state.t).toBe(0);
    expect([...w]).toEqual(Array.from(w, () => 1));
    expect(state.m).toEqual(filled(dtype, () => 0));
  });

  test("is none where a fused loop, or only the interpreter, takes it", async () => {
    const [w, g] = [new Float64Array(2), new Float64Array(2)];
    const device = await nodeDevice();
    const [fused, product] = [adam(), parseRule(rules.product)()];
    expect(await fused.bindOn(device, w, g, fused.init(w))).toBeUndefined();
    expect(await product.bindOn(referenceDevice, w, g, product.init(w))).toBeUndefined();
    expect(await product.bindOn({ ...device, float64: false }, w, g, product.init(w))).toBeUndefined();
  });
});

test("training takes its steps on the device, to the interpreter's losses", async () => {
  const optimizer = parseRule("hyper lr = 0.05\nslot m\nm = 0.9*m + g\nw = w - lr*m*matmul(m, m)/(1e-9 + dot(m, m))")();
  const data = moons({ count: 100, seed: 1 });
  const losses = async (device: "cpu" | "reference"): Promise<number[]> => {
    // A net whose tensors are all square, or vectors.
    const options = { data, model: mlp([2, 2, 2]), optimizer, epochs: 2, batchSize: 20, dtype: "f64", device } as const;
    const found: number[] = [];
    for await (const event of await createTraining(options)) if (event.kind === "batch") found.push(event.loss);
    return found;
  };
  const [given, expected] = [await losses("cpu"), await losses("reference")];
  expect(expected.length).toBeGreaterThan(4);
  given.forEach((loss, i) => {
    expect(Math.abs(loss / expected[i] - 1)).toBeLessThan(1e-12);
  });
});
