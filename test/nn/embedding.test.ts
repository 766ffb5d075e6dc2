import { describe, expect, it } from "vitest";
import { type Dataset, dataset } from "../../src/data/index.ts";
import { nodeDevice } from "../../src/device/node/index.ts";
import { evaluate, grad, input, pow, sum } from "../../src/expr/index.ts";
import {
  dense,
  densePlaces,
  embedding,
  exportOnnx,
  flatten,
  initialize,
  modelFor,
  Net,
  parameterCount,
  residual,
  sequential,
} from "../../src/nn/index.ts";
import { adam } from "../../src/optimizers/index.ts";
import { fit as fitNet } from "../../src/train/node/train.ts";
import { expectSame, imported } from "./exported.ts";
import { runtimes } from "./onnx-runtimes.ts";

const model = sequential([3], [embedding(5, 2), flatten(), dense(2)]);

async function net(device: "reference" | "cpu") {
  const w = new Float32Array(parameterCount(model));
  initialize(model, w, 1);
  return new Net({ model, w }, await nodeDevice({ device }));
}

/** Sequences of three codes below 5, in the class of their first code's parity. */
function sequences(change: (at: number, code: number) => number = (_, code) => code): Dataset {
  const count = 40;
  const codes = Float64Array.from({ length: count * 3 }, (_, at) => (at * 7 + (at % 4)) % 5);
  const targets = Float64Array.from({ length: count }, (_, i) => codes[3 * i] % 2);
  const examples = { count, inputs: codes.map((code, at) => change(at, code)), targets };
  return {
    ...({ name: "sequences", task: "classification", inputShape: [3], outputs: 2 } as const),
    ...{ train: examples, validation: examples, test: examples },
    ...{ classes: ["0", "1"], standardization: { mean: [0], deviation: [1] }, source: "a formula", licence: "none" },
  };
}

