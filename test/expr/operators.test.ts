import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Expr, NDArray } from "../../src/expr/index.ts";
import { constant, evaluate, evaluateScalar, grad, input } from "../../src/expr/index.ts";
import * as op from "../../src/expr/operators/index.ts";

const numbers = (expr: Expr): number[] => [...evaluate([expr])[0].data];

describe("broadcasting", () => {
  it("adds a column and a row as an outer sum", () => {
    const sum = op.add(constant([[1], [2], [3]]), constant([10, 20]));
    expect(sum.shape).toEqual([3, 2]);
    expect(numbers(sum)).toEqual([11, 21, 12, 22, 13, 23]);
  });

  it("follows the closed form of aligned indices for every pair of shapes", () => {
    const axes = fc.array(fc.record({ length: fc.integer({ min: 1, max: 4 }), a: fc.boolean(), b: fc.boolean() }), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(axes, (all) => {
        const shape = all.map(({ length, a, b }) => (a || b ? length : 1));
        const [x, y] = [(k: number) => all[k].a, (k: number) => all[k].b].map((keeps) =>
          counting(shape.map((length, k) => (keeps(k) ? length : 1))),
        );
        const product = numbers(op.sub(op.mul(constant(x), 1000), constant(y)));
        const wanted = indicesOf(shape).map((index) => at(x, index) * 1000 - at(y, index));
        expect(product).toEqual(wanted);
      }),
    );
  });

  it("names both shapes where they don't fit", () => {
    expect(() => op.add(input("a", [2, 3]), input("b", [4]))).toThrow(/add: .*\[2, 3\] and \[4\]/);
    expect(() => op.where(input("c", [2]), input("a", [3]), 0)).toThrow(/where: .*\[2\] and \[3\] and \[\]/);
  });
});

/** 1, 2, 3, … in a shape. */
const counting = (shape: readonly number[]): NDArray => ({
  shape,
  data: Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i + 1),
});

const indicesOf = (shape: readonly number[]): number[][] =>
  shape.reduce<number[][]>(
    (all, length) => all.flatMap((index) => Array.from({ length }, (_, i) => [...index, i])),
    [[]],
  );

/** The number at an index of the stretched array. */
const at = ({ shape, data }: NDArray, index: readonly number[]): number =>
  data[index.reduce((offset, i, k) => offset * shape[k] + (shape[k] === 1 ? 0 : i), 0)];

