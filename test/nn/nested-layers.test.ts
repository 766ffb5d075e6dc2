import { describe, expect, it } from "vitest";
import { evaluate, input } from "../../src/expr/index.ts";
import { writeSafetensors } from "../../src/files/safetensors/index.ts";
import {
  activation,
  batchNorm,
  conv2d,
  dense,
  denseChain,
  denseConnection,
  densePlaces,
  dropout,
  flatten,
  frozen,
  type LayerBuilder,
  layoutOf,
  type Model,
  modelFor,
  modelFromJson,
  modelToJson,
  parameterCount,
  parameterInputs,
  parseModel,
  registry,
  residual,
  sequential,
  stateInputs,
  stateLayoutOf,
  weightsOf,
} from "../../src/nn/index.ts";
import { tensorsOf } from "../../src/nn/saved.ts";
import { summary } from "../../src/train/index.ts";
import { centring } from "./running-mean.ts";

const images = { inputShape: [1, 8, 8], outputs: 3, task: "classification" } as const;
const text =
  "conv2d:4:3:padding=same,residual(conv2d:6:3:stride=2:padding=same,batch-norm,activation:relu|conv2d:6:1:stride=2),dense-connection(residual(batch-norm),dropout:0.5),flatten,dense";

/** Through the text of JSON and back. */
const again = (model: Model, names = registry): Model =>
  modelFromJson(JSON.parse(JSON.stringify(modelToJson(model, names))), { registry: names });

const namesOf = (tensors: readonly { readonly name: string }[]): string[] => tensors.map(({ name }) => name);

describe("a net of layers within layers", () => {
  const model = modelFor(text, images);

  it("is data: text and JSON give the same net", () => {
    expect(modelToJson(model).layers[1]).toEqual({
      kind: "residual",
      layers: [
        { kind: "conv2d", filters: 6, kernel: 3, stride: 2, padding: "same" },
        { kind: "batch-norm" },
        { kind: "activation", activation: "relu" },
      ],
      shortcut: [{ kind: "conv2d", filters: 6, kernel: 1, stride: 2 }],
    });
    expect(modelToJson(again(model))).toEqual(modelToJson(model));
    expect(namesOf(layoutOf(again(model)))).toEqual(namesOf(layoutOf(model)));
  });

  it("has tensors by the path of their layer", () => {
    expect(namesOf(layoutOf(model))).toEqual([
      ...["layer1_weight", "layer1_bias", "layer2_layer1_weight", "layer2_layer1_bias"],
      ...["layer2_layer2_weight", "layer2_layer2_bias", "layer2_shortcut1_weight", "layer2_shortcut1_bias"],
      ...["layer3_layer1_layer1_weight", "layer3_layer1_layer1_bias", "layer5_weight", "layer5_bias"],
    ]);
    expect(namesOf(stateLayoutOf(model))).toEqual([
      ...["layer2_layer2_running_mean", "layer2_layer2_running_var"],
      ...["layer3_layer1_layer1_running_mean", "layer3_layer1_layer1_running_var"],
    ]);
  });

  it("is summed up layer by layer, at every level", () => {
    const { layers, parameters } = summary(model);
    expect(layers.reduce((sum, layer) => sum + layer.parameters, 0)).toBe(parameters);
    const [, { layers: parts, ...block }] = layers;
    expect(namesOf(parts)).toEqual(["layer2_layer1", "layer2_layer2", "layer2_layer3", "layer2_shortcut1"]);
    expect(block).toMatchObject({ parameters: 4 * 6 * 9 + 6 + 12 + 4 * 6 + 6, outputShape: [6, 4, 4] });
    expect(block.multiplyAdds).toBe(parts.reduce((sum, part) => sum + part.multiplyAdds, 0));
    expect(layers[2].layers[0].layers[0].name).toBe("layer3_layer1_layer1");
  });

  it("takes weights from a file whose names have points, as PyTorch's modules have them", () => {
    const w = Float64Array.from({ length: parameterCount(model) }, (_, i) => Math.sin(i));
    const s = Float64Array.from({ length: 24 }, (_, i) => 1 + i);
    const dotted = tensorsOf({ model, w, s }).map((each) => ({
      ...each,
      name: each.name.replace(/((?:layer|shortcut)\d+)_/g, "$1."),
    }));
    expect(namesOf(dotted)).toContain("layer3.layer1.layer1.running_mean");
    const taken = weightsOf(writeSafetensors(dotted), model);
    expect([...taken.w, ...taken.s]).toEqual([...w, ...s]);
  });

  it("is frozen by the names of its layers, with its running means", () => {
    const values = new Float64Array(6 * 4 * 9 + 6 + 12);
    const { names, trained } = frozen(model, ["layer2_layer1", "layer2_layer2"], values, "f64");
    expect(names).toEqual(namesOf(layoutOf(model)).slice(2, 6));
    const pass = { training: true, mask: () => input("mask", [2, 6, 4, 4]) };
    const x = input("x", [2, 1, 8, 8]);
    const state = stateInputs(trained, "f64");
    const passed = trained.forward(parameterInputs(trained, "f64"), state, x, pass).state;
    const still = Object.keys(state).filter((name) => passed[name] === state[name]);
    expect(still).toEqual(["layer2_layer2_running_mean", "layer2_layer2_running_var"]);
  });

  it("is refused by methods that know dense layers only, with the name of the layer", () => {
    const net = sequential([3], [residual([dense(3)]), dense(2)]);
    expect(() => denseChain(net)).toThrow("layer1 is of another kind: residual");
    expect(() => densePlaces(net)).toThrow("the parameter layer1_layer1_weight is not of one");
  });

  it("takes vectors where its first layer needs them, else examples as they are", () => {
    expect(modelFor("residual(residual(dropout:0.1,dense:64)),dense", images).inputShape).toEqual([64]);
    expect(modelFor("dense-connection(activation:tanh),flatten,dense", images).inputShape).toEqual([1, 8, 8]);
    expect(modelFor("residual(activation:tanh|dense:64),dense", images).inputShape).toEqual([64]);
  });
});

