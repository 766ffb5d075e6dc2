import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lower } from "../../src/device/onnx/index.ts";
import { evaluateOnnx } from "../../src/device/onnx-node/index.ts";
import { add, type DType, type Expr, evaluate, grad, input, matmul, scatterAdd, sizeOf } from "../../src/expr/index.ts";
import { operatorNames, type Sample, samplesIn, weighed } from "../expr/samples.ts";
import { distance } from "./distance.ts";

/** Fixed, so that a failure is the same the next time. */
const SEED = 20260;

/** The expression and its derivatives, which bring the operator together with many others. */
const withDerivatives = ({ expr, wrt }: Sample): Expr[] => [expr, ...grad(weighed(expr), wrt)];

const tolerances: Readonly<Record<DType, number>> = { f64: 1e-12, f32: 3e-5 };

describe.each(["f64", "f32"] as const)("in %s", (dtype) => {
  const samples = samplesIn(dtype);
  it.each(operatorNames)("%s: ONNX Runtime agrees with the reference", async (name) => {
    // A cast leaves float64, and the reference does not round.
    const tolerance = tolerances[name === "cast" ? "f32" : dtype];
    await fc.assert(
      fc.asyncProperty(samples[name], async (sample) => {
        const exprs = withDerivatives(sample);
        const expected = evaluate(exprs, sample.feeds);
        fc.pre(dtype === "f64" || expected.every(({ data }) => data.every((x) => Math.abs(x) < 1e37)));
        const actual = await evaluateOnnx(exprs, sample.feeds);
        for (const [k, value] of expected.entries()) expect(distance(value, actual[k])).toBeLessThan(tolerance);
      }),
      { numRuns: 25, seed: SEED },
    );
  });

  it("a product and a sum in one node agree with the reference", async () => {
    const length = fc.integer({ min: 1, max: 5 });
    const layers = fc.record({
      m: length,
      k: length,
      n: length,
      transposeA: fc.boolean(),
      transposeB: fc.boolean(),
      bias: fc.constantFrom("scalar", "one", "row", "wide", "column", "full"),
      seed: fc.integer(),
    });
    await fc.assert(
      fc.asyncProperty(layers, async ({ m, k, n, transposeA, transposeB, bias, seed }) => {
        const a = input("a", transposeA ? [k, m] : [m, k], dtype);
        const b = input("b", transposeB ? [n, k] : [k, n], dtype);
        const c = input(
          "c",
          { scalar: [], one: [1, 1], row: [n], wide: [1, n], column: [m, 1], full: [m, n] }[bias],
          dtype,
        );
        const y = add(matmul(a, b, { transposeA, transposeB }), c);
        const feeds = Object.fromEntries(
          [a, b, c].map(({ name, shape }, i) => [
            name,
            Array.from({ length: sizeOf(shape) }, (_, j) => Math.fround(Math.sin(seed + 10 * i + j))),
          ]),
        );
        expect(lower({ y }).nodes.map((node) => node.type)).toEqual(["Gemm"]);
        expect(distance(evaluate([y], feeds)[0], (await evaluateOnnx([y], feeds))[0])).toBeLessThan(tolerances[dtype]);
      }),
      { numRuns: 60, seed: SEED },
    );
  });
});

it("loses no update where many meet in a row, whatever the threads", async () => {
  const [count, rows, width] = [65_536, 3, 8];
  const [updates, indices] = [input("updates", [count, width], "f32"), input("indices", [count], "f32")];
  const out = scatterAdd(updates, indices, [rows, width]);
  // Its threads lost updates in one run of ten.
  expect(lower({ out }).nodes.map((node) => node.type)).not.toContain("ScatterND");
  const feeds = { updates: new Float32Array(count * width).fill(1), indices: wrapped(count, rows) };
  const [{ data }] = await evaluateOnnx([out], feeds);
  const expected = [0, 1, 2].flatMap((row) => Array(width).fill(feeds.indices.filter((at) => at === row).length));
  expect([...data]).toEqual(expected);
});

const wrapped = (count: number, rows: number): Float32Array => Float32Array.from({ length: count }, (_, i) => i % rows);
