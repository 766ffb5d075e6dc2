import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Arena } from "../../../src/device/memory.ts";
import { type FusedKernel, fuse } from "../../../src/device/wasm/index.ts";
import { type DType, type Expr, evaluate, type NDArray } from "../../../src/expr/index.ts";
import { evaluateInFloat32 } from "./float32.ts";
import { cook, numbers, outputsOf, recipes, scalars, vectors } from "./programs.ts";

const arrayOf = { f64: Float64Array, f32: Float32Array } as const;
const reference = { f64: evaluate, f32: evaluateInFloat32 } as const;

type Feeds = Readonly<Record<string, NDArray>>;

/** Numbers for three vectors of one length, and two scalars. */
const feeds = fc.integer({ min: 0, max: 17 }).chain((length) =>
  fc.record({
    length: fc.constant(length),
    vectors: fc.array(fc.array(numbers, { minLength: length, maxLength: length }), { minLength: 3, maxLength: 3 }),
    scalars: fc.tuple(numbers, numbers),
  }),
);

/** The kernel's results on numbers in memory of the caller's (`run`) or in an arena (`bind`). */
function results(
  kernel: FusedKernel,
  given: Feeds,
  length: number,
  way: "run" | "bind",
): Record<string, ArrayLike<number>> {
  const arena = new Arena(0);
  const make = (): Float32Array | Float64Array =>
    way === "run" ? new arrayOf[kernel.dtype](length) : arena.vector(kernel.dtype, length);
  const arrays = Object.fromEntries(kernel.vectors.map((name) => [name, make()]));
  for (const [name, array] of Object.entries(arrays)) if (Object.hasOwn(given, name)) array.set(given[name].data);
  const values = Float64Array.from(kernel.scalars, (name) => (Object.hasOwn(given, name) ? given[name].data[0] : 0));
  if (way === "run") kernel.run(arrays, values);
  else kernel.bind(arena, arrays)(values);
  return { ...arrays, ...Object.fromEntries(kernel.scalars.map((name, i) => [name, [values[i]]])) };
}

function expectSame(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(Array.from(actual)).toEqual(Array.from(expected));
}

describe.each(["f64", "f32"] as const)("in %s", (dtype: DType) => {
  it.each(["run", "bind"] as const)("random programs agree with the reference to the last bit (%s)", (way) => {
    fc.assert(
      fc.property(recipes(40), feeds, (recipe, { length, vectors: arrays, scalars: values }) => {
        const given: Feeds = Object.fromEntries([
          ...vectors.map((name, i) => [name, { shape: [length], data: Float64Array.from(arrays[i]) }]),
          ...scalars.map((name, i) => [name, { shape: [], data: Float64Array.of(values[i]) }]),
        ]);
        const stored = dtype === "f64" ? given : rounded(given);
        const outputs: Record<string, Expr> = outputsOf(cook(recipe, length, dtype));
        // The kernel's own expressions are over another length: it stands for any.
        const kernel = fuse({ dtype, vectors, scalars, outputs: outputsOf(cook(recipe, 5, dtype)) });
        const expected = reference[dtype](Object.values(outputs), stored);
        const actual = results(kernel, stored, length, way);
        for (const [i, name] of Object.keys(outputs).entries()) expectSame(actual[name], expected[i].data);
      }),
      { numRuns: 300, seed: 2 },
    );
  });
});

const rounded = (given: Feeds): Feeds =>
  Object.fromEntries(
    Object.entries(given).map(([name, { shape, data }]) => [
      name,
      { shape, data: shape.length > 0 ? data.map(Math.fround) : data },
    ]),
  );
