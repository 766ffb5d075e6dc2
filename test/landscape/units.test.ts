import { describe, expect, it } from "vitest";
import { constant, type Expr, input } from "../../src/expr/node.ts";
import { add, matmul, mul, softmax, softplus, sub, tanh } from "../../src/expr/operators/index.ts";
import { drawRearrangements, equalPoints, hiddenLayers, rearrange } from "../../src/landscape/index.ts";
import { parityOf } from "../../src/landscape/parity.ts";
import {
  type ActivationName,
  activations,
  dense,
  dropout,
  flatten,
  functionModel,
  initializers,
  type LayerBuilder,
  type Model,
  meanSquaredError,
  mlp,
  sequential,
  softmaxRegression,
} from "../../src/nn/index.ts";
import { Random } from "../../src/random/index.ts";
import { distance } from "../linalg/matrices.ts";
import { answers, parametersOf } from "./nets.ts";

const names = Object.keys(activations).filter((name): name is ActivationName => name in activations);

describe("parity", () => {
  it("is what the functions' values say", () => {
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
  it("tells where a chain's units stand in w", () => {
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

  it("takes functions of one's own that are such chains", () => {
    const model = net({ ...square, b: [2] }, ({ U, V, b }, x) => matmul(tanh(add(b, matmul(x, U))), V));
    expect(hiddenLayers(model)).toMatchObject([{ units: 2, odd: true, incoming: { biases: 8 } }]);
  });

  const hidden: Form = ({ U }, x) => tanh(matmul(x, U));
  const refused: readonly (readonly [what: string, shapes: Shapes, form: Form, reason: string])[] = [
    ["other parameters", { ...square, s: [2] }, (w, x) => matmul(mul(hidden(w, x), w.s), w.V), "s is of another kind"],
    ["unused parameters", { ...square, s: [2] }, (w, x) => matmul(hidden(w, x), w.V), "s is of another kind"],
    ["weights used twice", square, (w, x) => matmul(tanh(matmul(hidden(w, x), w.U)), w.V), "U is used twice"],
    ["shortcuts", square, (w, x) => matmul(add(hidden(w, x), x), w.V), "a connection skips a layer"],
    [
      "numbers that tell units apart",
      square,
      (w, x) => matmul(mul(hidden(w, x), constant([1, 2])), w.V),
      "numbers of shape [2] between two layers may treat units differently",
    ],
    [
      "operators that mix units",
      square,
      (w, x) => matmul(softmax(hidden(w, x)), w.V),
      "softmax between two layers may treat units differently",
    ],
  ];

  it.each(refused)("refuses %s", (_, shapes, form, reason) => {
    const message = `net: units can change places in a chain of dense layers; ${reason}`;
    expect(() => hiddenLayers(net(shapes, form))).toThrow(new TypeError(message));
  });
});

type Shapes = Readonly<Record<string, readonly number[]>>;
type Form = (w: Readonly<Record<string, Expr>>, x: Expr) => Expr;
const square = { U: [2, 2], V: [2, 2] } as const;

/** A function of two inputs with normal weights of these shapes. */
const net = (shapes: Shapes, predict: Form): Model =>
  functionModel({
    name: "net",
    inputShape: [2],
    parameters: Object.entries(shapes).map(([name, shape]) => ({ name, shape, initialize: initializers.normal() })),
    loss: meanSquaredError,
    predict,
  });

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

  it("turns signs to the last bit", () => {
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

  it("refuses what is no rearrangement, or changes what the net computes", () => {
    const model = mlp([2, 3, 2]);
    const w = parametersOf(model);
    expect(() => rearrange(model, w, [])).toThrow("0 rearrangements for 1 hidden layers");
    expect(() => rearrange(model, w, [{ from: [0, 1, 1] }])).toThrow("each unit from 0 to 2 is needed once");
    expect(() => rearrange(model, w, [{ from: [0, 1] }])).toThrow("each unit from 0 to 2 is needed once");
    expect(() => rearrange(model, w, [{ from: [0, 1, 2], signs: [1, 2, 1] }])).toThrow("each 1 or −1");
    expect(() => rearrange(model, w, [{ from: [0, 1, 2], signs: [1, -1, 1] }])).toThrow("the activation is not odd");
    expect(() => rearrange(model, w.subarray(1), [{ from: [0, 1, 2] }])).toThrow("w has 16 numbers; the model has 17");
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
