import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluate, input, mean as meanOf, mul, pow, sin, sub, sum } from "../../src/expr/index.ts";
import {
  activationNames,
  activations,
  binaryCrossEntropy,
  dense,
  denseChain,
  densePlaces,
  dropout,
  elu,
  flatten,
  functionModel,
  initialize,
  initializers,
  type Loss,
  layers as layerKinds,
  layoutOf,
  leakyRelu,
  losses,
  type Model,
  meanSquaredError,
  mlp,
  modelFor,
  modelFromJson,
  modelToJson,
  packModel,
  parameterCount,
  parameterInputs,
  registry,
  type StatedLoss,
  sequential,
  softmaxCrossEntropy,
  softmaxRegression,
  stateCount,
  stateInputs,
  stateLayoutOf,
} from "../../src/nn/index.ts";
import { answers, parametersOf } from "../landscape/nets.ts";
import { centring } from "./running-mean.ts";

/** Through the text of JSON and back. */
const again = (model: Model, names = registry): Model =>
  modelFromJson(JSON.parse(JSON.stringify(modelToJson(model, names))), { registry: names });

/** Everything that can be compared: what it is made of, its initial weights, and what it computes. */
function expectSame(copy: Model, model: Model): void {
  const { name, inputShape, loss, parameters, state } = copy;
  expect({ name, inputShape, loss }).toEqual({ name: model.name, inputShape: model.inputShape, loss: model.loss });
  expect(layoutOf({ parameters })).toEqual(layoutOf(model));
  expect(stateLayoutOf({ state })).toEqual(stateLayoutOf(model));
  expect(first(copy)).toEqual(first(model));
  const w = parametersOf(model);
  expect(answers(copy, w)).toEqual(answers(model, w));
}

function first(model: Model): Float64Array {
  const w = new Float64Array(parameterCount(model));
  initialize(model, w, 7);
  return w;
}

const activation = fc.oneof(
  fc.constantFrom(...activationNames),
  fc.double({ min: 0.01, max: 2, noNaN: true }).map((slope) => leakyRelu(slope)),
  fc.double({ min: 0.01, max: 2, noNaN: true }).map((alpha) => ({ name: "elu", alpha })),
  fc.constantFrom(...Object.values(activations)),
);
const weights = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom("he-normal" as const, "orthogonal" as const),
  fc.double({ min: 0.01, max: 2, noNaN: true }).map((deviation) => initializers.normal(deviation)),
  fc.double({ min: 0.01, max: 2, noNaN: true }).map((high) => ({ name: "uniform", high })),
);
const hidden = fc.oneof(
  fc
    .record({ units: fc.integer({ min: 1, max: 4 }), activation, weights, bias: fc.boolean() })
    .map(({ units, ...options }) =>
      dense(units, options.weights === undefined ? { ...options, weights: "zeros" } : options),
    ),
  fc.double({ min: 0, max: 0.9, noNaN: true }).map(dropout),
  fc.constant(flatten()),
);

