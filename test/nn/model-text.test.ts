import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { modelFor, modelFromJson, modelToJson, parameterCount, parseModel } from "../../src/nn/index.ts";
import { readModel } from "../../src/nn/node/index.ts";

const digits = { inputShape: [1, 8, 8], outputs: 10, task: "classification" } as const;
const houses = { inputShape: [3], outputs: 1, task: "regression" } as const;

describe("a model in words", () => {
  test("is read, and named by the data", () => {
    expect(parseModel("mlp:64,32:tanh", { dropout: 0.5 }).layers).toEqual([
      { kind: "dense", units: 64, activation: "tanh" },
      { kind: "dropout", rate: 0.5 },
      { kind: "dense", units: 32, activation: "tanh" },
      { kind: "dropout", rate: 0.5 },
      { kind: "dense" },
    ]);
    expect(modelFor("mlp:64,32:tanh", digits).name).toBe("mlp:64-64-32-10");
    expect(modelFor("mlp:64-32", digits).name).toBe("mlp:64-64-32-10");
    expect(parameterCount(modelFor("softmax", digits))).toBe(65 * 10);
  });

  test("fits numbers by the mean squared error", () => {
    const loss = (task: "classification" | "regression") => modelFor("linear", { ...houses, task }).loss.name;
    expect([loss("classification"), loss("regression")]).toEqual(["softmax cross-entropy", "mean squared error"]);
  });

  test("may say layer by layer what it is, with options in their order or by name", () => {
    const text = "dense:64:relu,dropout:0.5,dense:10:bias=false";
    const model = modelFor(text, digits);
    expect(modelToJson(model)).toEqual({
      format: "downhill-model 1",
      name: text,
      inputShape: [64],
      loss: "softmax-cross-entropy",
      layers: [
        { kind: "dense", units: 64, activation: "relu" },
        { kind: "dropout", rate: 0.5 },
        { kind: "dense", units: 10, bias: false },
      ],
    });
    expect(parameterCount(modelFor("dense:64:relu,dense", digits))).toBe(65 * 64 + 65 * 10);
    expect(modelFor("flatten,dense:4,dense", digits).inputShape).toEqual([1, 8, 8]);
  });

  test("may be in capitals", () => {
    expect(parseModel("Dense:5,DENSE").layers).toEqual([{ kind: "dense", units: 5 }, { kind: "dense" }]);
  });

  test.each([
    ["mlp", "mlp:64,32"],
    ["mlp:", "not a number of units"],
    ["mlp:0", "not a number of units"],
    ["mlp:1e9.5", "not a number of units"],
    ["mlp:4:tahn", "did you mean tanh"],
    ["resnet:50", "mlp:64,32"],
    ["dense:64:units=32", "dense: units is given twice: 64:units=32"],
    ["dense:kind=dropout:rate=0.5", 'dense: option "kind" is not known'],
    ["mlp:4:leaky-relu(0.3)", '"activation": { "name": "leaky-relu", "slope": 0.3 }'],
    ["mlp:4:tanh(0.3)", 'activation "tanh(0.3)" is not known; did you mean tanh?'],
    ["64,32", "for hidden layers of these sizes, say mlp:64,32"],
    [
      "dense:1:relu:true:zeros:zeros:5",
      "dense: 6 options are given, but there are only 5: units, activation, bias, weights, biases",
    ],
  ])("%s is refused with what is allowed", (text, words) => {
    expect(() => parseModel(text)).toThrow(words);
  });

  test.each([
    ["dense:64:rleu,dense", 'layer 1: activation "rleu" is not known; did you mean relu?'],
    ["dense:6.5,dense", "layer 1: dense: units is 6.5; it must be a whole number, 1 or more"],
    ["dense:4,dense:unit=5", 'layer 2: dense: option "unit" is not known; did you mean units?'],
    ["dropout:1,dense", "layer 1: dropout: rate is 1; it must be a number from 0 up to, but not including, 1"],
    ["dropout,dense", "layer 1: dropout: rate is missing; give a number from 0 up to, but not including, 1"],
  ])("%s is refused with the layer", (text, words) => {
    expect(() => modelFor(text, digits)).toThrow(words);
  });

  test("takes dropout and activation for hidden layers alone", () => {
    expect(() => parseModel("dense:4,dense", { dropout: 0.5 })).toThrow("give dropout there");
    expect(() => parseModel("dense:4,dense", { activation: "tanh" })).toThrow("give the activation there");
    expect(() => parseModel("mlp:4", { dropout: 1 })).toThrow("dropout is 1");
  });
});

describe("a model's file", () => {
  const folder = mkdtempSync(join(tmpdir(), "downhill-model-"));

  it("is read where its path stands for a text, and leaves its ends to the data", () => {
    const file = join(folder, "net.json");
    const layers = [{ kind: "dense", units: 5, activation: { name: "leaky-relu", slope: 0.2 } }, { kind: "dense" }];
    writeFileSync(file, JSON.stringify({ format: "downhill-model 1", layers }));
    const model = modelFromJson(readModel(file), { data: houses });
    expect([model.inputShape, parameterCount(model), model.loss.name]).toEqual([[3], 26, "mean squared error"]);
    expect(() => readModel(file, { dropout: 0.1 })).toThrow("set activation and dropout there");
  });

  it("is refused where it is none", () => {
    const file = join(folder, "broken.json");
    writeFileSync(file, "{");
    expect(() => readModel(file)).toThrow("line 1, column 2");
    expect(() => readModel(join(folder, "missing.json"))).toThrow(/missing.json/);
  });
});
