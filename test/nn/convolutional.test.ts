import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { DeviceChoice } from "../../src/device/index.ts";
import type { DType } from "../../src/expr/index.ts";
import {
  activation,
  averagePool,
  batchNorm,
  conv2d,
  dense,
  denseConnection,
  embedding,
  exportOnnx,
  flatten,
  globalAverage,
  groupNorm,
  type LayerBuilder,
  layerNorm,
  layoutOf,
  type Model,
  maxPool,
  modelFor,
  modelFromJson,
  modelToJson,
  residual,
  sequential,
} from "../../src/nn/index.ts";
import { loadDataset } from "../../src/node/index.ts";
import { gradientDescent } from "../../src/optimizers/index.ts";
import { createTraining, fit as fitNet } from "../../src/train/node/train.ts";
import { expectNear, expectSame, imported } from "./exported.ts";
import { runtimes } from "./onnx-runtimes.ts";

interface Golden {
  readonly name: string;
  readonly losses: readonly number[];
  readonly weights: readonly (readonly number[])[];
  readonly state: readonly (readonly number[])[];
  readonly outputs: readonly number[];
}

const file = new URL("../goldens/nn/convolutional.json", import.meta.url);
const { by, nets }: { by: string; nets: readonly Golden[] } = JSON.parse(readFileSync(file, "utf8"));

/** As the script that made the goldens has it. */
const wave = (size: number, start: number): Float64Array =>
  Float64Array.from({ length: size }, (_, i) => 0.5 * Math.sin(start + 1.7 * i));

const layers: Readonly<Record<string, readonly LayerBuilder[]>> = {
  pooled: [
    conv2d(4, 3, { padding: 1, activation: "relu" }),
    maxPool(3, { stride: 2 }),
    conv2d(6, 3, { stride: 2, groups: 2, padding: 2, activation: "tanh" }),
    averagePool(2),
    flatten(),
    dense(3),
  ],
  norm: [
    conv2d(4, 3, { bias: false, dilation: 2 }),
    batchNorm(),
    activation("relu"),
    conv2d(5, 1),
    batchNorm({ rate: 0.3, eps: 1e-3 }),
    activation("relu"),
    globalAverage(),
    batchNorm(),
    dense(4),
  ],
  "nested norm": [
    conv2d(3, 3, { padding: 1 }),
    residual([batchNorm(), activation("relu"), conv2d(5, 3, { stride: 2, padding: 1 })], {
      shortcut: [conv2d(5, 1, { stride: 2 })],
    }),
    activation("tanh"),
    denseConnection([residual([conv2d(5, 3, { padding: 1, bias: false }), batchNorm()]), conv2d(2, 1)]),
    globalAverage(),
    denseConnection([dense(2, { activation: "tanh" })]),
    dense(3),
  ],
  "norm by example": [
    layerNorm(),
    conv2d(6, 3, { padding: 1 }),
    groupNorm(3),
    activation("tanh"),
    conv2d(4, 3, { bias: false }),
    groupNorm(4, { eps: 1e-3 }),
    flatten(),
    layerNorm({ eps: 1e-2 }),
    groupNorm(4),
    dense(3),
  ],
  tokens: [embedding(7, 3), residual([layerNorm()]), flatten(), dense(6, { activation: "tanh" }), dense(4)],
};
const shapes: Readonly<Record<string, readonly number[]>> = {
  ...{ pooled: [2, 8, 7], norm: [1, 9, 6], "nested norm": [2, 7, 6], "norm by example": [2, 5, 4], tokens: [5] },
};
const rates: Readonly<Record<string, number>> = {
  ...{ pooled: 0.2, norm: 0.1, "nested norm": 0.1, "norm by example": 0.1, tokens: 0.3 },
};

const modelOf = (name: string): Model => sequential(shapes[name], layers[name], { name });

