import fc from "fast-check";
import { expect, it } from "vitest";
import { fuse, isFusable } from "../../../src/device/wasm/index.ts";
import { evaluate, input, type NDArray, pow } from "../../../src/expr/index.ts";
import { operatorNames, type Sample, samples } from "../../expr/samples.ts";

const isTensor = ({ shape }: NDArray): boolean => shape.length > 0;

/** The sample's expression as a kernel computes it from the sample's numbers. */
function fused({ expr, feeds }: Sample): Float64Array {
  const names = Object.keys(feeds);
  const [vectors, scalars] = [true, false].map((kind) => names.filter((name) => isTensor(feeds[name]) === kind));
  const kernel = fuse({ dtype: "f64", vectors, scalars, outputs: { y: expr } });
  const arrays = Object.fromEntries(vectors.map((name) => [name, feeds[name].data.slice()]));
  const values = Float64Array.from(kernel.scalars, (name) => feeds[name]?.data[0] ?? 0);
  if (expr.shape.length === 0) {
    kernel.run(arrays, values);
    return values.subarray(kernel.scalars.indexOf("y")).slice(0, 1);
  }
  const y = new Float64Array(evaluate([expr], feeds)[0].data.length);
  kernel.run({ ...arrays, y }, values);
  return y;
}

/** Operators that give one number from many: those are summed in another order. */
const totals = ["sum", "mean", "norm", "maxOf", "dot", "sumTo"];
/** Operators that are no loop's work, but for a shape now and then with which they do nothing. */
const elsewhere = [
  ...["logSumExp", "argmax", "softmax", "logSoftmax", "matmul", "transpose", "slice", "pad", "concat"],
  ...["gather", "scatterAdd", "oneHot"],
  ...["conv2d", "conv2dImages", "conv2dKernels", "maxPool", "averagePool", "atMaxima", "toMaxima"],
];

it.each(operatorNames)("%s agrees with the reference to the last bit, or is refused", (name) => {
  let agreed = 0;
  fc.assert(
    fc.property(samples[name], (sample) => {
      if (!isFusable({ y: sample.expr })) {
        expect(() => fused(sample)).toThrow(/^fuse: .* (unlike|not element-wise)/);
        return;
      }
      const [{ data }] = evaluate([sample.expr], sample.feeds);
      const actual = fused(sample);
      if (!totals.includes(name)) expect(actual).toEqual(data);
      else for (const [i, x] of data.entries()) expect(actual[i]).toBeCloseTo(x, 12);
      agreed++;
    }),
    { numRuns: 60, seed: 4 },
  );
  if (!elsewhere.includes(name)) expect(agreed).toBeGreaterThan(10);
});

it("powers agree with the reference at the ends of both scales, and at 1 and −1", () => {
  const ends = [
    0,
    0.5,
    1,
    1 - 2 ** -24,
    1 + 2 ** -23,
    2,
    3,
    2 ** 53,
    2 ** 53 - 1,
    2 ** 100,
    2 ** 127,
    Number.POSITIVE_INFINITY,
  ];
  const numbers = [...ends.flatMap((x) => [x, -x]), Number.NaN];
  const a = Float64Array.from(numbers.flatMap((x) => numbers.map(() => x)));
  const b = Float64Array.from(numbers.flatMap(() => numbers));
  const [x, y] = [input("x", [a.length]), input("y", [a.length])];
  const [{ data }] = evaluate([pow(x, y)], { x: a, y: b });
  const powers = { x: a, y: b, power: new Float64Array(a.length) };
  fuse({ dtype: "f64", vectors: ["x", "y"], scalars: [], outputs: { power: pow(x, y) } }).run(
    powers,
    new Float64Array(),
  );
  expect(powers.power).toEqual(data);
  const narrow = { x: Float32Array.from(a), y: Float32Array.from(b), power: new Float32Array(a.length) };
  fuse({ dtype: "f32", vectors: ["x", "y"], scalars: [], outputs: { power: pow(x, y) } }).run(
    narrow,
    new Float64Array(),
  );
  expect(narrow.power).toEqual(Float32Array.from(evaluate([pow(x, y)], { x: narrow.x, y: narrow.y })[0].data));
});