describe("shape errors", () => {
  const x = input("x", [2, 3]);
  it.each<[string, () => Expr, RegExp]>([
    ["matmul", () => op.matmul(x, input("y", [4, 5])), /matmul: the shapes \[2, 3\] and \[4, 5\].*3 columns.*4 rows/],
    ["matmul of a scalar", () => op.matmul(x, input("s")), /matmul: the shapes are \[2, 3\] and \[\]/],
    ["matmul's batches", () => op.matmul(input("a", [2, 3, 3]), input("b", [4, 3, 3])), /matmul: .*\[2\] and \[4\]/],
    ["reshape", () => op.reshape(x, [4, -1]), /reshape: \[2, 3\] holds 6 elements.*\[4, -1\]/],
    ["broadcastTo", () => op.broadcastTo(x, [3, 3]), /broadcastTo: .*\[2, 3\] and \[3, 3\]/],
    ["broadcastTo less", () => op.broadcastTo(x, [3]), /broadcastTo: \[2, 3\] does not broadcast to \[3\]/],
    ["broadcastTo a negative length", () => op.broadcastTo(input("s"), [-1]), /shape \[-1\]/],
    ["concat", () => op.concat([x, input("y", [2, 4])], { axis: 0 }), /concat: the shapes \[2, 3\], \[2, 4\].*axis 0/],
    ["transpose", () => op.transpose(x, { axes: [0, 0] }), /transpose: axes \[0, 0\].*\[2, 3\]/],
    ["slice", () => op.slice(x, { starts: [1], ends: [5] }), /slice: 1 to 5.*axis 0 of \[2, 3\]/],
    ["slice between indices", () => op.slice(x, { starts: [0.5], ends: [1] }), /slice: 0.5 to 1.*axis 0/],
    ["pad", () => op.pad(x, { before: [1], after: [0, 0] }), /pad: 1 before and 2 after.*\[2, 3\]/],
    ["sum", () => op.sum(x, { axes: 2 }), /sum: axis 2 does not exist in a tensor with 2 axes/],
    ["softmax of a scalar", () => op.softmax(input("s")), /softmax: axis -1 does not exist in a tensor with 0 axes/],
    ["mean of nothing", () => op.mean(input("n", [0])), /mean: the reduced axes are empty/],
    ["gather from a scalar", () => op.gather(input("s"), 0), /gather: a scalar has no rows/],
    [
      "scatterAdd",
      () => op.scatterAdd(x, input("i", [3]), [4, 3]),
      /scatterAdd: the updates have shape \[2, 3\]; it must be \[3, 3\]/,
    ],
    ["scatterAdd into no shape", () => op.scatterAdd(x, input("i", [2]), [-4, 3]), /shape \[-4, 3\]/],
    ["oneHot", () => op.oneHot(x, 0), /oneHot: depth is 0/],
    ["a ragged list", () => constant([[1, 2], [3, 4, 5], [6]]), /item 0 has shape \[2\], but item 1 has \[3\]/],
  ])("%s", (_, build, message) => {
    expect(build).toThrow(RangeError);
    expect(build).toThrow(message);
  });

  it("refuses numbers of another shape, or of another count", () => {
    expect(() =>
      evaluate([x], {
        x: [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
      }),
    ).toThrow(/input x: .*\[3, 2\].*\[2, 3\]/);
    expect(() => evaluate([x], { x: [1, 2, 3, 4, 5] })).toThrow(/input x: 5 values .*\[2, 3\] needs 6/);
    expect(() => evaluate([x], {})).toThrow(/input x has no value/);
    expect(numbers(op.add(constant([1, 2, 3, 4], "f64", [2, 2]), 0))).toEqual([1, 2, 3, 4]);
  });

  it("refuses an index that does not exist", () => {
    const row = op.gather(constant([5, 6, 7]), input("i"));
    expect(() => evaluate([row], { i: 3 })).toThrow(/gather: index 3 is not a whole number from 0 to 2/);
    expect(() => evaluate([row], { i: 0.5 })).toThrow(/gather: index 0.5/);
  });
});

describe("types", () => {
  const [wide, narrow] = [input("w"), input("n", [2], "f32")];

  it("gives numbers the tensor's type, and widens float32 among float64", () => {
    expect(op.mul(2, narrow).dtype).toBe("f32");
    expect(op.mul(constant(2), narrow).dtype).toBe("f32");
    expect(op.mul(wide, narrow).dtype).toBe("f64");
    expect(op.add(2, 3).dtype).toBe("f64");
    expect(op.where(op.greater(narrow, 0), 1, 2).dtype).toBe("f32");
  });

  it("gives a gradient the type of its variable", () => {
    const loss = op.sum(op.mul(wide, narrow));
    expect(grad(loss, [wide, narrow]).map((g) => g.dtype)).toEqual(["f64", "f32"]);
  });

  it("changes the type of a constant without a node", () => {
    expect(op.cast(constant([1, 2]), "f32")).toMatchObject({ kind: "constant", dtype: "f32" });
  });
});

describe("numbers that overflow when taken literally", () => {
  const huge = constant([1e5, 1e5 + 1, -1e5]);
  const share = 1 / (1 + Math.exp(-1));

  it("leave softmax, logSoftmax and logSumExp finite and exact", () => {
    for (const [i, value] of numbers(op.softmax(huge)).entries())
      expect(value).toBeCloseTo([1 - share, share, 0][i], 15);
    expect(numbers(op.logSoftmax(huge))).toEqual([
      -1 - Math.log1p(Math.exp(-1)),
      -Math.log1p(Math.exp(-1)),
      -2e5 - 1 - Math.log1p(Math.exp(-1)),
    ]);
    expect(numbers(op.logSumExp(huge))[0]).toBe(1e5 + 1 + Math.log1p(Math.exp(-1)));
    expect(numbers(op.logSumExp(constant([-1e4, -1e4])))[0]).toBe(-1e4 + Math.LN2);
  });

  it("leave sigmoid, softplus and norm finite", () => {
    expect(numbers(op.sigmoid(constant([-800, 800])))).toEqual([0, 1]);
    expect(numbers(op.softplus(constant([-800, 800])))).toEqual([0, 800]);
    expect(numbers(op.norm(constant([3e200, 4e200])))[0] / 1e200).toBeCloseTo(5, 14);
    expect(numbers(op.norm(constant([3e-200, 4e-200])))[0] * 1e200).toBeCloseTo(5, 14);
  });

  it("keep the derivative of softmax cross-entropy: p − y", () => {
    const x = input("x", [3]);
    const cost = op.neg(op.dot(op.logSoftmax(x), constant([1, 0, 0])));
    const [slope] = evaluate(grad(cost, [x]), { x: [1e5, 1e5 + 1, -1e5] });
    for (const [i, value] of slope.data.entries()) expect(value).toBeCloseTo([-share, share, 0][i], 14);
  });
});

describe("erf", () => {
  // Abramowitz & Stegun, table 7.1 (10 decimals).
  it.each([
    [0, 0],
    [0.1, 0.112462916],
    [0.5, 0.5204998778],
    [1, 0.8427007929],
    [1.5, 0.9661051465],
    [2, 0.995322265],
  ])("of %d is the table's", (x, value) => {
    expect(evaluateScalar(op.erf(x))).toBeCloseTo(value, 10);
    expect(evaluateScalar(op.erf(-x))).toBeCloseTo(-value, 10);
  });

  it("ends at ±1 and keeps NaN", () => {
    expect(numbers(op.erf(constant([6, -7, Infinity, Number.NaN])))).toEqual([1, -1, 1, Number.NaN]);
  });
});

describe("whole powers", () => {
  it("are products, to the last bit", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e3, max: 1e3, noNaN: true }), (x) => {
        const [second, third, minusFirst] = [2, 3, -1].map((n) => evaluateScalar(op.pow(x, n)));
        expect([second, third, minusFirst]).toEqual([x * x, x * (x * x), 1 / x]);
      }),
    );
  });

  it("of 0 are 1, whatever the base", () => {
    expect(numbers(op.pow(constant([0, -3, Infinity]), 0))).toEqual([1, 1, 1]);
  });

  it("have a derivative at 0, also where the exponent is a tensor", () => {
    const [x, n] = [input("x", [3]), input("n", [3])];
    const [byX, byN] = evaluate(grad(op.sum(op.pow(x, n)), [x, n]), { x: [0, 0, 0], n: [0, 1, 2] });
    expect([...byX.data]).toEqual([0, 1, 0]);
    expect([...byN.data]).toEqual([0, 0, 0]);
  });
});

