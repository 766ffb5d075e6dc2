import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blockOf, inBlocks } from "../../src/device/onnx/blocked/probe.ts";
import { lower } from "../../src/device/onnx/index.ts";
import { evaluateOnnx, nodeRuntime } from "../../src/device/onnx-node/index.ts";
import { type Expr, evaluate, grad, type Input, input, sizeOf } from "../../src/expr/index.ts";
import * as op from "../../src/expr/operators/index.ts";
import { activation, batchNorm, conv2d, dense, globalAverage, sequential } from "../../src/nn/index.ts";
import { programOf, training } from "../../src/objective/net/program-kinds.ts";
import { distance } from "./distance.ts";

const SEED = 20261;
const BLOCK = 16;

const block = await blockOf(await nodeRuntime());
if (block === null) console.warn("this processor's ONNX Runtime has no layout in blocks; its results are not tested");

const wave = ({ shape }: Input, start: number): Float64Array =>
  Float64Array.from({ length: sizeOf(shape) }, (_, i) => Math.fround(Math.sin(start + 1.7 * i)));

/** The worst difference between the reference and ONNX Runtime, which uses the layout. */
async function worst(outputs: readonly Expr[], inputs: readonly Input[]): Promise<number> {
  const feeds = Object.fromEntries(inputs.map((x, i) => [x.name, wave(x, i + 1)]));
  const expected = evaluate(outputs, feeds);
  const actual = await evaluateOnnx(outputs, feeds);
  return Math.max(...expected.map((value, k) => distance(value, actual[k])));
}

/** The derivatives of a sum of squares, and those of a sum of their squares: all operators' derivatives of first and second order. */
function withDerivatives(y: Expr, wrt: readonly Expr[]): Expr[] {
  const slopes = grad(op.mean(op.mul(y, y)), wrt);
  const second = grad(
    slopes.map((slope) => op.sum(op.mul(slope, slope))).reduce((a, b) => op.add(a, b)),
    wrt,
  );
  return [y, ...slopes, ...second];
}

/** The operators, without those that only lay out kernels and small tensors; internal ones with a star. */
const typesOf = (outputs: Readonly<Record<string, Expr>>): string[] =>
  lower(outputs, undefined, inBlocks(BLOCK))
    .nodes.filter(({ type }) => !["Reshape", "Transpose", "Slice"].includes(type))
    .map(({ type, domain }) => (domain === undefined ? type : `${type}*`));

describe.skipIf(block === null)("ONNX Runtime's layout in blocks agrees with the reference", () => {
  it("for convolutions of any geometry, to the second derivative", { timeout: 120_000 }, async () => {
    const setting = fc.record({
      batch: fc.constantFrom(1, 3, 16, 18),
      channels: fc.constantFrom(1, 3, 16, 32),
      outputs: fc.constantFrom(16, 32),
      image: fc.tuple(fc.integer({ min: 4, max: 7 }), fc.integer({ min: 4, max: 7 })),
      kernel: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
      stride: fc.integer({ min: 1, max: 3 }),
      padding: fc.integer({ min: 0, max: 2 }),
      dilation: fc.constantFrom(1, 1, 2),
    });
    await fc.assert(
      fc.asyncProperty(setting, async ({ batch, channels, outputs, image, kernel, ...options }) => {
        fc.pre(kernel.every((n, axis) => (n - 1) * options.dilation + 1 <= image[axis] + 2 * options.padding));
        const x = input("x", [batch, channels, ...image], "f32");
        const w = input("w", [outputs, channels, ...kernel], "f32");
        const exprs = withDerivatives(op.conv2d(x, w, options), [x, w]);
        expect(await worst(exprs, [x, w])).toBeLessThan(3e-5);
      }),
      { numRuns: 40, seed: SEED },
    );
  });

  const x = input("x", [4, 16, 6, 6], "f32");
  const w = input("w", [32, 16, 3, 3], "f32");
  const v = input("v", [32, 32, 3, 3], "f32");
  const b = input("b", [32], "f32");
  const y = op.conv2d(x, w, { padding: 1 });
  const perChannel = op.reshape(b, [32, 1, 1]);
  it.each<[string, Expr]>([
    ["a bias and relu", op.relu(op.add(y, perChannel))],
    ["a factor, a bias and a sum", op.relu(op.add(op.add(op.mul(y, perChannel), op.exp(perChannel)), op.mul(y, y)))],
    ["a factor after relu", op.mul(op.relu(op.sub(y, perChannel)), perChannel)],
    ["a sum after a sum", op.add(op.add(y, op.conv2d(x, w, { padding: 1 })), op.sin(y))],
    ["two convolutions", op.conv2d(op.relu(y), v, { padding: 1, stride: 2 })],
    ["another layout's tensor", op.conv2d(op.mul(op.concat([x, x], { axis: 1 }), y), v)],
    ["maxima", op.maxPool(op.relu(y), { kernel: 3, stride: 2, padding: 1 })],
    ["maxima apart", op.maxPool(y, { kernel: 2, dilation: 2 })],
    ["means of images", op.mul(y, op.mean(y, { axes: [2, 3], keepdims: true }))],
    ["means of channels", op.mul(y, op.mean(op.pow(y, 2), { axes: [0, 2, 3], keepdims: true }))],
    ["sums of products", op.add(op.sum(op.mul(y, op.sin(y)), { axes: [2, 3] }), b)],
    ["sums of rows", op.sum(op.mul(y, y), { axes: 3 })],
    ["values of one image", op.mul(y, op.reshape(op.slice(y, { starts: [0], ends: [1] }), [32, 6, 6]))],
    ["values of one channel", op.mul(y, op.slice(y, { starts: [0, 3], ends: [4, 4] }))],
    ["a choice", op.where(op.greater(y, perChannel), y, op.mul(0.1, y))],
    ["places where it is negative", op.add(op.lessEqual(y, 0), op.where(op.lessEqual(y, 0), 0, op.exp(y)))],
    ["groups", op.conv2d(y, op.slice(v, { starts: [0, 0], ends: [32, 16] }), { groups: 2 })],
    ["a number", op.div(op.add(1, y), 3)],
    ["float64", op.cast(op.mul(op.cast(y, "f64"), 2), "f32")],
  ])("for %s", async (_, expr) => {
    expect(await worst(withDerivatives(expr, [x, w, b]), [x, w, v, b])).toBeLessThan(3e-5);
  });
});

