import { describe, expect, it } from "vitest";
import { evaluateOnnx } from "../../src/device/onnx-node/index.ts";
import { fuse } from "../../src/device/wasm/index.ts";
import { evaluate, grad, hvp, input, norm } from "../../src/expr/index.ts";

const TINIEST = Number.MIN_VALUE;

/** Numbers, their norm and its gradient: multiples of 3, 4 and 5, and what overflows, vanishes or is not a number. */
const cases: readonly (readonly [number[], number, number[]])[] = [
  [[3, 4], 5, [0.6, 0.8]],
  [[3e200, 4e200], 5e200, [0.6, 0.8]],
  [[3e-200, -4e-200], 5e-200, [0.6, -0.8]],
  [[3e307, 4e307], 5e307, [0.6, 0.8]],
  [[3 * TINIEST, 4 * TINIEST], 5 * TINIEST, [0.6, 0.8]],
  [[2e175, 1e-200], 2e175, [1, 0]],
  [[1e155, 1], 1e155, [1, 1e-155]],
  [[0, 0], 0, [0, 0]],
  [[Number.POSITIVE_INFINITY, 1], Number.POSITIVE_INFINITY, [Number.NaN, 0]],
  [[1, Number.NaN], Number.NaN, [Number.NaN, Number.NaN]],
];

function fused(x: readonly number[]): number[] {
  const vector = input("x", [x.length]);
  const length = norm(vector);
  const [slopes] = grad(length, [vector]);
  const kernel = fuse({ dtype: "f64", vectors: ["x"], scalars: [], outputs: { length, slopes } });
  const scalars = new Float64Array(1);
  const result = new Float64Array(x.length);
  kernel.run({ x: Float64Array.from(x), slopes: result }, scalars);
  return [scalars[0], ...result];
}

const close = (actual: readonly number[], wanted: readonly number[]): void => {
  for (const [i, x] of wanted.entries())
    if (Number.isFinite(x) && x !== 0) expect(Math.abs(actual[i] / x - 1)).toBeLessThan(4e-16);
    else expect(Math.abs(actual[i])).toBe(Math.abs(x));
};

describe("the norm keeps its digits over the whole range of float64", () => {
  it.each(cases)("‖%j‖ = %d, with the gradient %j", async (x, length, slopes) => {
    const vector = input("x", [x.length]);
    const exprs = [norm(vector), ...grad(norm(vector), [vector])];
    const wanted = [length, ...slopes];
    close(
      evaluate(exprs, { x }).flatMap(({ data }) => [...data]),
      wanted,
    );
    close(
      (await evaluateOnnx(exprs, { x })).flatMap(({ data }) => [...data]),
      wanted,
    );
    close(fused(x), wanted);
  });

  it("along an axis, each group by itself", async () => {
    const x = input("x", [3, 2]);
    const feeds = { x: [3e200, 4e200, 0, 0, 3e-200, 4e-200] };
    for (const keepdims of [false, true]) {
      const lengths = norm(x, { axes: 1, keepdims });
      for (const { shape, data } of [evaluate([lengths], feeds)[0], (await evaluateOnnx([lengths], feeds))[0]]) {
        expect(shape).toEqual(keepdims ? [3, 1] : [3]);
        close([...data], [5e200, 0, 5e-200]);
      }
    }
  });

  it("of float32 elements whose squares are out of float32's range", async () => {
    const x = input("x", [2], "f32");
    for (const size of [1e30, 1e-30]) {
      const [{ data }] = await evaluateOnnx([norm(x)], { x: [3 * size, 4 * size] });
      expect(Math.abs(data[0] / (5 * size) - 1)).toBeLessThan(3e-7);
    }
  });

  it("has derivatives of 0 at 0, the second, too", () => {
    const x = input("x", [2]);
    const v = input("v", [2]);
    expect([...evaluate(hvp(norm(x), [x], [v]), { x: [0, 0], v: [1, 2] })[0].data]).toEqual([0, 0]);
  });
});
