import { describe, expect, it } from "vitest";
import { type Expr, input, mul, sin } from "../../src/expr/index.ts";
import { softmax } from "../../src/expr/operators/index.ts";
import {
  activations,
  dense,
  denseChain,
  dropout,
  functionModel,
  initialize,
  initializers,
  layer,
  meanSquaredError,
  mlp,
  parameterInputs,
  registry,
  sequential,
  stateInputs,
} from "../../src/nn/index.ts";

/** A value as a caller without types may give it. */
const untyped = (text: string) => JSON.parse(text);

const named = (...names: readonly string[]) =>
  functionModel({
    inputShape: [1],
    parameters: names.map((name) => ({ name, shape: [1], initialize: initializers.zeros })),
    loss: meanSquaredError,
    predict: (_, x) => x,
  });

describe("a net is refused when it is made", () => {
  it.each([
    [() => mlp(untyped("64")), "mlp: sizes is 64; give one list, from inputs to outputs: mlp([64, 32, 10])"],
    [() => mlp([]), "; give at least inputs and outputs"],
    [() => mlp([3]), "; give at least inputs and outputs"],
    [() => mlp([3, 0]), "mlp: a size of"],
    [() => mlp([3, 2.5, 1]), "mlp: a size of"],
    [() => mlp([3, 2], { dropout: 1 }), "mlp: dropout is 1"],
    [() => mlp([3, 2], { inputDropout: -0.1 }), "mlp: inputDropout is -0.1"],
    [() => mlp([2, 3, 1], untyped('{"activaton": "tanh"}')), "did you mean activation?"],
    [() => mlp([2, 3, 1], untyped("32")), "mlp: the options are 32; give an object"],
    [() => mlp([2, 3, 1], { loss: untyped('"mse"') }), 'the loss is "mse"; give softmaxCrossEntropy'],
    [() => mlp([2, 1], { activation: untyped('"rleu"') }), 'activation "rleu" is not known; did you mean relu?'],
    [() => mlp([2, 3, 1], { activation: untyped("3") }), "activation is 3; give a name"],
    [() => dense(3, { activation: untyped('"tahn"') }), "did you mean tanh?"],
    [() => dense(3, untyped('{"biass": false}')), "did you mean bias?"],
    [() => sequential([2], [dense(1)], { loss: untyped("null") }), "the loss is null"],
    [() => mlp([0, 3]), "mlp: a size of [0, 3] is 0; it must be a whole number, 1 or more"],
    [() => mlp([-1, 3]), "a size of [-1, 3] is -1"],
    [() => mlp([0.5, 3]), "a size of [0.5, 3] is 0.5"],
    [() => mlp(untyped('["64", 3]')), 'is "64"; it must be a whole number'],
    [() => mlp([2, 3, 1], { dropout: -1 }), "mlp: dropout is -1; it must be a number from 0 up to"],
    [() => mlp([2, 3, 1], { inputDropout: Number.NaN }), "mlp: inputDropout is NaN"],
    [() => sequential(untyped("2"), [dense(1)]), "sequential: inputShape is 2; give a list of whole numbers"],
    [() => named("a", "a"), 'function: two tensors are named "a"; give each its own'],
    [() => named("loss"), 'function: a tensor is named "loss", a name that is reserved; rename it'],
    [() => named("batch_inputs"), 'a tensor is named "batch_inputs"'],
    [() => named("gradient_of_w"), 'a tensor is named "gradient_of_w"'],
    [() => registry.with(untyped('{"activation": {}}')), "did you mean activations?"],
    [() => registry.with(untyped('{"activations": {"wave": 3}}')), "registry: wave of activations is 3"],
    [() => registry.with(untyped('{"losses": {"mine": {}}}')), "registry: mine of losses is {}"],
    [() => registry.with(untyped('{"layers": {"mine": "dense"}}')), 'registry: mine of layers is "dense"'],
    [
      () => functionModel({ inputShape: [1], parameters: [], loss: untyped('"mse"'), predict: (_, x) => x }),
      'function: the loss is "mse"',
    ],
  ])("%#: %s", (make, words) => expect(make).toThrow(words));
});

it("takes an activation of one's own", () => {
  const net = mlp([1, 2, 1], { activation: (x) => mul(2, sin(x)) });
  const shapes = Object.fromEntries(net.parameters.map(({ name, shape }) => [name, input(name, shape)]));
  const pass = { training: false, mask: () => input("mask") };
  expect(net.forward(shapes, {}, input("x", [5, 1]), pass).outputs.shape).toEqual([5, 1]);
});

it.each([1, 3])("is refused an initializer that gives another count of numbers: %d", (count) => {
  const model = mlp([2, 1], { weights: Object.assign(() => new Float64Array(count), { settings: {} }) });
  expect(() => initialize(model, new Float64Array(3), 0)).toThrow(
    `layer1_weight: its initializer gives ${count} values; shape [2, 1] needs 2`,
  );
});

it("is refused a state that a layer does not have", () => {
  const misspelt = layer({
    ...{ kind: "misspelt", title: "", options: [], inputs: "row", outputs: null },
    read: () => ({}),
    build: (_, outputShape) => ({
      ...{ outputShape, parameters: {}, multiplyAdds: 0, role: { kind: "other" } },
      state: { mean: { shape: outputShape, initialize: initializers.zeros } },
      forward: (x, _w, { state }) => ({ outputs: x, state: { maen: state.mean } }),
    }),
  });
  const model = sequential([2], [misspelt.with({})]);
  const pass = { training: true, mask: () => input("mask", [1, 2]) };
  expect(() =>
    model.forward(parameterInputs(model, "f64"), stateInputs(model, "f64"), input("x", [1, 2]), pass),
  ).toThrow('layer1 (misspelt): a state "maen" is not known; did you mean mean?');
});

it("reads the function of a loss under its old name, cost, as JavaScript may still call it", () => {
  const { value, ...rest } = meanSquaredError;
  const old = Object.assign(untyped("{}"), { ...rest, cost: value });
  expect(mlp([1, 1], { loss: old }).loss.value).toBe(value);
});

describe("a chain of dense layers", () => {
  const softly = (x: Expr): Expr => softmax(x);
  const { relu, gelu } = activations;
  const hidden = [dense(4, { activation: relu }), dropout(0.1), dense(5, { activation: gelu })];

  it("has the functions between the layers; the one at its end may mix units, which cannot change places there", () => {
    const { layers, activations } = denseChain(sequential([3], [...hidden, dense(2, { activation: softly })]));
    expect(activations).toEqual([relu, gelu]);
    const places = [
      { inputs: 3, units: 4, weights: 0, biases: 12 },
      { inputs: 4, units: 5, weights: 16, biases: 36 },
      { inputs: 5, units: 2, weights: 41, biases: 51 },
    ];
    expect(layers).toEqual(places);
  });

  it("is none where a function between two layers mixes units", () => {
    const model = sequential([3], [dense(4, { activation: softly }), ...hidden], { name: "soft" });
    expect(() => denseChain(model)).toThrow(
      "soft: units can change places in a chain of dense layers; softmax between two layers may treat units differently",
    );
  });
});
