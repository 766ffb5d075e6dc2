import { readFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import { nodeDevice } from "../../src/device/node/index.ts";
import {
  initialize,
  initializeState,
  layoutOf,
  modelFor,
  modelFromJson,
  models,
  modelToJson,
  Net,
  parameterCount,
  parseModel,
  sequential,
  stateLayoutOf,
} from "../../src/nn/index.ts";
import { draw, filled, sizeOf } from "./filled.ts";

interface Golden {
  readonly by: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly outputs: Readonly<Record<string, readonly number[]>>;
}

const file = new URL("../goldens/nn/models.json", import.meta.url);
const golden: Golden = JSON.parse(readFileSync(file, "utf8"));

const shapesOf = (inputShape: readonly number[]) => ({ inputShape, outputs: 10, task: "classification" }) as const;

describe("a published model", () => {
  test.each(Object.entries(golden.parameters))(`%s has %d parameters, as ${golden.by} counts`, (name, count) => {
    expect(parameterCount(modelFromJson(parseModel(name)))).toBe(count);
  });

  it("is counted for every name that is listed", () => {
    expect(Object.keys(golden.parameters)).toEqual(expect.arrayContaining([...models.names]));
    // The counts that papers and their readers give.
    expect(golden.parameters).toMatchObject({ "adam-cnn": 2_371_266, lenet: 61_706, "2c2d": 3_274_634 });
    expect(golden.parameters).toMatchObject({ "resnet-20": 272_474, "resnet-110-noshort": 1_727_962 });
    expect(golden.parameters).toMatchObject({ "densenet-121": 6_956_298, "vgg-9": 2_789_706, "wrn-28-10": 36_479_194 });
  });

  test.each(Object.keys(golden.outputs))(`%s computes what it does in ${golden.by}`, async (name) => {
    const model = modelFromJson(parseModel(name));
    const net = new Net({ model, ...filled(model) }, await nodeDevice({ device: "cpu" }));
    const size = sizeOf(model.inputShape);
    const values = draw(2 * size, 5);
    const outputs = await net.outputs([values.slice(0, size), values.slice(size)]);
    const wanted = golden.outputs[name];
    const found = outputs.flatMap((row) => [...row]);
    expect(Math.max(...wanted.map((value, i) => Math.abs(value - found[i])))).toBeLessThan(1e-10);
    await net.dispose();
  });

  test.each(models.names)("%s is a list of layers, which JSON keeps with the name", (name) => {
    const model = modelFor(name, shapesOf([3, 32, 32]));
    const data = modelToJson(model);
    expect(data.name).toBe(name);
    expect(data.layers.length).toBeGreaterThan(5);
    expect(modelToJson(modelFromJson(JSON.parse(JSON.stringify(data))))).toEqual(data);
  });

  test.each(models.names)("%s takes images of other sizes, and the classes that the data have", (name) => {
    for (const inputShape of [
      [1, 28, 28],
      [3, 9, 11],
      [2, 64, 48],
    ]) {
      const model = modelFor(name, { ...shapesOf(inputShape), outputs: 7 });
      expect([model.inputShape, model.layers?.at(-1)?.outputShape]).toEqual([inputShape, [7]]);
    }
  });

  test.each(models.names)("%s refuses data that are no images, and says what would fit", (name) => {
    const vectors = () => modelFor(name, shapesOf([64]));
    expect(vectors).toThrow(`${name} is for images`);
    expect(vectors).toThrow("an example has shape [64]; give images, or take a model for vectors, such as mlp:64");
  });

  it.each([
    ["densenet-121", "densenet-121 is for images of 8 × 8 or more, and these are 4 × 4; give larger ones, or"],
    ["resnet-21", "resnet-21: depth is 21; it must be 6n + 2, such as 8, 14"],
    ["resnet-2", "resnet-2: depth is 2; it must be 6n + 2"],
    [
      "resnet-60002",
      "resnet-60002: depth is 60002; it must be 6n + 2, such as 8, 14, 20, 26, 32 or 110, and at most 10000",
    ],
    ["wrn-27-3", "wrn-27-3: depth is 27; it must be 6n + 4, such as 16"],
    ["wrn-28-10-noshort", "only nets of depth 6n + 2, such as 56, can do without shortcuts"],
    ["wrn-56-2:0.3", "wrn-56-2: dropout is 0.3; only nets of depth 6n + 4, such as 28, have it"],
    ["wrn-28-0", "wrn-28-0: width is 0; it must be a whole number, 1 or more"],
    ["resnet-20:depth=8", 'resnet-20: option "depth" is not known (allowed: width)'],
    ["resnet-20:16:32", "resnet-20: 2 options are given, but there are only 1: width"],
    ["lenet:5", "lenet: an option is given, but there are none"],
    ["adam-cnn:64", "adam-cnn: widths is 64; it must be a list of 2 or more whole numbers"],
    [
      "adam-cnn:0-64",
      'adam-cnn: widths is "0-64"; it must be a list of 2 or more whole numbers, each 1 or more, such as',
    ],
    ["adam-cnn:a-b", 'adam-cnn: widths is "a-b"; it must be a list'],
    ["adam-cnn:dropout=0.3", "adam-cnn: dropout is 0.3; it must be true or false"],
    ["resnet20", 'model "resnet20" is not known; did you mean resnet-20?'],
    ["densenet", "did you mean densenet-121 or densenet-cifar?"],
  ])("%s is refused with what is allowed", (text, words) => {
    expect(() => modelFor(text, shapesOf([3, 4, 4]))).toThrow(words);
  });

  it("says of dropout and activation that its paper decides them", () => {
    expect(() => parseModel("adam-cnn", { dropout: 0.5 })).toThrow("has the layers of its paper; leave dropout out");
    expect(() => parseModel("lenet", { activation: "tanh" })).toThrow("leave the activation out");
  });
});

describe("a variant", () => {
  const layersOf = (text: string) => parseModel(text).layers;

  it("of the paper's convnet is narrower, or without dropout", () => {
    const plain = layersOf("adam-cnn:16-16-32-128:dropout=false");
    expect(plain.map(({ kind }) => kind).filter((kind) => kind === "dropout")).toEqual([]);
    expect(plain.flatMap(({ filters, units }) => filters ?? units ?? [])).toEqual([16, 16, 32, 128, 10]);
    expect(layersOf("adam-cnn").filter(({ kind }) => kind === "dropout")).toEqual([
      { kind: "dropout", rate: 0.2 },
      { kind: "dropout", rate: 0.5 },
    ]);
    expect(models.adamCnn([3, 32, 32], 10, { widths: [16, 16, 32, 128], dropout: false })).toEqual(plain);
  });

  it("of a residual net is deeper or wider", () => {
    const wide = parameterCount(modelFromJson(parseModel("resnet-56:32")));
    expect(wide).toBe(golden.parameters["wrn-56-2"]);
    expect(parameterCount(modelFromJson(parseModel("densenet-121:growth=12")))).toBe(
      golden.parameters["densenet-cifar"],
    );
    expect(parseModel("wrn-16-4:dropout=0.3").layers.length).toBe(parseModel("wrn-16-4").layers.length);
    expect(JSON.stringify(parseModel("wrn-16-4:0.3"))).toContain('{"kind":"dropout","rate":0.3}');
  });

  it("without shortcuts has the same convolutions otherwise", () => {
    const model = modelFromJson(parseModel("wrn-56-2-noshort"));
    expect(parameterCount(model)).toBe(3_412_394 - (32 * 64 + 2 * 64 + 64 * 128 + 2 * 128));
  });
});

describe("the layers of a model of one's own", () => {
  it("are those of the paper's, changed", () => {
    const layers = models.resnet([3, 32, 32], 10, { depth: 8 });
    const model = sequential([3, 32, 32], [...layers.slice(0, -1), { kind: "dense", units: 5 }]);
    expect(model.layers?.at(-1)?.outputShape).toEqual([5]);
    expect(models.wideResnet([3, 32, 32], undefined, { depth: 10, width: 2 }).at(-1)).toEqual({ kind: "dense" });
    expect(models.densenet([3, 8, 8], 10, { growth: 4, blocks: [2, 2] }).length).toBeLessThan(16);
    for (const make of [models.lenet, models.vgg9, models.twoConvTwoDense])
      expect(sequential([1, 16, 16], make([1, 16, 16], 3)).layers?.at(-1)?.outputShape).toEqual([3]);
  });

  it("refuse what is no shape, and options that there are not", () => {
    expect(() => Reflect.apply(models.lenet, undefined, [28])).toThrow("lenet: inputShape is 28; give a list");
    expect(() => Reflect.apply(models.resnet, undefined, [[3, 32, 32], 10, { deep: 20 }])).toThrow(
      'resnet: option "deep" is not known (allowed: depth, shortcuts, width)',
    );
    expect(() => Reflect.apply(models.resnet, undefined, [[3, 32, 32], 10, {}])).toThrow("resnet: depth is missing");
    expect(() => Reflect.apply(models.resnet, undefined, [])).toThrow(
      "resnet: the options are undefined; give an object: resnet([3, 32, 32], 10, { depth: 20 })",
    );
    expect(() => Reflect.apply(models.wideResnet, undefined, [[3, 32, 32], 10, 28])).toThrow(
      "wideResnet: the options are 28; give an object: wideResnet([3, 32, 32], 10, { depth: 28, width: 10 })",
    );
    expect(() => models.lenet([1, 28, 28], 0)).toThrow("lenet: classes is 0; it must be a whole number, 1 or more");
  });
});

describe("the first weights", () => {
  /** The deviation of each tensor's first values. */
  function first(name: string): Record<string, number> {
    const model = modelFromJson(parseModel(name));
    const w = new Float64Array(parameterCount(model));
    initialize(model, w, 1);
    const deviation = (x: Float64Array) => Math.sqrt(x.reduce((sum, value) => sum + value ** 2, 0) / x.length);
    return Object.fromEntries(
      layoutOf(model).map(({ name, shape, offset }) => [name, deviation(w.subarray(offset, offset + sizeOf(shape)))]),
    );
  }

  it("of a residual net are He's before ReLU, 1 and 0 in normalisations, and small in the last layer", () => {
    const found = first("resnet-20");
    expect(found.layer4_layer1_weight).toBeCloseTo(Math.sqrt(2 / 144), 2);
    expect(found.layer10_shortcut1_weight).toBeCloseTo(Math.sqrt(2 / 16), 1);
    expect([found.layer2_weight, found.layer2_bias, found.layer23_bias]).toEqual([1, 0, 0]);
    expect(found.layer23_weight).toBeCloseTo(1e-3, 4);
  });

  it("of DeepOBS's net are a truncated normal, and biases of 0.05", () => {
    const found = first("2c2d");
    expect(found.layer6_weight).toBeCloseTo(0.05 * 0.8796, 3);
    expect([found.layer1_bias, found.layer6_bias, found.layer7_bias]).toEqual(
      [0.05, 0.05, 0.05].map((x) => expect.closeTo(x, 12)),
    );
  });

  it("are followed by running variances of 1", () => {
    const model = modelFromJson(parseModel("resnet-8"));
    const s = new Float64Array(stateLayoutOf(model).reduce((sum, { shape }) => sum + sizeOf(shape), 0));
    initializeState(model, s, 1);
    expect(new Set(s)).toEqual(new Set([0, 1]));
  });
});
