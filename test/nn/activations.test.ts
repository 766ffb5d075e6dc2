import { describe, expect, it } from "vitest";
import { moons } from "../../src/data/index.ts";
import { evaluateOnnx } from "../../src/device/onnx-node/index.ts";
import * as op from "../../src/expr/index.ts";
import { type Expr, evaluate, grad, input } from "../../src/expr/index.ts";
import { type ActivationName, activationNames, mlp } from "../../src/nn/index.ts";
import { gradientDescent } from "../../src/optimizers/index.ts";
import { lbfgs } from "../../src/solvers/index.ts";
import { train } from "../../src/train/node/train.ts";

const data = moons({ count: 40, seed: 3 });

type Settings = readonly [dtype: "f32" | "f64", optimizer: "rule" | "solver"];

/** The validation loss after two epochs of a rule, or two iterations of a solver. */
async function trained(activation: ActivationName, [dtype, optimizer]: Settings, backend: "onnx" | "reference") {
  const common = { model: mlp([2, 3, 3, 2], { activation }), data, dtype, seed: 1, epochs: 2, backend };
  const events =
    optimizer === "rule"
      ? train({ ...common, optimizer: gradientDescent({ lr: 0.1 }), batchSize: 20 })
      : train({ ...common, optimizer: lbfgs() });
  let loss = Number.NaN;
  for await (const event of events) if (event.kind === "epoch") loss = event.validation.loss;
  return loss;
}

describe.each(activationNames)("a net of %s trains", (activation) => {
  it.each<Settings>([
    ["f32", "rule"],
    ["f32", "solver"],
    ["f64", "rule"],
    ["f64", "solver"],
  ])("in %s by a %s, in ONNX Runtime as in the reference", async (...settings) => {
    const expected = await trained(activation, settings, "reference");
    const actual = await trained(activation, settings, "onnx");
    expect(expected).toBeLessThan(1);
    expect(Math.abs(actual / expected - 1)).toBeLessThan(settings[0] === "f64" ? 1e-9 : 1e-4);
  });
});

/** Shapes that ONNX Runtime knows fused operators for, most of them in float32 only. */
const patterns: Readonly<Record<string, (x: Expr) => Expr>> = {
  silu: (x) => op.mul(x, op.sigmoid(x)),
  "silu, factors swapped": (x) => op.mul(op.sigmoid(x), x),
  "quick GELU": (x) => op.mul(x, op.sigmoid(op.mul(1.702, x))),
  "gated by another": (x) => op.mul(op.mul(2, x), op.sigmoid(op.mul(2, x))),
  GELU: (x) => op.mul(op.mul(0.5, x), op.add(1, op.erf(op.div(x, Math.SQRT2)))),
  "GELU by tanh": (x) =>
    op.mul(op.mul(0.5, x), op.add(1, op.tanh(op.mul(0.7978845608, op.add(x, op.mul(0.044715, op.pow(x, 3))))))),
  "an arctangent of relu": (x) => op.atan(op.relu(x)),
  "relu, clipped": (x) => op.clip(op.relu(x), 0.1, 0.4),
  mish: (x) => op.mul(x, op.tanh(op.softplus(x))),
  "layer normalisation": (x) => {
    const centred = op.sub(x, op.mean(x, { axes: -1, keepdims: true }));
    return op.div(centred, op.sqrt(op.add(op.mean(op.pow(centred, 2), { axes: -1, keepdims: true }), 1e-5)));
  },
  "RMS normalisation": (x) => op.div(x, op.sqrt(op.add(op.mean(op.pow(x, 2), { axes: -1, keepdims: true }), 1e-5))),
  "a scaled product": (x) => op.mul(0.125, op.matmul(x, x, { transposeB: true })),
  "a product, a bias and relu": (x) => op.relu(op.add(op.matmul(x, x, { transposeB: true }), 1)),
  "attention's weights": (x) => op.softmax(op.div(op.matmul(x, x, { transposeB: true }), 2)),
};

describe.each(["f32", "f64"] as const)("in %s", (dtype) => {
  it.each(Object.keys(patterns))("%s and its gradient run", async (name) => {
    const x = input("x", [4, 4], dtype);
    const y = patterns[name](x);
    const exprs = [y, ...grad(op.sum(op.pow(y, 2)), [x])];
    const feeds = { x: Array.from({ length: 16 }, (_, i) => 2 * Math.sin(3 * i)) };
    const actual = await evaluateOnnx(exprs, feeds);
    for (const [k, { data }] of evaluate(exprs, feeds).entries())
      for (const [i, value] of data.entries())
        expect(Math.abs(actual[k].data[i] - value)).toBeLessThan(dtype === "f64" ? 1e-12 : 1e-4);
  });

  it("a gate in float64 between float32 ends runs", async () => {
    const x = input("x", [4], "f32");
    const wide = op.cast(x, "f64");
    const y = op.cast(op.mul(wide, op.sigmoid(wide)), dtype);
    const [{ data }] = await evaluateOnnx([y], { x: [-1, 0, 1, 2] });
    expect(data[2]).toBeCloseTo(1 / (1 + Math.exp(-1)), 6);
  });
});
