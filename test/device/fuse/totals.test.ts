import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Views } from "../../../src/device/device.ts";
import { Arena } from "../../../src/device/memory.ts";
import { fuse } from "../../../src/device/wasm/index.ts";
import { add, type DType, div, type Expr, evaluate, grad, input, mul, pow, sub } from "../../../src/expr/index.ts";
import { dot, exp, greater, maxOf, mean, min, norm, sqrt, sum, where } from "../../../src/expr/operators/index.ts";
import { cook, outputsOf, recipes, scalars, vectors, wholeNumberOperators } from "./programs.ts";

/** Programs whose totals feed what follows, over vectors w and g of some length, and a scalar lr. */
const programs: Readonly<Record<string, (length: number, dtype: DType) => Record<string, Expr>>> = {
  "every kind of total": (length, dtype) => {
    const [w, g] = operands(length, dtype);
    return { sum: sum(w), mean: mean(g), norm: norm(sub(w, g)), largest: maxOf(g), dot: dot(w, g) };
  },
  "clipping by norm": (length, dtype) => {
    const [w, g, lr] = operands(length, dtype);
    return { w: sub(w, mul(lr, mul(g, min(1, div(0.5, norm(g)))))) };
  },
  "a layer's trust ratio, with a slot": (length, dtype) => {
    const [w, g, lr] = operands(length, dtype);
    const slot = add(mul(0.9, w), g);
    const u = add(div(slot, add(sqrt(pow(slot, 2)), 0.1)), mul(0.01, w));
    return { w: sub(w, mul(mul(lr, div(norm(w), norm(u))), u)), g: slot, ratio: div(norm(w), norm(u)) };
  },
  "totals of totals": (length, dtype) => {
    const [w, g, lr] = operands(length, dtype);
    const centred = sub(w, mean(w));
    const scaled = div(centred, sqrt(add(mean(pow(centred, 2)), 1e-3)));
    return { w: scaled, g: mul(g, dot(scaled, g)), lr: add(lr, maxOf(scaled)) };
  },
  "a softmax": (length, dtype) => {
    const [w] = operands(length, dtype);
    const e = exp(sub(w, maxOf(w)));
    return { w: div(e, sum(e)) };
  },
  "totals of scalars stretched, and of constants": (length, dtype) => {
    const [w, , lr] = operands(length, dtype);
    return { n: sum(where(greater(w, 0), 1, 1)), s: norm(lr), w: add(w, sum(mul(lr, 2))) };
  },
  "scalars of before, with totals": (length, dtype) => {
    const [w, g, lr] = operands(length, dtype);
    const before = exp(lr);
    const after = mul(before, sum(w));
    return { before, after, between: add(dot(g, mul(w, after)), mul(before, lr)), w: add(w, mul(after, before)) };
  },
  "a sum and its gradient": (length, dtype) => {
    const [w, g] = operands(length, dtype);
    const value = sum(add(pow(sub(1, w), 2), mul(exp(mul(0.1, w)), g)));
    return { value, w: grad(value, [w])[0], y: grad(value, [g])[0] };
  },
};

const operands = (length: number, dtype: DType): [Expr, Expr, Expr] => [
  input("w", [length], dtype),
  input("g", [length], dtype),
  input("lr"),
];

const arrayOf = { f64: Float64Array, f32: Float32Array } as const;
const tolerance = { f64: 1e-12, f32: 1e-5 } as const;

/** Around 1/2, so that no mean and no norm vanishes. */
const numbers = (length: number): fc.Arbitrary<number[]> =>
  fc.array(
    fc.integer({ min: -2000, max: 4000 }).map((k) => k / 2048),
    { minLength: length, maxLength: length },
  );
/** Every remainder of every lane count; more than one chunk of a kernel's own memory. */
const lengths = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 1, max: 35 }) },
  fc.constantFrom(20_001, 8192, 8193),
);

it.each(["f64", "f32"] as const)("random programs of whole numbers agree exactly (%s)", (dtype) => {
  const whole = fc.integer({ min: -9, max: 9 });
  const given = fc.integer({ min: 1, max: 17 }).chain((n) => {
    const vector = fc.array(whole, { minLength: n, maxLength: n });
    return fc.record({ a: vector, b: vector, c: vector, s: whole, t: whole });
  });
  fc.assert(
    fc.property(recipes(40), given, (recipe, feeds) => {
      const outputs = outputsOf(cook(recipe, feeds.a.length, dtype, wholeNumberOperators));
      const stoodIn = outputsOf(cook(recipe, 5, dtype, wholeNumberOperators));
      const kernel = fuse({ dtype, vectors, scalars, outputs: stoodIn });
      const values = Float64Array.from(kernel.scalars, (name) => (name === "s" ? feeds.s : feeds.t));
      const y = new arrayOf[dtype](feeds.a.length);
      const [a, b, c] = [feeds.a, feeds.b, feeds.c].map((x) => arrayOf[dtype].from(x));
      const arrays: Views = { a, b, c, y };
      kernel.run(arrays, values);
      const expected = evaluate(Object.values(outputs), feeds);
      for (const [i, name] of Object.keys(outputs).entries())
        expect(Array.from(arrays[name] ?? values.subarray(0, 1), (x) => x + 0)).toEqual(
          Array.from(expected[i].data, (x) => x + 0),
        );
    }),
    { numRuns: 200, seed: 8 },
  );
});

describe.each(["f64", "f32"] as const)("in %s", (dtype) => {
  describe.each(["run", "bind"] as const)("by %s", (way) => {
    it.each(Object.keys(programs))("%s", (name) => {
      const source = { dtype, vectors: ["w", "g"], scalars: ["lr"] };
      const kernel = fuse({ ...source, outputs: programs[name](7, dtype) });
      fc.assert(
        fc.property(
          lengths.chain((n) => fc.tuple(numbers(n), numbers(n))),
          ([w, g]) => {
            const outputs = programs[name](w.length, dtype);
            const expected = evaluate(Object.values(outputs), { w, g, lr: 0.25 });
            const scalars = Float64Array.from(kernel.scalars, (s) => (s === "lr" ? 0.25 : Number.NaN));
            const arena = new Arena(Arena.bytesFor(kernel.vectors.map(() => ({ dtype, length: w.length }))));
            const vectors: Views = Object.fromEntries(
              kernel.vectors.map((v) => [
                v,
                way === "run" ? new arrayOf[dtype](w.length) : arena.vector(dtype, w.length),
              ]),
            );
            vectors.w.set(w);
            vectors.g.set(g);
            if (way === "run") kernel.run(vectors, scalars);
            else kernel.bind(arena, vectors)(scalars);
            for (const [i, key] of Object.keys(outputs).entries()) {
              const k = kernel.scalars.indexOf(key);
              expectClose(k < 0 ? vectors[key] : scalars.subarray(k, k + 1), expected[i].data, tolerance[dtype]);
            }
          },
        ),
        { numRuns: 25, seed: 3 },
      );
    });
  });
});

/** Relative to the largest number expected, or 1. */
function expectClose(actual: ArrayLike<number>, expected: Float64Array, most: number): void {
  const size = expected.reduce((m, x) => Math.max(m, Math.abs(x)), 1);
  const worst = expected.reduce((m, x, i) => Math.max(m, Math.abs(x - actual[i]) / size), 0);
  expect(actual.length).toBe(expected.length);
  expect(worst).toBeLessThan(most * Math.max(1, Math.sqrt(expected.length) / 10));
}