describe("what layers within layers compute", () => {
  /** The outputs for x, 2 examples of 2 values, with the given masks in turn. */
  function outputs(layers: readonly LayerBuilder[], { training = false, w = {}, masks = [] as number[][] } = {}) {
    const model = sequential([2], layers);
    const drawn: string[] = [];
    const mask = (shape: readonly number[]) => {
      drawn.push(`mask${drawn.length + 1}`);
      return input(drawn[drawn.length - 1], shape);
    };
    const passed = model.forward(parameterInputs(model, "f64"), stateInputs(model, "f64"), input("x", [2, 2]), {
      training,
      mask,
    });
    const feeds = { x: [1, 2, 3, 6], ...w, ...Object.fromEntries(drawn.map((name, i) => [name, masks[i]])) };
    return evaluate([passed.outputs, ...Object.values(passed.state)], feeds).map(({ data }) => [...data]);
  }
  const double = dense(2, { bias: false });

  it("residual: layers(x) + x, or + shortcut(x)", () => {
    expect(outputs([residual([double])], { w: { layer1_layer1_weight: [2, 0, 0, 2] } })).toEqual([[3, 6, 9, 18]]);
    const both = residual([double], { shortcut: [double] });
    const w = { layer1_layer1_weight: [2, 0, 0, 2], layer1_shortcut1_weight: [0, 10, 10, 0] };
    expect(outputs([both], { w })).toEqual([[22, 14, 66, 42]]);
  });

  it("dense-connection: x, and then layers(x)", () => {
    const w = { layer1_layer1_weight: [10, 0, 0, 10] };
    expect(outputs([denseConnection([double])], { w })).toEqual([[1, 2, 10, 20, 3, 6, 30, 60]]);
  });

  it("draws a mask for each dropout, in training alone", () => {
    const layers = [residual([dropout(0.5)], { shortcut: [dropout(0.5)] })];
    const masks = [
      [2, 0, 0, 0],
      [0, 0, 0, 2],
    ];
    expect(outputs(layers)).toEqual([[2, 4, 6, 12]]);
    expect(outputs(layers, { training: true, masks })).toEqual([[2, 0, 0, 12]]);
  });

  it("passes the state of inner layers up, new in training", () => {
    const state = { layer1_layer1_mean: [1, 1], layer1_layer1_shift: [0, 0] };
    const layers = [residual([centring.with({ rate: 0.5 })])];
    expect(outputs(layers, { w: state })).toEqual([
      [1, 3, 5, 11],
      [1, 1],
    ]);
    expect(outputs(layers, { w: state, training: true })).toEqual([
      [0, 0, 4, 8],
      [1.5, 2.5],
    ]);
  });

  it("knows the kinds of a registry of one's own, at every level", () => {
    const mine = registry.with({ layers: { centring } });
    const model = modelFor("residual(residual(centring:0.2)),dense", { ...images, inputShape: [2] }, mine);
    expect(modelToJson(again(model, mine), mine)).toEqual(modelToJson(model, mine));
    expect(() => modelToJson(model)).toThrow("layer 1: layer 1: layer 1 is of your own kind centring");
    expect(() => again(model)).toThrow("layer 1: layer 1: layer 1 is of your own kind centring");
  });
});

