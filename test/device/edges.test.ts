import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { evaluateOnnx } from "../../src/device/onnx-node/index.ts";
import { fuse, isFusable } from "../../src/device/wasm/index.ts";
import { type DType, type Expr, evaluate, grad, input, reshape, sum } from "../../src/expr/index.ts";
import * as op from "../../src/expr/operators/index.ts";
import { activations, binaryCrossEntropy } from "../../src/nn/index.ts";

type Numbers = readonly (number | string)[];
interface Case {
  readonly function: string;
  readonly x: Numbers;
  readonly y?: Numbers;
  readonly value: Numbers;
  /** The derivative by x, for the first so many arguments. */
  readonly slope?: Numbers;
}

/** What mpmath computes in 60 digits. */
const file = new URL("../goldens/expr/edges.json", import.meta.url);
const { cases }: { cases: readonly Case[] } = JSON.parse(readFileSync(file, "utf8"));

const numbersOf = (values: Numbers): number[] =>
  values.map((x) => (x === "inf" ? Number.POSITIVE_INFINITY : x === "-inf" ? Number.NEGATIVE_INFINITY : Number(x)));

type Build = (x: Expr, y: Expr) => Expr;
const { abs, acos, asin, atan, atan2, cosh, erf, erfc, exp, expm1, log, log1p, mod, pow, round, sinh, sqrt } = op;
const functions: Readonly<Record<string, Build>> = {
  ...activations,
  ...{ abs, acos, asin, atan, atan2, cosh, erf, erfc, exp, expm1, log, log1p, mod, pow, round, sinh, sqrt },
  binaryCrossEntropy: (x, y) => {
    const each = Array.from({ length: x.shape[0] }, (_, i) => op.slice(x, { starts: [i], ends: [i + 1] }));
    const targets = each.map((_, i) => op.slice(y, { starts: [i], ends: [i + 1] }));
    return op.concat(each.map((z, i) => reshape(binaryCrossEntropy.value(z, targets[i]), [1])));
  },
};

/** Relative errors that are allowed, in units of 2⁻⁵³ (2⁻²⁴ in float32): a few roundings. */
const FEW = 8;
/** gelu's error is that of x/√2 in e^(−x²/2). */
const allowed = (name: string, x: number): number => (name === "gelu" ? FEW + 2 * x * x : FEW);
/** In float32 the complement of erf is as exact as ONNX Runtime's erf: to 2⁻²³ of 1. */
const COARSE = ["erfc", "gelu"];
/** The least float32 number of full precision. Below, ONNX Runtime's tanh has few digits, which mish inherits. */
const LEAST_NORMAL = 2 ** -126;

function check(
  actual: ArrayLike<number>,
  wanted: readonly number[],
  { name, x, dtype, isCoarse = () => false }: Place,
): void {
  const [unit, least] = dtype === "f64" ? [2 ** -53, 5e-324] : [2 ** -24, name === "mish" ? 1e-43 : 1.5e-45];
  for (const [i, exact] of wanted.entries()) {
    const value = dtype === "f64" ? exact : Math.fround(exact);
    if (Object.is(actual[i], value) || actual[i] === value) continue;
    const size = Math.max(1, Math.abs(x[i]));
    const floor = isCoarse(i) || (dtype === "f32" && COARSE.includes(name)) ? 4 * unit * size : 4 * least * size;
    const error = Math.abs(actual[i] - value) - floor;
    const most = allowed(name, x[i]) * unit * Math.abs(value);
    expect(error <= most, `${name}(${x[i]}) in ${dtype}: ${actual[i]}, not ${value}`).toBe(true);
  }
}

interface Place {
  readonly name: string;
  readonly x: readonly number[];
  readonly dtype: DType;
  /** Where only the last digits of 1 are right. */
  readonly isCoarse?: (i: number) => boolean;
}