/** Indices below 7. */
const tokens = (count: number, length: number): Float64Array =>
  Float64Array.from({ length: count * length }, (_, at) => {
    const [i, j] = [Math.floor(at / length), at % length];
    return (5 * i + 3 * j + i * j) % 7;
  });

function dataFor({ name, inputShape }: Model, classes: number) {
  const count = 12;
  const size = inputShape.reduce((a, b) => a * b);
  const targets = Float64Array.from({ length: count }, (_, i) => (i * 5) % classes);
  const inputs = name === "tokens" ? tokens(count, size) : wave(count * size, 1);
  const examples = { count, inputs, targets };
  return {
    ...({ name: "waves", task: "classification", inputShape, outputs: classes } as const),
    ...{ train: examples, validation: examples, test: examples },
  };
}

/** The k-th tensor, in the order of PyTorch's parameters; its linear weights are transposed, tables and norms not. */
function initialOf(model: Model, name: string): Float64Array {
  return Float64Array.from(
    layoutOf(model).flatMap(({ shape }, k) => {
      const values = wave(
        shape.reduce((a, b) => a * b),
        10 * k,
      );
      const shift = name.includes("norm") && shape.length === 1 ? 1 : 0;
      const isAsOurs = name === "tokens" && k < 3;
      if (shape.length !== 2 || isAsOurs) return Array.from(values, (x) => x + shift);
      const [inputs, outputs] = shape;
      return Array.from(values, (_, at) => values[(at % outputs) * inputs + Math.floor(at / outputs)]);
    }),
  );
}

const difference = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  expect(a.length).toBe(b.length);
  return Math.max(...Array.from(a, (x, i) => Math.abs(x - b[i])));
};

describe(`trained as by ${by}`, () => {
  it.each<[string, DeviceChoice, DType, number]>([
    ["pooled", "reference", "f64", 1e-12],
    ["norm", "reference", "f64", 1e-12],
    ["nested norm", "reference", "f64", 1e-12],
    ["norm by example", "reference", "f64", 1e-12],
    ["tokens", "reference", "f64", 1e-12],
    ["pooled", "cpu", "f64", 1e-12],
    ["norm", "cpu", "f64", 1e-12],
    ["nested norm", "cpu", "f64", 1e-12],
    ["norm by example", "cpu", "f64", 1e-12],
    ["tokens", "cpu", "f64", 1e-12],
    ["pooled", "cpu", "f32", 1e-4],
    ["norm", "cpu", "f32", 1e-4],
    ["nested norm", "wasm", "f32", 1e-4],
    ["norm by example", "wasm", "f32", 1e-4],
    ["tokens", "wasm", "f32", 1e-4],
    ["nested norm", "cpu", "f32", 1e-4],
    ["norm by example", "cpu", "f32", 1e-4],
    ["tokens", "cpu", "f32", 1e-4],
    ["norm", "wasm", "f32", 1e-4],
  ])("the net %s, on %s in %s", async (name, device, dtype, tolerance) => {
    const golden = nets.find((net) => net.name === name);
    if (golden === undefined) throw new Error(`no golden for ${name}`);
    const model = modelOf(name);
    const training = await createTraining({
      ...{ model, data: dataFor(model, golden.weights.at(-1)?.length ?? 0), device, dtype, batchSize: "full" },
      ...{ optimizer: gradientDescent({ lr: rates[name] }), epochs: golden.losses.length },
      initial: initialOf(model, name),
    });
    const losses: number[] = [];
    for await (const event of training) if (event.kind === "batch") losses.push(event.loss);
    expect(difference(losses, golden.losses)).toBeLessThan(tolerance);
    expect(difference(training.state.w, golden.weights.flat())).toBeLessThan(tolerance);
    expect(difference(training.state.s, golden.state.flat())).toBeLessThan(tolerance);
  });
});