describe("an embedding", () => {
  it("gives a row of its table for each index, and passes gradients to the rows that were used", () => {
    const layer = embedding(4, 2).build([3], "layer1");
    const [x, weight] = [input("x", [2, 3]), input("layer1_weight", [4, 2])];
    const pass = { training: true, mask: () => x };
    const { outputs } = layer.forward({ layer1_weight: weight }, {}, x, pass);
    expect(layer.outputShape).toEqual([3, 2]);
    const feeds = { x: [0, 3, 3, 1, 0, 3], layer1_weight: [1, 2, 3, 4, 5, 6, 7, 8] };
    const half = sum(pow(outputs, 2));
    const [rows, gradient] = evaluate([outputs, ...grad(half, [weight])], feeds);
    expect([...rows.data]).toEqual([1, 2, 7, 8, 7, 8, 3, 4, 1, 2, 7, 8]);
    // 2·row, times how often it was looked up: 2, 1, 0 and 3 times.
    expect([...gradient.data]).toEqual([4, 8, 6, 8, 0, 0, 42, 48]);
  });

  it("is trained on the codes of a table, and predicts from new ones", async () => {
    const rows = Array.from({ length: 60 }, (_, i) => ({
      a: i % 5,
      b: (3 * i) % 4,
      c: 2,
      odd: (i % 5) % 2 ? "odd" : "even",
    }));
    const data = dataset({ rows, target: "odd", asIs: true });
    const fitted = await fitNet({ model, data, optimizer: adam({ lr: 0.1 }), epochs: 20, batchSize: 8 });
    const predictions = await fitted.predict([
      { a: 3, b: 0, c: 2 },
      { a: 4, b: 1, c: 2 },
    ]);
    expect(predictions.map(({ label }) => label)).toEqual(["odd", "even"]);
    await expect(fitted.predict([{ a: 3, b: 7, c: 2 }])).rejects.toThrow(
      'predict: row 1: input 2 ("b") is 7, but layer1',
    );
    const scaled = dataset({ rows: rows.map((row, i) => ({ ...row, c: i % 3 })), target: "odd" });
    await expect(fitNet({ model, data: scaled, optimizer: adam() })).rejects.toThrow("not standardised: asIs: true");
  });

  it("learns from codes", async () => {
    const fitted = await fitNet({ model, data: sequences(), optimizer: adam({ lr: 0.1 }), epochs: 20, batchSize: 8 });
    const labels = (
      await fitted.predict([
        [0, 4, 4],
        [1, 4, 4],
        [2, 0, 0],
        [3, 0, 0],
      ])
    ).map((each) => "label" in each && each.label);
    expect(labels).toEqual(["0", "1", "0", "1"]);
  });

  it.each<[number, string]>([
    [-1, "input 2 is -1"],
    [0.5, "input 2 is 0.5"],
    [Number.NaN, "input 2 is NaN"],
  ])("is not trained on %s", async (value, words) => {
    const data = sequences((at, code) => (at === 10 ? value : code));
    await expect(fitNet({ model, data, optimizer: adam() })).rejects.toThrow(
      `does not fit sequences: example 4 of the training set: ${words}, but layer1 (embedding) takes whole numbers from 0 to 4; give it indices as they are, not standardised: asIs: true`,
    );
  });

  it("checks the codes of embeddings within other layers, and of frozen ones", async () => {
    const stray = sequences((at, code) => (at === 10 ? 5 : code));
    const words = /example 4 of the training set: input 2 is 5, but \w+ \(embedding\) takes whole numbers from 0 to 4/;
    const nested = sequential([3], [residual([embedding(5, 1)], { shortcut: [embedding(7, 1)] }), flatten(), dense(2)]);
    await expect(fitNet({ model: nested, data: stray, optimizer: adam() })).rejects.toThrow(words);
    const after = sequential([3], [residual([embedding(9, 1)], { shortcut: [embedding(5, 1)] }), flatten(), dense(2)]);
    await expect(fitNet({ model: after, data: stray, optimizer: adam() })).rejects.toThrow(words);
    const initial = new Float32Array(parameterCount(model));
    await expect(fitNet({ model, data: stray, optimizer: adam(), initial, freeze: ["layer1"] })).rejects.toThrow(words);
  });

  it("names the vocabulary that codes need which are whole, and the column", async () => {
    const words = "but layer1 (embedding) takes whole numbers from 0 to 4; the largest code is 11: take embedding:12:2";
    const data = sequences((at, code) => (at === 10 ? 5 : code));
    const { inputs } = sequences((at, code) => (at === 20 ? 11 : code)).train;
    await expect(
      fitNet({ model, data: { ...data, test: { ...data.test, inputs } }, optimizer: adam() }),
    ).rejects.toThrow(`does not fit sequences: example 4 of the training set: input 2 is 5, ${words}`);
    const rows = Array.from({ length: 60 }, (_, i) => ({ a: i % 5, b: i % 12, c: 2, odd: i % 2 ? "odd" : "even" }));
    const table = dataset({ rows, target: "odd", asIs: true });
    await expect(fitNet({ model, data: table, optimizer: adam() })).rejects.toThrow(
      /: input 2 \("b"\) is \d+, but layer1/,
    );
    const larger = modelFor("embedding:12:2,flatten,dense", table);
    await fitNet({ model: larger, data: table, optimizer: adam(), epochs: 1 });
  });

  it.each(["reference", "cpu"] as const)("refuses to predict from what is no index, on %s", async (device) => {
    const stray = "input 3 is 5, but layer1 (embedding) takes whole numbers from 0 to 4; correct it";
    const found = await net(device);
    await expect(
      found.predict([
        [0, 1, 2],
        [1, 2, 5],
      ]),
    ).rejects.toThrow(`predict: row 2: ${stray}`);
    expect(() => found.predictInputs([[1, 2, 5]])).toThrow(`predictInputs: example 1: ${stray}`);
    expect(() => found.outputs([[1, 2, 5]])).toThrow(`outputs: example 1: ${stray}`);
  });

  it.each([5, -1, 0.5, 1e20])("that left Downhill refuses %s, too", async (value) => {
    const exported = await net("cpu");
    const { predict } = await imported(exported);
    expectSame(predict([[0, 1, 4]]), await exported.predict([[0, 1, 4]]));
    expect(() => predict([[0, 1, value]])).toThrow("an index is not a whole number from 0 to 4");
    const run = runtimes.node(exportOnnx(exported), { input: ["float32", Float32Array.of(0, 1, value), [1, 3]] });
    await expect(run).rejects.toThrow(/out of data bounds|indices/);
  });

  it.each<[string, string]>([
    ["dense:3,embedding:9:4,flatten,dense", "layer2 (embedding) takes whole numbers, but layer1 (dense) gives numbers"],
    ["batch-norm,embedding:9:4,flatten,dense", "but layer1 (batch-norm) gives numbers such as"],
    ["activation:sigmoid,embedding:9:4,flatten,dense", "but layer1 (activation) gives numbers such as 0.5"],
    [
      "embedding:9:4,flatten,embedding:9:4,flatten,dense",
      "layer3 (embedding) takes whole numbers, but layer1 (embedding)",
    ],
    [
      "dense:3,residual(embedding:9:1|embedding:9:1),flatten,dense",
      "layer2 (residual) takes whole numbers, but layer1",
    ],
    ["dropout:0.5,embedding:9:4,flatten,dense", "but layer1 (dropout) changes them in training; put it behind"],
  ])("is refused after what gives no indices: %s", (text, words) => {
    const data = { inputShape: [3], outputs: 2, task: "classification" } as const;
    expect(() => modelFor(text, data)).toThrow(words);
  });

  it("may stand after what gives indices", () => {
    const data = { inputShape: [1, 1, 3], outputs: 2, task: "classification" } as const;
    for (const before of ["flatten", "max-pool:1,flatten,activation:relu", "flatten,dropout:0"])
      expect(modelFor(`${before},embedding:9:4,flatten,dense`, data).inputShape).toEqual([1, 1, 3]);
  });

  it("is refused where float32 has no indices, and by methods for dense layers", () => {
    const data = { inputShape: [3], outputs: 2, task: "classification" } as const;
    expect(() => modelFor("embedding:20000000:4,flatten,dense", data)).toThrow(
      "layer 1: embedding: vocabulary is 20000000; it must be at most 16777216, as float32 has no larger indices",
    );
    expect(() => modelFor("embedding:20,flatten,dense", data)).toThrow("embedding: dimensions is missing");
    expect(() => modelFor("embedding:9:4,dense", data)).toThrow("an example has shape [3, 4] here, but a vector");
    expect(() => densePlaces(model)).toThrow("layer1_weight is not of one");
  });
});