/** The arguments that are numbers of the type. */
function within({ x, y, value, slope }: Case, dtype: DType) {
  const [xs, ys, values, slopes] = [x, y ?? x, value, slope ?? []].map(numbersOf);
  const isSingle = (a: number): boolean =>
    Number.isNaN(a) || (Math.fround(a) === a && !(Math.abs(a) < LEAST_NORMAL && a !== 0));
  const fits = (i: number): boolean => dtype === "f64" || [xs[i], ys[i]].every(isSingle);
  const kept = [...xs.keys()].filter(fits);
  return {
    x: kept.map((i) => xs[i]),
    y: kept.map((i) => ys[i]),
    values: kept.map((i) => values[i]),
    slopes: kept.filter((i) => i < slopes.length).map((i) => slopes[i]),
  };
}

describe.each(["f64", "f32"] as const)("in %s", (dtype) => {
  it.each(cases.map((each) => [each.function, each] as const))(
    "%s has its digits over the whole range",
    async (name, each) => {
      const { x, y, values, slopes } = within(each, dtype);
      const [a, b] = ["a", "b"].map((input_) => input(input_, [x.length], dtype));
      const f = functions[name](a, b);
      const [slope] = grad(sum(f), [a]);
      const feeds = { a: x, b: y };
      const place = { name, x, dtype };
      // σ(z) − y cancels where a label between 0 and 1 is met.
      const slopePlace = { ...place, isCoarse: (i: number) => name === "binaryCrossEntropy" && y[i] % 1 !== 0 };

      const reference = evaluate([f, slope], feeds);
      check(reference[0].data, values, { ...place, dtype: "f64" });
      check(reference[1].data, slopes, { ...slopePlace, dtype: "f64" });

      const onnx = await evaluateOnnx([f, slope], feeds);
      check(onnx[0].data, values, place);
      check(onnx[1].data, slopes, slopePlace);

      const outputs = { f, slope };
      if (!isFusable(outputs)) return;
      const vector = (numbers: readonly number[]) => (dtype === "f64" ? Float64Array : Float32Array).from(numbers);
      const vectors = { a: vector(x), b: vector(y), f: vector(x), slope: vector(x) };
      const { b: _, ...one } = vectors;
      const used = each.y === undefined ? one : vectors;
      fuse({ dtype, vectors: each.y === undefined ? ["a"] : ["a", "b"], scalars: [], outputs }).run(
        used,
        new Float64Array(0),
      );
      check(vectors.f, values, place);
      check(vectors.slope, slopes, slopePlace);
    },
  );
});

describe("sums of exponentials", () => {
  const along = { logSumExp: op.logSumExp, softmax: op.softmax, logSoftmax: op.logSoftmax };
  const SIZES = [0, 1e-200, 1, 15, 30, 40, 700, 800, 1e200, 1e308];
  const pairs = SIZES.flatMap((a) =>
    SIZES.flatMap((b) => [
      [a, b],
      [-a, b],
      [a, -b],
      [-a, -b],
    ]),
  );

  it.each(["softmax", "logSoftmax", "logSumExp"] as const)(
    "%s agrees in ONNX Runtime and the reference",
    async (name) => {
      for (const dtype of ["f64", "f32"] as const) {
        const rows = pairs.filter((pair) => dtype === "f64" || pair.every((a) => Math.abs(a) < 1e4));
        const x = input("x", [rows.length, 2], dtype);
        const y = along[name](x, { axis: 1, axes: 1 });
        const feeds = { x: rows.flat() };
        const [{ data }] = evaluate([y], feeds);
        const [actual] = await evaluateOnnx([y], feeds);
        for (const [i, value] of data.entries()) {
          const close = (dtype === "f64" ? 4e-16 : 3e-7) * Math.max(name === "softmax" ? 0 : 1, Math.abs(value));
          // Kernels for some processors (AVX2 without AVX-512) put float32 values below the least normal number to 0.
          const least = dtype === "f64" ? 1e-323 : 2 ** -126;
          if (actual.data[i] === value) continue;
          expect(
            Math.abs(actual.data[i] - value),
            `${name} of row ${i}: ${actual.data[i]}, not ${value}`,
          ).toBeLessThanOrEqual(close + least);
        }
      }
    },
  );
});