describe("a model of image layers", () => {
  const text =
    "conv2d:4:3:relu:padding=same,batch-norm,max-pool:2,conv2d:6:3,activation:tanh,average-pool:2,flatten,dense";

  it("is data: text and JSON give the same net", () => {
    const model = modelFor(text, { inputShape: [1, 12, 12], outputs: 3, task: "classification" });
    const again = modelFromJson(JSON.parse(JSON.stringify(modelToJson(model))));
    expect(modelToJson(again)).toEqual(modelToJson(model));
    expect(model.layers?.map(({ outputShape }) => outputShape)).toEqual([
      ...[[4, 12, 12], [4, 12, 12], [4, 6, 6], [6, 4, 4], [6, 4, 4], [6, 2, 2], [24], [3]],
    ]);
    expect(model.layers?.[0].multiplyAdds).toBe(4 * 144 * 9);
  });

  it("pads as TensorFlow does with same: an odd row is below", () => {
    const sizes = (length: number, kernel: number, stride: number) =>
      sequential([1, length, length], [maxPool(kernel, { stride, padding: "same" })]).layers?.[0].outputShape;
    // The poolings of the Adam paper's net: 32, 16, 8 to 16, 8, 4.
    expect([32, 16, 8].map((length) => sizes(length, 3, 2))).toEqual([
      ...[
        [1, 16, 16],
        [1, 8, 8],
        [1, 4, 4],
      ],
    ]);
    expect(sizes(7, 2, 3)).toEqual([1, 3, 3]);
  });

  it.each<[string, RegExp]>([
    ["conv2d:4:9,flatten,dense", /a window of 9 × 9 does not fit into an image of 8 × 8/],
    ["flatten,conv2d:4:3,dense", /layer2 \(conv2d\): an example has shape \[64\] here, but an image is needed/],
    ["conv2d:4:3,dense", /layer2 \(dense\): an example has shape \[4, 6, 6\] here, but a vector is needed/],
    ["conv2d:4:3:groups=3,flatten,dense", /1 channels and 4 filters do not divide into 3 groups/],
    ["conv2d:4:3:padding=valid,flatten,dense", /conv2d: padding is "valid"; it must be .* or "same"/],
    ["batch-norm:eps=0,flatten,dense", /batch-norm: eps is 0; it must be greater than 0/],
    ["layer-norm:eps=0,flatten,dense", /layer1: layer-norm: eps is 0; it must be greater than 0/],
    ["conv2d:6:3,group-norm:4,flatten,dense", /layer2: group-norm: 6 channels do not divide into 4 groups/],
    ["dense:1,layer-norm,dense", /layer-norm: a single value would be normalised by itself.*examples of more values/],
    ["dense:4,group-norm:4,dense", /group-norm: a single value would be normalised by itself.*fewer groups/],
    ["group-norm,flatten,dense", /group-norm: groups is missing/],
  ])("refuses %s", (wrong, message) => {
    const shape = { inputShape: [1, 8, 8], outputs: 3, task: "classification" } as const;
    expect(() => modelFor(wrong, shape)).toThrow(message);
  });

  it("leaves Downhill as it is: as ES module and as ONNX it predicts the same, for any number of rows", async () => {
    const data = await loadDataset("digits", { limit: 60 });
    const net = await fitNet({ model: text, data, optimizer: gradientDescent({ lr: 0.1 }), epochs: 2 });
    const rows = [0, 1, 2, 3, 4, 5, 6].map((k) => Float64Array.from({ length: 64 }, (_, i) => (i * 7 + 5 * k) % 17));
    const expected = await net.predict(rows);
    expectSame((await imported(net)).predict(rows), expected);
    for (const count of [1, rows.length]) {
      const values = Float32Array.from(rows.slice(0, count).flatMap((row) => [...row]));
      const results = await runtimes.node(exportOnnx(net), { input: ["float32", values, [count, 1, 8, 8]] });
      expectNear(Array.from(results.probabilities, Number), expected.slice(0, count));
    }
  });
});
