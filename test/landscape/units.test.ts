import { describe, expect, it } from "vitest";
import { constant, type Expr, input } from "../../src/expr/node.ts";
import { add, matmul, mul, softmax, softplus, sub, tanh } from "../../src/expr/operators/index.ts";
import { drawRearrangements, equalPoints, hiddenLayers, rearrange } from "../../src/landscape/index.ts";
import { parityOf } from "../../src/landscape/symmetries/parity.ts";
import {
  type ActivationName,
  activations,
  dense,
  dropout,
  flatten,
  functionModel,
  initializers,
  type LayerBuilder,
  layer,
  type Model,
  meanSquaredError,
  mlp,
  type Role,
  sequential,
  softmaxRegression,
  type Tensors,
} from "../../src/nn/index.ts";
import { Random } from "../../src/random/index.ts";
import { distance } from "../linalg/matrices.ts";
import { answers, parametersOf } from "./nets.ts";

const names = Object.keys(activations).filter((name): name is ActivationName => name in activations);

describe("parity", () => {
  it("agrees with the functions' values", () => {
    for (const name of names) {
      const x = input("x", [2, 3]);
      const model = mlp([1, 1, 1], { activation: name });
      const w = Float64Array.of(1, 0, 1, 0);
      const [right, left] = [1, -1].map((sign) =>
        answers(
          model,
          w.map((v, i) => (i === 0 ? sign * v : v)),
        ),
      );
      const odd =
        distance(
          right,
          left.map((v) => -v),
        ) < 1e-15;
      expect(parityOf(activations[name](x), x), name).toBe(odd ? "odd" : undefined);
    }
  });

  it("follows from the operators", () => {
    const x = input("x", [2]);
    expect(parityOf(mul(x, tanh(x)), x)).toBe("even");
    expect(parityOf(mul(mul(x, x), x), x)).toBe("odd");
    expect(parityOf(add(x, 1), x)).toBeUndefined();
    expect(parityOf(add(mul(x, x), 1), x)).toBe("even");
    expect(parityOf(sub(softplus(x), softplus(mul(-1, x))), x)).toBeUndefined();
  });
});

describe("hidden layers", () => {
  it("gives the positions of a chain's units in w", () => {
    expect(hiddenLayers(mlp([3, 4, 2], { activation: "tanh" }))).toEqual([
      {
        units: 4,
        incoming: { inputs: 3, units: 4, weights: 0, biases: 12 },
        outgoing: { inputs: 4, units: 2, weights: 16, biases: 24 },
        odd: true,
      },
    ]);
    expect(hiddenLayers(mlp([3, 5, 4, 2])).map(({ units, odd }) => [units, odd])).toEqual([
      [5, false],
      [4, false],
    ]);
    expect(hiddenLayers(softmaxRegression(3, 2))).toEqual([]);
  });

  it("sees through flattening and dropout, and layers without biases", () => {
    const model = sequential(
      [1, 2, 3],
      [flatten(), dense(4, { activation: "tanh", bias: false }), dropout(0.5), flatten(), dense(2)],
    );
    expect(hiddenLayers(model)).toMatchObject([{ units: 4, odd: true, incoming: { inputs: 6, biases: undefined } }]);
  });

  it("accepts a user's own layer that declares itself dense", () => {
    const model = sequential([2], [own({ kind: "dense", activation: (x) => tanh(x), sums }), dense(2)]);
    expect(hiddenLayers(model)).toMatchObject([{ units: 2, odd: true, incoming: { weights: 0, biases: 4 } }]);
  });

  const refused: readonly (readonly [what: string, model: Model, reason: string])[] = [
    [
      "functions",
      functionModel({
        name: "net",
        inputShape: [2],
        parameters: ["U", "V"].map((name) => ({ name, shape: [2, 2], initialize: initializers.normal() })),
        loss: meanSquaredError,
        predict: ({ U, V }, x) => matmul(tanh(matmul(x, U)), V),
      }),
      "it is a function, whose layers are not known",
    ],
    ["layers of another kind", net([own({ kind: "other" }), dense(2)]), "layer1 is of another kind: own"],
    [
      "numbers that tell units apart",
      net([dense(2, { activation: (x) => mul(tanh(x), constant([1, 2])) }), dense(2)]),
      "a tensor of shape [2] between two layers may treat units differently",
    ],
    [
      "operators that mix units",
      net([dense(2, { activation: (x) => softmax(tanh(x)) }), dense(2)]),
      "softmax between two layers may treat units differently",
    ],
  ];

  it.each(refused)("refuses %s", (_, model, reason) => {
    const message = `net: units can change places in a chain of dense layers; ${reason}`;
    expect(() => hiddenLayers(model)).toThrow(new TypeError(message));
  });

  it("does not ask what comes after the last layer", () => {
    expect(hiddenLayers(net([dense(2), dense(2, { activation: (x) => softmax(x) })]))).toHaveLength(1);
  });
});