describe("errors name the path to the layer", () => {
  it.each<[string, string]>([
    ["residual(dense:64,residual(dense:0)),dense", "layer 1: layer 2: layer 1: dense: units is 0; it must be"],
    ["residual(dense:64|dense:6.5),dense", "layer 1: shortcut 1: dense: units is 6.5"],
    ["residual(dense:6:rleu),dense", 'layer 1: layer 1: activation "rleu" is not known; did you mean relu?'],
    [
      "residual(conv2d:32:3:stride=2:padding=same),flatten,dense",
      "layer1: residual: the layers give [32, 4, 4] for an example, but the shortcut [1, 8, 8]; give a shortcut of the same shape, such as the 1 × 1 convolution conv2d(32, 1, { stride: 2 })",
    ],
    ["dense:5,residual(dense:5,residual(dense:4)),dense", "layer2: layer2: residual: the layers give [4] for an"],
    ["residual(dense:64,residual(dense:4)),dense", "such as dense(4)"],
    ["residual(conv2d:1:1,flatten),dense", "give a shortcut of the same shape, or layers that keep the shape"],
    ["residual(conv2d:4:9|conv2d:4:9),flatten,dense", "layer1: layer1: conv2d: a window of 9 × 9 does not fit"],
    ["residual(conv2d:4:3,dense:4),dense", "layer1: layer2 (dense): an example has shape [4, 6, 6] here"],
    ["dense-connection(flatten),dense", "layer1: dense-connection: an example has shape [1, 8, 8], but the layers"],
    ["dense-connection(max-pool:2),flatten,dense", "but the layers give [1, 4, 4]; the shapes may differ in their"],
    ["residual(dense:3,dense:64", 'a "(" is not closed'],
    ["residual(dense:64)),dense", 'there is a ")" without a "("'],
    ["residual(conv2dd:1:3),flatten,dense", 'kind of layer "conv2dd" is not known; did you mean conv2d?'],
    ["dense(64),dense", "options follow a colon, as in dense:64"],
    ["residual(dense:64|dense:64|dense:64),dense", "residual: 3 options are given, but there are only 2"],
    ["residual:dense", 'layer 1: residual: layers is "dense"; give a list of layers'],
    ["residual(),dense", "residual: there is nothing in its parentheses; write layers, as in residual(dense:64"],
    ["residual(dense:64|),dense", 'residual: there is nothing on one side of "|"; write layers'],
    ["residual", "layer 1: residual: layers is missing; give a list of layers"],
    [`${"residual(".repeat(40)}dense:64${")".repeat(40)},dense`, "its parentheses are nested deeper than 32 levels"],
  ])("%s", (wrong, message) => {
    expect(() => modelFor(wrong, images)).toThrow(message);
  });

  /** Layers within layers, so many levels deep. */
  const deep = (levels: number): object => {
    let layers: object[] = [{ kind: "activation", activation: "tanh" }];
    for (let i = 0; i < levels; i++) layers = [{ kind: "residual", layers }];
    return { format: "downhill-model 1", inputShape: [2], layers };
  };

  it("refuses nets that are nested too deeply, however deep", () => {
    expect(again(modelFromJson(deep(32))).layers).toHaveLength(1);
    expect(() => modelFromJson(deep(33))).toThrow(/^residual: its layers are nested deeper than 32 levels; give a net/);
    expect(() => modelFromJson(deep(100_000))).toThrow("its layers are nested deeper than 32 levels");
    let layer = residual([dense(2)]);
    expect(() => {
      for (let i = 0; i < 40; i++) layer = residual([layer]);
    }).toThrow("residual: its layers are nested deeper than 32 levels");
    expect(() => parseModel("residual(".repeat(100_000))).toThrow("nested deeper than 32 levels");
  });

  it("refuses plain data within layers that functions made, and what is no list", () => {
    const plain: unknown = [{ kind: "dense", units: 2 }];
    const given = { layers: plain };
    expect(() => registry.layers.residual.with(given)).toThrow(
      'layer 1 is plain data, {"kind":"dense","units":2}; give a layer such as dense(64), or all around it as plain data, too',
    );
    expect(() => registry.layers.residual.with({ layers: [] })).toThrow(
      "residual: layers is []; give a list of layers",
    );
    expect(() => registry.layers.residual.with({ layers: [3] }, registry)).toThrow("layer 1 is 3; give one such as");
    expect(() => sequential([2], [{ kind: "residual", layers: [dense(2), { kind: "dense" }] }])).toThrow(
      "layer 1: layer 2: dense: units is missing",
    );
  });

  it("takes layers that functions made within plain data", () => {
    const model = sequential(
      [1, 4, 4],
      [{ kind: "residual", layers: [batchNorm(), activation("relu"), conv2d(1, 1)] }, flatten(), dense(2)],
    );
    expect(modelToJson(model).layers[0]).toMatchObject({ layers: [{}, {}, { kind: "conv2d", filters: 1, kernel: 1 }] });
  });
});
