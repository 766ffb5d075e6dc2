import { describe, expect, test } from "vitest";
import { moons } from "../../src/data/index.ts";
import { nodeDevice } from "../../src/device/node/device.ts";
import { referenceDevice } from "../../src/device/reference/interpreter.ts";
import type { Vector } from "../../src/expr/index.ts";
import type { DType } from "../../src/expr/node.ts";
import { mlp } from "../../src/nn/index.ts";
import { createTraining } from "../../src/node/index.ts";
import { adam, parseRule } from "../../src/optimizers/index.ts";

/** Rules that no fused loop computes: each with something of its own besides the product x·xᵀ·y, or (x·y)·x of vectors. */
const product = (x: string, y: string): string =>
  `matrices:\nd = matmul(matmul(${x}, ${x}, transposeB=1), ${y})\nothers:\nd = matmul(${x}, ${y})*${x}\nall:\n`;
const rules = {
  product: `hyper lr = 0.01\nslot m\nm = 0.9*m + g\n${product("m", "m")}w = w - lr*d/(1e-8 + norm(m))`,
  "whole gradient": `hyper lr = 0.01\n${product("g", "g")}w = w - lr*d/g_norm`,
  number: `hyper lr = 0.01\nscalar p = 1\np = 0.5*p\n${product("w", "g")}w = w - lr*(1 - p)*d`,
  accumulation: `hyper lr = 0.01\nhyper k = 2\ngradients_per_step = k\n${product("g", "w")}w = w - lr*t*d`,
};

const layout = [
  { name: "a", shape: [2, 8], offset: 0 },
  { name: "b", shape: [7, 5], offset: 16 },
  { name: "c", shape: [14], offset: 51 },
];
const LENGTH = 65;

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
    // One tensor alone stays among the numbers.
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
  const update = `${product("m", "m")}w = w - lr*d/(1e-9 + dot(m, m))`;
  const optimizer = parseRule(`hyper lr = 0.05\nslot m\nm = 0.9*m + g\n${update}`)();
  const data = moons({ count: 100, seed: 1 });
  const losses = async (device: "cpu" | "reference"): Promise<number[]> => {
    const options = { data, model: mlp([2, 3, 2]), optimizer, epochs: 2, batchSize: 20, dtype: "f64", device } as const;
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