const sums = (x: Expr, { weight, bias }: Tensors): Expr => add(matmul(x, weight), bias);

/** tanh(x·W + b) for two units, in a role. */
const own = (role: Role): LayerBuilder =>
  layer({
    kind: "own",
    title: "tanh(x·W + b)",
    options: [],
    inputs: "row",
    outputs: null,
    read: () => ({}),
    build: () => ({
      outputShape: [2],
      parameters: {
        weight: { shape: [2, 2], initialize: initializers.normal() },
        bias: { shape: [2], initialize: initializers.zeros },
      },
      state: {},
      multiplyAdds: 4,
      role,
      forward: (x, w) => tanh(sums(x, w)),
    }),
  }).with({});

const net = (layers: readonly LayerBuilder[]): Model => sequential([2], layers, { name: "net" });

describe("rearranging", () => {
  const nets: readonly (readonly [string, Model])[] = [
    ...names.map((activation) => [activation, mlp([3, 5, 4, 2], { activation })] as const),
    [
      "no biases",
      sequential(
        [3],
        [1, 2].map((): LayerBuilder => dense(4, { activation: "tanh", bias: false })),
      ),
    ],
  ];

  it.each(nets)("changes nothing that a net computes: %s", (_, model) => {
    const w = parametersOf(model);
    const moved = rearrange(model, w, drawRearrangements(model, new Random(2)));
    expect(distance(moved, w)).toBeGreaterThan(0.1);
    expect(distance(answers(model, moved), answers(model, w))).toBeLessThan(1e-14);
  });

  it("flips signs to the last bit", () => {
    const model = mlp([3, 4, 2], { activation: "tanh" });
    const w = parametersOf(model);
    const moved = rearrange(model, w, [{ from: [0, 1, 2, 3], signs: [1, -1, 1, -1] }]);
    expect(answers(model, moved)).toEqual(answers(model, w));
  });

  it("reaches n!·2ⁿ different points, all of which compute the same", () => {
    const model = mlp([2, 3, 2], { activation: "tanh" });
    const w = parametersOf(model);
    const points = orders(3).flatMap((from) =>
      [0, 1, 2, 3, 4, 5, 6, 7].map((bits) =>
        rearrange(model, w, [{ from, signs: [1, 2, 4].map((b) => (bits & b ? -1 : 1)) }]),
      ),
    );
    expect(new Set(points.map((point) => point.join())).size).toBe(48);
    expect(equalPoints(model)).toBe(48n);
    for (const point of points) expect(distance(answers(model, point), answers(model, w))).toBeLessThan(1e-14);
  });

  it("counts the equal points of larger nets exactly", () => {
    expect(equalPoints(mlp([2, 20, 2]))).toBe(2432902008176640000n);
    expect(equalPoints(mlp([2, 20, 3, 2], { activation: "tanh" }))).toBe(2432902008176640000n * 2n ** 20n * 48n);
    expect(equalPoints(softmaxRegression(4, 2))).toBe(1n);
  });

  it("refuses an invalid rearrangement, and one that changes the net", () => {
    const model = mlp([2, 3, 2]);
    const w = parametersOf(model);
    expect(() => rearrange(model, w, [])).toThrow("0 rearrangements were given for 1 hidden layers");
    expect(() => rearrange(model, w, [{ from: [0, 1, 1] }])).toThrow("it must hold each unit from 0 to 2 once");
    expect(() => rearrange(model, w, [{ from: [0, 1] }])).toThrow("it must hold each unit from 0 to 2 once");
    expect(() => rearrange(model, w, [{ from: [0, 1, 2], signs: [1, 2, 1] }])).toThrow("each 1 or −1");
    expect(() => rearrange(model, w, [{ from: [0, 1, 2], signs: [1, -1, 1] }])).toThrow("the activation is not odd");
    expect(() => rearrange(model, w.subarray(1), [{ from: [0, 1, 2] }])).toThrow(
      "w has 16 values, but the model has 17",
    );
    // The refusal is for a reason: for ReLU, a turned sign is another function.
    const turned = w.map((x, i) => (i % 3 === 1 && i < 9 ? -x : i >= 11 && i < 13 ? -x : x));
    expect(distance(answers(model, turned), answers(model, w))).toBeGreaterThan(1e-3);
  });
});

const orders = (n: number): number[][] =>
  n === 0
    ? [[]]
    : orders(n - 1).flatMap((order) =>
        Array.from({ length: n }, (_, at) => [...order.slice(0, at), n - 1, ...order.slice(at)]),
      );
