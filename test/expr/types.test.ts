import { describe, expect, it } from "vitest";
import { moons } from "../../src/data/index.ts";
import { evaluateOnnx } from "../../src/device/onnx-node/index.ts";
import { constant, type Expr, grad, input, parseExpression, vjp } from "../../src/expr/index.ts";
import * as op from "../../src/expr/operators/index.ts";
import { type Loss, mlp } from "../../src/nn/index.ts";
import { adam } from "../../src/optimizers/index.ts";
import { lbfgs } from "../../src/solvers/index.ts";
import { train } from "../../src/train/node/train.ts";

const x = input("x", [2], "f32");
const wide = input("y", [2]);
const list = constant([1, 20]);

describe("constants without a type", () => {
  it.each<[string, Expr]>([
    ["a product", op.mul(x, list)],
    ["a product the other way round", op.mul(list, x)],
    ["computed from constants alone", op.mul(x, op.div(op.sqrt(list), op.sum(list)))],
    ["a number computed from numbers", op.mul(x, op.sqrt(2))],
    [
      "a matrix",
      op.matmul(
        x,
        constant([
          [1, 2],
          [3, 4],
        ]),
      ),
    ],
    ["joined", op.concat([list, x])],
    ["a choice", op.where(constant([1, 0]), x, list)],
    ["a choice by a comparison of constants", op.where(op.greater(list, 2), x, 0)],
    ["a table", op.gather(list, op.argmax(x))],
    ["as text", parseExpression("x*[1, 20]/sum([1, 20]) + sqrt(2)", { x })],
    ["their derivative", grad(op.dot(op.pow(x, 2), list), [x])[0]],
    ["an adjoint", vjp(op.add(x, 1), list, [x])[0]],
  ])("take float32 from what they meet: %s", (_, expr) => {
    expect(expr.dtype).toBe("f32");
    expect(leaves(expr).every(({ dtype }) => dtype === "f32")).toBe(true);
  });

  it("are float64 beside float64 and by themselves, and with a type they keep it", () => {
    for (const expr of [list, op.sqrt(list), op.add(list, 1), op.mul(wide, list), op.mul(op.add(x, wide), list)])
      expect(expr.dtype).toBe("f64");
    expect(op.mul(x, constant([1, 20], "f64")).dtype).toBe("f64");
    expect(op.mul(x, op.cast(list, "f64")).dtype).toBe("f64");
    expect(op.mul(x, op.cast(op.sqrt(list), "f64")).dtype).toBe("f64");
    expect(op.mul(wide, constant([1, 20], "f32")).dtype).toBe("f64");
    expect(parseExpression("x*f64([1, 20])", { x }).dtype).toBe("f64");
  });

  it("have the value that they have in float64, rounded", async () => {
    const [{ data }] = await evaluateOnnx([op.mul(x, op.sqrt(list))], { x: [3, 5] });
    expect(data[1]).toBe(Math.fround(5 * Math.fround(Math.sqrt(20))));
  });
});

const leaves = (expr: Expr): Expr[] => (expr.kind === "apply" ? expr.inputs.flatMap(leaves) : [expr]);

describe("a loss with class weights trains nets of both types", () => {
  const weighted = (weights: Expr): Loss => ({
    name: "weighted",
    value: (logits, labels) => {
      const picked = op.mul(op.oneHot(labels, 2), weights);
      return op.neg(op.div(op.dot(picked, op.logSoftmax(logits)), logits.shape[0]));
    },
  });
  const data = moons({ count: 40, seed: 1 });

  it.each([
    ["without a type", list, "f32"],
    ["without a type", list, "f64"],
    ["in float64", constant([1, 20], "f64"), "f32"],
    ["in float32", constant([1, 20], "f32"), "f64"],
  ] as const)("weights %s", async (_, weights, dtype) => {
    const model = mlp([2, 4, 2], { loss: weighted(weights) });
    for (const backend of ["onnx", "reference"] as const) {
      for await (const event of train({ model, data, dtype, backend, optimizer: adam(), epochs: 1, batchSize: 20 }))
        if (event.kind === "end") expect(event.outcome.kind).toBe("completed");
      for await (const event of train({ model, data, dtype, backend, optimizer: lbfgs(), epochs: 2 }))
        if (event.kind === "epoch") expect(event.train.loss).toBeLessThan(10);
    }
  });
});