describe("a model as plain data", () => {
  it("is the same again, whatever its layers", () => {
    fc.assert(
      fc.property(fc.array(hidden, { maxLength: 4 }), fc.constantFrom(...Object.values(losses)), (layers, loss) => {
        const model = sequential([2, 3], [flatten(), ...layers, dense(2)], { loss, name: "any" });
        expectSame(again(model), model);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    mlp([3, 4, 2]),
    mlp([3, 4, 1], { activation: leakyRelu(0.2), dropout: 0.5, inputDropout: 0.1, loss: binaryCrossEntropy }),
    mlp([3, 2], { weights: initializers.normal(0.1, 1), loss: meanSquaredError }),
    softmaxRegression(4, 3),
  ])("is the same again: %#", (model) => expectSame(again(model), model));

  it("has only what is not usual, by name", () => {
    expect(modelToJson(mlp([3, 4, 2], { activation: elu(0.5), weights: initializers.normal() }))).toEqual({
      format: "downhill-model 1",
      name: "mlp:3-4-2",
      inputShape: [3],
      loss: "softmax-cross-entropy",
      layers: [
        { kind: "dense", units: 4, activation: { name: "elu", alpha: 0.5 }, weights: "normal" },
        { kind: "dense", units: 2, weights: "normal" },
      ],
    });
  });

  it("draws the weights that an activation wants, whether it is a name or a function", () => {
    expect(first(mlp([3, 4, 2], { activation: activations.selu }))).toEqual(
      first(mlp([3, 4, 2], { activation: "selu" })),
    );
  });

  it("takes layers as data beside those that functions make", () => {
    const layers = [{ kind: "dense", units: 4, activation: "relu" }, dense(2)];
    expectSame(sequential([3], layers, { name: "mlp:3-4-2" }), mlp([3, 4, 2]));
  });
});

describe("data that are no model", () => {
  const net = (changes: object) => ({
    ...{ format: "downhill-model 1", inputShape: [3], layers: [{ kind: "dense", units: 2 }] },
    ...changes,
  });
  const layer = (options: object) => net({ layers: [{ kind: "dense", units: 2 }, options] });

  it.each<[unknown, string]>([
    [[], "a model is []"],
    [null, "a model is null; give an object"],
    [{}, 'a model\'s format is undefined; this version reads only "downhill-model 1"'],
    [net({ format: "downhill-model 2" }), 'format is "downhill-model 2"'],
    [net({ layer: [] }), 'a model\'s field "layer" is not known; did you mean layers?'],
    [net({ layers: [] }), "a model's layers are []; give a list"],
    [net({ layers: [5] }), "a model's layers are [5]"],
    [net({ layers: undefined }), "a model's layers are undefined"],
    [net({ inputShape: [0] }), "a model's inputShape is [0]; it must be a list of whole numbers"],
    [net({ inputShape: "3" }), 'a model\'s inputShape is "3"'],
    [net({ inputShape: undefined }), 'the model has no "inputShape"'],
    [net({ name: 5 }), "a model's name is 5; it must be a text"],
    [net({ loss: {} }), "a model's loss is {}; it must be the name of one"],
    [net({ loss: "mean-square-error" }), "did you mean mean-squared-error?"],
    [layer({ kind: "desne" }), 'layer 2: kind "desne" is not known; did you mean dense?'],
    [layer({ kind: "toString" }), "is not known"],
    [layer({ kind: "dense" }), "layer 2: dense: units is missing; give a whole number, 1 or more"],
    [layer({ kind: "dense", units: "4" }), 'layer 2: dense: units is "4"; it must be a whole number'],
    [layer({ kind: "dense", units: 0 }), "layer 2: dense: units is 0"],
    [
      layer({ kind: "dense", units: 1, biass: true }),
      'layer 2: dense: option "biass" is not known; did you mean bias?',
    ],
    [layer({ kind: "dense", units: 1, bias: 1 }), "layer 2: dense: bias is 1; it must be true or false"],
    [layer({ kind: "dense", units: 1, activation: 3 }), "layer 2: activation is 3; give a name"],
    [layer({ kind: "dense", units: 1, activation: { name: "elu", beta: 1 } }), 'activation elu: setting "beta" is not'],
    [layer({ kind: "dense", units: 1, activation: { name: "tanh", a: 1 } }), 'activation tanh has no settings; "a" is'],
    [
      layer({ kind: "dense", units: 1, weights: { name: "normal", mean: "a" } }),
      'mean is "a"; it must be a finite number',
    ],
    [layer({ kind: "dense", units: 1, weights: { name: "normal", deviation: -1 } }), "the deviation is -1"],
    [
      net({ inputShape: [2, 3] }),
      "layer1 (dense): an example has shape [2, 3] here, but a vector is needed; put flatten()",
    ],
  ])("%#: %j", (json, words) => {
    expect(() => modelFromJson(json)).toThrow(words);
  });
});

describe("parts of one's own", () => {
  const wave = (x: Parameters<typeof sin>[0]) => mul(2, sin(x));
  const weighted: Loss = { name: "weighted", value: (z, y) => meanOf(mul(3, pow(sub(z, y), 2))) };
  const mine = registry.with({
    layers: { centring },
    activations: { wave },
    losses: { weighted },
    initializers: { ones: initializers.constant(1) },
  });

  it("work without a name, but cannot be written", () => {
    const own = () => mul(1, input("x"));
    expect(() => modelToJson(mlp([2, 3, 1], { activation: wave }))).toThrow(
      'layer 1: dense: activation is a function that JSON cannot hold; give it a name: registry.with({ activations: { "my-name": f } })',
    );
    expect(() => modelToJson(mlp([2, 1], { weights: initializers.zeros, loss: weighted }))).toThrow(
      'mlp:2-1: its loss, weighted, is a function that JSON cannot hold; give it a name: registry.with({ losses: { "weighted": loss } })',
    );
    expect(() => modelToJson(sequential([2], [centring.with({})]))).toThrow(
      'of your own kind centring, which JSON has no name for; give it one: registry.with({ layers: { "centring": … } })',
    );
    const changed = { ...meanSquaredError, name: "mean-squared-error", correct: () => input("x") };
    expect(() => modelToJson(mlp([2, 1], { loss: changed }))).toThrow('registry.with({ losses: { "my-loss": loss } })');
    const f = functionModel({ inputShape: [1], parameters: [], loss: meanSquaredError, predict: own });
    expect(() => modelToJson(f)).toThrow("function is a function, which JSON cannot hold; build the model from layers");
  });

  it("are written and read by a registry that knows them", () => {
    const layers = [dense(3, { activation: wave, weights: "he-normal" }), centring.with({ rate: 0.5 }), dense(1)];
    const model = sequential([2], layers, { loss: weighted, name: "own" });
    expect(modelToJson(model, mine)).toMatchObject({
      loss: "weighted",
      layers: [{ activation: "wave" }, { kind: "centring", rate: 0.5 }, { kind: "dense" }],
    });
    expectSame(again(model, mine), model);
  });

  it.each([
    [
      `layer 1: kind "centring" is not known (allowed: ${Object.keys(layerKinds).join(", ")})`,
      { layers: [{ kind: "centring" }] },
    ],
    ['layer 1: activation "wave" is not known', { layers: [{ kind: "dense", units: 1, activation: "wave" }] }],
    ['layer 1: initializer "flat" is not known', { layers: [{ kind: "dense", units: 1, weights: "flat" }] }],
    ['loss "weighted" is not known', { loss: "weighted", layers: [{ kind: "dense", units: 1 }] }],
  ])("are asked for where a registry lacks them: %s", (words, model) => {
    const read = () => modelFromJson({ format: "downhill-model 1", inputShape: [2], ...model });
    expect(read).toThrow(words);
    expect(read).toThrow("; if it is your own, pass a registry that has it, in TypeScript: load(folder, { registry })");
    const near = { format: "downhill-model 1", inputShape: [2], layers: [{ kind: "desne" }] };
    expect(() => modelFromJson(near)).not.toThrow("if it is your own");
  });

  it("are known to a model's text, too", () => {
    const data = { inputShape: [2], outputs: 1, task: "regression" } as const;
    const model = modelFor("dense:3:wave,centring:0.2,dense:weights=ones", data, mine);
    expect(modelToJson(model, mine).layers[2]).toEqual({ kind: "dense", units: 1, weights: "ones" });
    expect(() => modelFor("dense:3:wave,centring:0.2,dense", data)).toThrow("is not known");
  });

  it("take no name that is taken", () => {
    expect(() => registry.with({ layers: { dense: centring } })).toThrow("layers has dense already");
  });

  it("reach JSON and text by their line in the registry, as those of the house do", () => {
    for (const [kind, { options }] of Object.entries(layerKinds))
      expect([kind, Array.isArray(options)]).toEqual([kind, true]);
    for (const loss of Object.keys(losses)) {
      const json = { format: "downhill-model 1", inputShape: [2], loss, layers: [{ kind: "dense", units: 1 }] };
      expect(modelToJson(modelFromJson(json)).loss).toBe(loss);
    }
  });
});

describe("a model that was changed after its layers built it", () => {
  const built = mlp([2, 3, 2]);
  const doubled: Model["forward"] = (w, state, x, pass) => built.forward(w, state, mul(2, x), pass);

  it.each<[string, Partial<Model>]>([
    ["forward", { forward: doubled }],
    ["initial weights", { parameters: built.parameters.map((each) => ({ ...each, initialize: initializers.zeros })) }],
    ["state", { state: [{ name: "mean", shape: [2], initialize: initializers.zeros }] }],
    ["a layer", { layers: built.layers?.map((each) => ({ ...each, multiplyAdds: 0 })) ?? [] }],
    ["the shape of an example", { inputShape: [1, 2] }],
  ])("is a function of one's own: %s", (_, changes) => {
    const changed = { ...built, ...changes };
    const words = "mlp:2-3-2 was changed after its layers built it, and JSON cannot hold the change";
    expect(() => modelToJson(changed)).toThrow(TypeError);
    expect(() => modelToJson(changed)).toThrow(words);
    expect(() =>
      packModel({ model: changed, w: parametersOf(built), s: new Float64Array(stateCount(changed)) }),
    ).toThrow(TypeError);
    expect(() => denseChain(changed)).toThrow("mlp:2-3-2: units can change places");
    expect(() => densePlaces(changed)).toThrow(
      "K-FAC works with dense layers only; the parameter layer1_weight is not of one",
    );
  });

  it("may have another name, and another loss that JSON knows", () => {
    const changed = { ...built, name: "mine", loss: meanSquaredError };
    expectSame(again(changed), changed);
    expect(denseChain(changed).layers).toHaveLength(2);
  });

  it("cannot be changed in place", () => {
    for (const part of [built.parameters, built.parameters[0], built.layers, built.layers?.[0]])
      expect(Object.isFrozen(part)).toBe(true);
  });

  it.each<[string, Partial<StatedLoss>]>([
    ["what is right", { correct: (z) => sum(mul(0, z)) }],
    ["nothing is right", { correct: undefined } as const],
    ["its slopes", { sampledSlopes: null }],
    ["its name", { name: "mine" }],
    ["its outputs", { outputs: () => 7 }],
  ])("is not written with a loss that is another: %s", (_, changes) => {
    const model = mlp([2, 2], { loss: { ...softmaxCrossEntropy, ...changes } });
    expect(() => modelToJson(model)).toThrow("is a function that JSON cannot hold");
  });
});

describe("a layer with a state", () => {
  const model = sequential([2], [dense(2), centring.with({ rate: 0.25 }), dropout(0.5), centring.with({ rate: 0.5 })]);

  it("has its tensors by names of their own", () => {
    expect(stateLayoutOf(model)).toEqual([
      { name: "layer2_mean", shape: [2], offset: 0 },
      { name: "layer4_mean", shape: [2], offset: 2 },
    ]);
  });

  /** Outputs and new state for two examples; the first layer passes them on. */
  function pass(training: boolean, state: readonly number[]) {
    const mask = () => input("mask", [2, 2]);
    const x = input("x", [2, 2]);
    const passed = model.forward(parameterInputs(model, "f64"), stateInputs(model, "f64"), x, { training, mask });
    expect(Object.keys(passed.state)).toEqual(["layer2_mean", "layer4_mean"]);
    const feeds = {
      ...{ x: [1, 2, 3, 6], mask: [1, 1, 1, 1] },
      ...{ layer1_weight: [1, 0, 0, 1], layer1_bias: [0, 0], layer2_shift: [1, 0], layer4_shift: [0, 0] },
      ...{ layer2_mean: state.slice(0, 2), layer4_mean: state.slice(2) },
    };
    const all = evaluate([passed.outputs, ...Object.values(passed.state)], feeds);
    return all.map(({ data }) => [...data]);
  }

  it("changes it in training", () => {
    expect(pass(true, [0, 0, 4, 4])).toEqual([
      [-1, -2, 1, 2],
      [0.5, 1],
      [2.5, 2],
    ]);
  });

  it("uses it otherwise, and leaves it as it is", () => {
    expect(pass(false, [1, 2, 1, 0])).toEqual([
      [0, 0, 2, 4],
      [1, 2],
      [1, 0],
    ]);
  });
});
