import { describe, expect, it } from "vitest";
import { lower } from "../../src/device/onnx/index.ts";
import { threadsFor } from "../../src/device/onnx/work.ts";
import * as op from "../../src/expr/index.ts";
import { constant, type Expr, grad, input } from "../../src/expr/index.ts";

const typesOf = (outputs: Record<string, Expr>): string[] => lower(outputs).nodes.map((node) => node.type);

const x = input("x", [4, 3], "f32");
const w = input("w", [3, 2], "f32");
const b = input("b", [2], "f32");

describe("lowering", () => {
  it("makes one Gemm of a product and a sum", () => {
    expect(typesOf({ y: op.add(op.matmul(x, w), b) })).toEqual(["Gemm"]);
    expect(typesOf({ y: op.add(b, op.matmul(x, w)) })).toEqual(["Gemm"]);
    expect(typesOf({ y: op.add(op.matmul(x, w), op.matmul(x, op.mul(w, 2))) })).toEqual(["Mul", "Gemm", "Gemm"]);
  });

  it("leaves a product alone that is used elsewhere, or broadcast", () => {
    const product = op.matmul(x, w);
    expect(typesOf({ product, y: op.add(product, b) })).toEqual(["Gemm", "Add"]);
    expect(typesOf({ y: op.add(product, input("t", [5, 4, 2], "f32")) })).toEqual(["Gemm", "Add"]);
  });

  it("keeps booleans until a number is needed", () => {
    const [d] = grad(op.sum(op.mul(op.relu(x), x)), [x]);
    expect(typesOf({ d })).not.toContain("Cast");
    expect(typesOf({ y: op.mul(op.greater(x, 0), x) })).toEqual(["Greater", "Cast", "Mul"]);
    const truth = op.notEqual(x, 0);
    expect(typesOf({ y: op.where(truth, x, 1), z: op.add(truth, x), u: op.sub(truth, x) })).toEqual([
      "Equal",
      "Not",
      "Where",
      "Cast",
      "Add",
      "Sub",
    ]);
  });

  it("adds no Expand where operators broadcast by themselves", () => {
    const loss = op.mean(op.pow(op.sub(op.matmul(x, w), input("y", [4, 2], "f32")), 2));
    const [dw] = grad(loss, [w]);
    expect(typesOf({ loss, dw })).not.toContain("Expand");
    expect(typesOf({ d: grad(op.sum(x), [x])[0] })).toEqual(["Expand"]);
    const stretched = op.broadcastTo(b, [4, 2]);
    expect(typesOf({ y: op.matmul(op.exp(op.neg(stretched)), w, { transposeB: true }) })).toEqual([
      "Neg",
      "Exp",
      "Expand",
      "Gemm",
    ]);
  });

  it("keeps equal constants once", () => {
    const table = Float64Array.from({ length: 20 }, (_, k) => k);
    const tall = constant(table, "f32", [20, 1]);
    const wide = constant(table, "f32", [1, 20]);
    const { initializers } = lower({ y: op.add(op.add(tall, wide), op.add(op.mul(wide, 0.5), op.mul(tall, 0.5))) });
    expect(initializers.map(({ shape }) => shape)).toEqual([[20, 1], [1, 20], []]);
  });

  it("multiplies whole powers out", () => {
    expect(typesOf({ y: op.pow(x, 2) })).toEqual(["Mul"]);
    expect(typesOf({ y: op.pow(x, 7) })).toEqual(["Mul", "Mul", "Mul", "Mul"]);
    expect(typesOf({ y: op.pow(x, -1) })).toEqual(["Div"]);
  });

  it("reshapes once, from the first shape, and not where nothing changes", () => {
    const rows = op.reshape(op.exp(x), [12]);
    expect(typesOf({ y: op.neg(op.reshape(rows, [2, 6])) })).toEqual(["Exp", "Reshape", "Neg"]);
    expect(typesOf({ y: op.neg(op.reshape(rows, [4, 3])) })).toEqual(["Exp", "Neg"]);
    expect(typesOf({ rows, y: op.reshape(rows, [4, 3]) })).toEqual(["Exp", "Reshape"]);
  });

  it("computes equal nodes of different expressions once", () => {
    const images = input("images", [2, 3, 5, 5], "f32");
    const kernels = input("kernels", [4, 3, 3, 3], "f32");
    const types = typesOf({ d: grad(op.sum(op.pow(op.conv2d(images, kernels), 2)), [kernels])[0] });
    const { nodes } = lower({ d: grad(op.sum(op.pow(op.conv2d(images, kernels), 2)), [kernels])[0] });
    const keys = nodes.map(({ type, inputs, attributes }) => JSON.stringify([type, inputs, attributes]));
    expect(types.length).toBeGreaterThan(5);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("finds names that no input and no output has", () => {
    const odd = lower({ Add_1: op.add(input("Add_2", [2]), op.add(input("constant_1", [2]), 3)) });
    const names = [
      ...odd.inputs.map((port) => port.name),
      ...odd.initializers.map((tensor) => tensor.name),
      ...odd.nodes.map((node) => node.output),
    ];
    expect(new Set(names).size).toBe(names.length);
    expect(odd.nodes.at(-1)?.output).toBe("Add_1");
  });

  it("counts elementary operations, by which threads are chosen", () => {
    expect(lower({ y: op.relu(op.matmul(x, w)) }).work).toBe(2 * 4 * 3 * 2 + 4 * 2);
    expect(lower({ y: op.matmul(x, x, { transposeA: true }) }).work).toBe(2 * 3 * 4 * 3);
    expect([0, 1e6, 6e7, 1e12].map((work) => threadsFor(work, 8))).toEqual([1, 1, 2, 8]);
  });
});