describe("argmax", () => {
  it("gives the first of equal elements, and a NaN if there is one", () => {
    expect(
      numbers(
        op.argmax(
          constant([
            [1, 3, 3],
            [2, Number.NaN, 5],
          ]),
        ),
      ),
    ).toEqual([1, 1]);
  });
});

describe("rounding and remainders", () => {
  it("round halves to the even number, with the divisor's sign for mod, as Python and PyTorch do", () => {
    expect(numbers(op.round(constant([0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 0.49999999999999994, 2 ** 52 + 1])))).toEqual([
      0,
      2,
      2,
      -0,
      -2,
      -2,
      0,
      2 ** 52 + 1,
    ]);
    expect(numbers(op.mod(constant([5, -5, 5, -5, -1e-20]), constant([3, 3, -3, -3, 3])))).toEqual([2, 1, -1, -2, 3]);
    const b = input("b");
    expect(evaluate(grad(op.mod(-7, b), [b]), { b: 3 })[0].data[0]).toBe(3);
  });

  it("clip with the derivative 1 on the bounds, and none beyond them", () => {
    const x = input("x");
    const clipped = op.clip(x, -1, 2);
    const wanted = [
      [-3, -1, 0],
      [-1, -1, 1],
      [0.5, 0.5, 1],
      [2, 2, 1],
      [7, 2, 0],
    ];
    for (const [at, value, slope] of wanted)
      expect(evaluate([clipped, ...grad(clipped, [x])], { x: at }).map(({ data }) => data[0])).toEqual([value, slope]);
    // Where the bounds are crossed the upper one holds, as in NumPy and PyTorch.
    expect(numbers(op.clip(constant([0, 5, 9]), 4, 3))).toEqual([3, 3, 3]);
    expect(numbers(op.clip(constant([Number.NaN]), 0, 1))).toEqual([Number.NaN]);
  });
});