describe("a program in blocks", () => {
  const x = input("x", [16, 3, 8, 8], "f32");
  const w = input("w", [16, 3, 3, 3], "f32");
  const v = input("v", [16, 16, 3, 3], "f32");
  const b = input("b", [16], "f32");
  const first = op.relu(op.add(op.conv2d(x, w, { padding: 1 }), op.reshape(b, [16, 1, 1])));

  it("puts biases, sums and relu into convolutions", () => {
    expect(typesOf({ y: first })).toEqual(["Conv*", "ReorderOutput*"]);
    const block = op.relu(op.add(op.conv2d(first, v, { padding: 1 }), first));
    expect(typesOf({ y: block })).toEqual(["Conv*", "Conv*", "ReorderOutput*"]);
  });

  it("folds a normalisation by fixed means into the convolution before it", () => {
    const model = sequential([3, 8, 8], [conv2d(16, 3, { bias: false }), batchNorm(), activation("relu")]);
    const t = (name: string) => input(name, [16], "f32");
    const state = { layer2_running_mean: t("m"), layer2_running_var: t("s") };
    const weights = { layer1_weight: w, layer2_weight: t("g"), layer2_bias: t("b") };
    const mask = (): never => expect.fail();
    const { outputs } = model.forward(weights, state, x, { training: false, mask });
    expect(typesOf({ outputs }).filter((type) => type.endsWith("*"))).toEqual(["Conv*", "ReorderOutput*"]);
  });

  it("stays in blocks from the first convolution of a net's training to the last", () => {
    const norm = () => [batchNorm(), activation("relu")];
    const wide = () => [conv2d(16, 3, { padding: 1, bias: false }), ...norm()];
    const model = sequential([3, 8, 8], [...wide(), ...wide(), ...wide(), globalAverage(), dense(10)]);
    const { outputs } = programOf(training(0), { model, batch: 16, targetSize: 1, dtype: "f32" });
    const types = typesOf(outputs);
    expect(types.filter((type) => type.startsWith("Reorder"))).toEqual([]);
    expect(types).not.toContain("Where");
  });

  it("leaves other nets and other types alone", () => {
    const standard = (outputs: Readonly<Record<string, Expr>>): boolean =>
      !typesOf(outputs).some((type) => type.endsWith("*"));
    expect(standard({ y: op.relu(op.matmul(op.reshape(x, [16, 192]), input("m", [192, 5], "f32"))) })).toBe(true);
    expect(standard({ y: op.conv2d(x, input("k", [5, 3, 3, 3], "f32")) })).toBe(true);
    expect(standard({ y: op.conv2d(op.cast(x, "f64"), op.cast(w, "f64")) })).toBe(true);
  });

  it("never gets into a file", () => {
    expect(lower({ y: first }).nodes.every(({ domain }) => domain === undefined)).toBe(true);
  });
});
