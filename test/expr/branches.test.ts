import { describe, expect, it } from "vitest";
import { lower } from "../../src/device/onnx/index.ts";
import { evaluateOnnx } from "../../src/device/onnx-node/index.ts";
import { fuse, isFusable } from "../../src/device/wasm/index.ts";
import { add, constant, type Expr, evaluate, grad, hvp, input, jvp, parseExpression } from "../../src/expr/index.ts";
import * as op from "../../src/expr/operators/index.ts";
import { mlp } from "../../src/nn/index.ts";
import { programOf, training } from "../../src/objective/net/program-kinds.ts";

const x = input("x");

/** A formula, a place, and its first and second derivatives there in closed form: those of the branch that is taken. */
const cases: readonly (readonly [text: string, at: number, slope: number, curvature: number])[] = [
  ["where(x > 0, sqrt(x), x^2)", -1, -2, 2],
  ["where(x > 0, sqrt(x), x^2)", 0, 0, 2],
  ["where(x <= 0, exp(x), (x - 1)^2)", 800, 1598, 2],
  ["where(x > 0, x, exp(x) - 1)", 5000, 1, 0],
  ["where(x > 0, x, 3*exp(x)^2/7)", 5000, 1, 0],
  ["where(x > 0, where(x > 1, log(x - 1), sqrt(x)), x^3)", -2, 12, -12],
  ["where(x > 0, 1, 2)*where(x > 1, log(x - 1), x^2)", -2, -8, 4],
  // A part that is used inside the dead branch and outside of it.
  ["where(x > 3, log(x - 3) + sqrt(x), 1) + sqrt(x)", 1, 0.5, -0.25],
  ["where(x > 0, sqrt(x), 1) + where(x > 1, 5*sqrt(x), x)", 0, 1, 0],
  ["where(x > 0, sqrt(x), 0) + where(x > 0, x, 2*sqrt(x)*0 + x)", 4, 1.25, -1 / 32],
  // Branches that min, max, relu and the largest of a list make.
  ["min(x, exp(x))", 800, 1, 0],
  ["max(x, -exp(-x))", -800, 1, 0],
  ["max(x^2, -exp(x))", 800, 1600, 2],
  ["relu(1 - exp(x)) + x^2", 800, 1600, 2],
  ["min(max(exp(x), 0), 3)", 800, 0, 0],
  ["maxOf(concat(reshape(sqrt(x), shape=[1]), reshape(x + 4, shape=[1])))", 0, 1, 0],
  ["where(abs(x) < 1, log(1 - x^2), abs(x))", -3, -1, 0],
  // Vectors and reductions inside of branches, and a number among vectors.
  ["sum(where(x > 0, sqrt(x)*[1, 2], x^2))", -1, -4, 4],
  ["sum(where([1, -1] > 0, [2, 3]*x^2, [nan, 1]*x))", -1, -3, 4],
  ["sum(where([-1, -1] > 0, [2, 3]*sqrt(x), x^2))", 0, 0, 4],
  ["where(x > 0, norm([1, 2]*log(x)), x^2)", -1, -2, 2],
  ["where(x > 0, mean(exp([800, 2]*x)), x^2)", -1, -2, 2],
  ["where(x < 0, logSumExp([1, 3]*exp(x)), x^2)", 800, 1600, 2],
  ["where(x > 0, sum(softmax([1, 2]*log(x))*[1, 3]), x^2)", -1, -2, 2],
  ["where(x > 0, sum(matmul([[1, 2], [3, 4]], [1, 2]*log(x))), x^2)", -1, -2, 2],
];

const derivatives = (f: Expr): Expr[] => {
  const one = constant(1);
  const [slope] = grad(f, [x]);
  return [slope, jvp(f, [x], [one]), hvp(f, [x], [one])[0], grad(slope, [x])[0]];
};

describe("a branch that is not taken has no derivative, whatever it would be", () => {
  it.each(cases)("%s at %d", async (text, at, slope, curvature) => {
    const exprs = derivatives(parseExpression(text, { x }));
    const wanted = [slope, slope, curvature, curvature];
    const near = (actual: readonly number[]) => {
      for (const [i, number] of wanted.entries()) expect(actual[i]).toBeCloseTo(number, 12);
    };
    near(evaluate(exprs, { x: at }).map(({ data }) => data[0]));
    near((await evaluateOnnx(exprs, { x: at })).map(({ data }) => data[0]));
    const outputs = Object.fromEntries(exprs.map((expr, i) => [`d${i}`, expr]));
    if (!isFusable(outputs)) return;
    const scalars = Float64Array.of(at, 0, 0, 0, 0);
    fuse({ dtype: "f64", vectors: [], scalars: ["x"], outputs }).run({}, scalars);
    near([...scalars.slice(1)]);
  });

  it("in vectors, element by element, in all three ways to compute and both types", async () => {
    const at = [-4, 0, 4, 5000];
    for (const dtype of ["f64", "f32"] as const) {
      const v = input("v", [4], dtype);
      const f = op.sum(op.where(op.greater(v, 0), op.sqrt(v), op.sub(op.exp(op.neg(op.mul(v, v))), op.mul(2, v))));
      const [slopes] = grad(f, [v]);
      const wanted = [8 * Math.exp(-16) - 2, -2, 0.25, 0.5 / Math.sqrt(5000)];
      const memory = dtype === "f64" ? new Float64Array(4) : new Float32Array(4);
      const vectors = { v: memory.map((_, i) => at[i]), slopes: memory };
      fuse({ dtype, vectors: ["v"], scalars: [], outputs: { slopes } }).run(vectors, new Float64Array(0));
      const results = [
        evaluate([slopes], { v: at })[0].data,
        (await evaluateOnnx([slopes], { v: at }))[0].data,
        memory,
      ];
      for (const data of results) for (const [i, slope] of wanted.entries()) expect(data[i]).toBeCloseTo(slope, 6);
    }
  });

  it("but NaN stays where it counts", () => {
    for (const text of ["relu(x)", "max(x, 1)", "max(1, x)", "min(x, 1)", "maxOf(x*[1, 2])", "where(x > 0, 1, x)"]) {
      const [slope] = grad(parseExpression(`x*${text}`, { x }), [x]);
      expect(evaluate([slope], { x: Number.NaN })[0].data[0]).toBeNaN();
    }
    expect(evaluate(grad(op.relu(x), [x]), { x: Number.NaN })[0].data[0]).toBe(1);
    expect(
      evaluate(grad(parseExpression("where(x > 0, sqrt(x - 1), x)", { x }), [x]), { x: 0.5 })[0].data[0],
    ).toBeNaN();
  });
});

describe("nets take no extra nodes for it", () => {
  it.each([
    ["relu", 1],
    ["leaky-relu", 3],
  ] as const)(
    "the gradient of a hidden layer of %s has %d choices a layer, those of its definition",
    (activation, count) => {
      const model = mlp([8, 6, 6, 3], { activation, dropout: 0.2 });
      const { nodes } = lower(programOf(training(0), { model, batch: 4, targetSize: 1, dtype: "f32" }).outputs);
      expect(nodes.filter(({ type }) => type === "Where")).toHaveLength(2 * count);
    },
  );

  it("a choice between finite multiples is not guarded", () => {
    const v = input("v", [3]);
    const leaky = op.where(op.greater(v, 0), op.neg(op.div(v, 4)), add(op.mul(0.1, v), 1));
    const [slopes] = grad(op.sum(op.mul(3, op.reshape(leaky, [3, 1]))), [v]);
    const { nodes } = lower({ slopes });
    expect(nodes.filter(({ type }) => type === "Where")).toHaveLength(2);
  });
});
