import { describe, expect, it } from "vitest";
import { Arena, bytesPerNumber } from "../../../src/device/memory.ts";
import { fuse, isFusable, type Source } from "../../../src/device/wasm/index.ts";
import { add, constant, div, type Expr, evaluate, grad, input, mul, pow, sub } from "../../../src/expr/index.ts";
import { matmul, maxOf, mean, min, norm, reshape, sin, slice, sum } from "../../../src/expr/operators/index.ts";

const vector = (name: string, length = 4): Expr => input(name, [length]);
const [w, g, lr] = [vector("w"), vector("g"), input("lr")];
const descent: Source = {
  dtype: "f64",
  vectors: ["w", "g"],
  scalars: ["lr"],
  outputs: { w: sub(w, mul(lr, g)) },
};

describe("in place", () => {
  it("ignores vectors that it does not need", () => {
    const [w, m] = [Float64Array.of(1, 2), Float32Array.of(7)];
    const vectors = { w, m, g: Float64Array.of(4, 5), w_too: w };
    fuse(descent).run(vectors, Float64Array.of(0.5));
    expect([w, m]).toEqual([Float64Array.of(-1, -0.5), Float32Array.of(7)]);
  });

  it("computes all results of an element before it stores any", () => {
    const kernel = fuse({ ...descent, outputs: { w: g, g: w } });
    const vectors = { w: Float64Array.of(1, 2, 3), g: Float64Array.of(4, 5, 6) };
    kernel.run(vectors, Float64Array.of(0));
    expect(vectors).toEqual({ w: Float64Array.of(4, 5, 6), g: Float64Array.of(1, 2, 3) });
  });

  it("exchanges scalars, too", () => {
    const [p, q] = [input("p"), input("q")];
    const scalars = Float64Array.of(1, 2);
    fuse({ dtype: "f64", vectors: [], scalars: ["p", "q"], outputs: { p: q, q: add(p, q) } }).run({}, scalars);
    expect(scalars).toEqual(Float64Array.of(2, 3));
  });

  it("reads a scalar slot before its new value is stored, in every chunk", () => {
    const kernel = fuse({ ...descent, outputs: { w: add(w, lr), lr: mul(lr, 2), total: sum(w) } });
    expect(kernel.scalars).toEqual(["lr", "total"]);
    const scalars = Float64Array.of(0.5, 0);
    const vectors = { w: new Float64Array(50_000), g: new Float64Array(50_000) };
    kernel.run(vectors, scalars);
    expect(vectors.w.every((x) => x === 0.5)).toBe(true);
    kernel.run(vectors, scalars);
    expect(vectors.w.every((x) => x === 1.5)).toBe(true);
    expect(scalars).toEqual(Float64Array.of(2, 25_000));
  });

  it.each(["f64", "f32"] as const)(
    "stores what is accepted, the same as without a question, and else nothing (%s)",
    (dtype) => {
      const shorter = div(g, norm(sub(g, mean(w))));
      const kernel = fuse({
        ...descent,
        dtype,
        outputs: { w: sub(w, mul(lr, shorter)), length: norm(shorter), lr: mul(lr, 2) },
      });
      for (const length of [3, 5000, 50_000]) {
        const some = (seed: number): number[] => Array.from({ length }, (_, i) => Math.sin(seed + i));
        const make = () =>
          dtype === "f64"
            ? [some(1), some(2)].map((x) => Float64Array.from(x))
            : [some(1), some(2)].map((x) => Float32Array.from(x));
        const [plain, asked, refused] = [make(), make(), make()];
        const [a, b, c] = [Float64Array.of(0.5, 0), Float64Array.of(0.5, 0), Float64Array.of(0.5, 0)];
        kernel.run({ w: plain[0], g: plain[1] }, a);
        kernel.run({ w: asked[0], g: asked[1] }, b, (scalars) => scalars[1] === a[1]);
        kernel.run({ w: refused[0], g: refused[1] }, c, () => false);
        expect([b, c]).toEqual([a, a]);
        expect(asked[0].every((x, i) => x === plain[0][i])).toBe(true);
        const start = make()[0];
        expect(refused[0].every((x, i) => x === start[i])).toBe(true);
      }
    },
  );

  it.each(["f64", "f32"] as const)("keeps to its part of a vector, and touches nothing beside it (%s)", (dtype) => {
    const kernel = fuse({ ...descent, dtype });
    const arena = new Arena(4096);
    for (let length = 0; length <= 17; length++) {
      const [all, slope] = [arena.vector(dtype, 40).fill(7), arena.vector(dtype, 40).fill(2)];
      const vectors = { w: all.subarray(3, 3 + length), g: slope.subarray(5, 5 + length) };
      kernel.bind(arena, vectors)(Float64Array.of(0.5));
      expect(Array.from(all)).toEqual(Array.from(all, (_, i) => (i >= 3 && i < 3 + length ? 6 : 7)));
      expect(slope.every((x) => x === 2)).toBe(true);
    }
  });

  it.each(["f64", "f32"] as const)("reads nothing past the end of the memory (%s)", (dtype) => {
    const kernel = fuse({ ...descent, dtype });
    const arena = new Arena(0);
    const start = arena.vector(dtype, 40);
    kernel.bind(arena, { w: start.subarray(0, 1), g: start.subarray(1, 2) }); // takes its cells
    const end = arena.vector(dtype, arena.free / bytesPerNumber[dtype]).fill(2);
    expect(arena.free).toBe(0);
    for (let length = 0; length <= 17; length++) {
      const [w, g] = [start.subarray(0, length).fill(1), end.subarray(end.length - length)];
      kernel.bind(arena, { w, g })(Float64Array.of(0.5));
      expect(w.every((x) => x === 0)).toBe(true);
    }
  });

  it("puts results of new names in vectors of their own", () => {
    const kernel = fuse({ ...descent, outputs: { u: mul(g, 2), c: constant(3) } });
    expect([kernel.vectors, kernel.scalars]).toEqual([
      ["w", "g", "u"],
      ["lr", "c"],
    ]);
  });
});

describe("scalar programs", () => {
  // Beale's function.
  const [x, y] = [input("x"), input("y")];
  const terms = [1.5, 2.25, 2.625].map((c, i) => pow(add(sub(c, x), mul(x, pow(y, i + 1))), 2));
  const beale = terms.reduce(add);

  it("give a surface's value and gradient", () => {
    const [dx, dy] = grad(beale, [x, y]);
    const kernel = fuse({ dtype: "f64", vectors: [], scalars: ["x", "y"], outputs: { value: beale, dx, dy } });
    const scalars = Float64Array.of(1, 1.6, 0, 0, 0);
    kernel.run({}, scalars);
    const expected = evaluate([beale, dx, dy], { x: 1, y: 1.6 }).map(({ data }) => data[0]);
    expect(Array.from(scalars.subarray(2))).toEqual(expected);
    scalars.set([3, 0.5]);
    kernel.bind(new Arena(0), {})(scalars);
    expect(Array.from(scalars.subarray(2))).toEqual([0, 0, 0]);
  });

  it("may be long and deep: 20,000 nodes one after the other", () => {
    let value: Expr = x;
    for (let i = 0; i < 10_000; i++) value = add(mul(value, y), 0.5);
    const scalars = Float64Array.of(3, 0.25, 0);
    fuse({ dtype: "f64", vectors: [], scalars: ["x", "y"], outputs: { value } }).run({}, scalars);
    expect(scalars[2]).toBeCloseTo(0.5 / 0.75, 14);
  });
});

it("long loops of hundreds of nodes agree with the reference", () => {
  let value: Expr = w;
  const kept: Expr[] = [];
  for (let i = 0; i < 600; i++) {
    value = add(mul(value, g), i % 7 === 0 ? sin(value) : div(lr, i + 1));
    if (i % 20 === 0) kept.push(value);
  }
  const outputs = { w: kept.reduce(add), g: kept.reduce((a, b) => min(a, b)) };
  const feeds = { w: [0.1, -0.2, 0.3, 0.4], g: [0.5, -0.5, 0.9, 1], lr: 0.125 };
  const vectors = { w: Float64Array.from(feeds.w), g: Float64Array.from(feeds.g) };
  fuse({ ...descent, outputs }).run(vectors, Float64Array.of(0.125));
  const [expectedW, expectedG] = evaluate([outputs.w, outputs.g], feeds);
  expect(vectors).toEqual({ w: expectedW.data, g: expectedG.data });
});

it("scalars are divided exactly in a float32 kernel too", () => {
  const scalars = Float64Array.of(49);
  fuse({ ...descent, dtype: "f32", outputs: { lr: div(lr, 49), w: div(w, lr) } }).run(
    { w: new Float32Array(0), g: new Float32Array(0) },
    scalars,
  );
  expect(scalars[0]).toBe(1); // 49 · (1/49) is less than 1
});

describe("misuse", () => {
  const kernel = fuse(descent);
  const three = Float64Array.of(1, 2, 3);
  const scalars = Float64Array.of(0.1);
  it.each([
    [{ w: three, g: Float64Array.of(1, 2) }, "kernel: vector w has 3 numbers, vector g has 2"],
    [{ w: three }, "kernel: vector g must be a Float64Array, not undefined"],
    [{ w: three, g: new Float32Array(3) }, "kernel: vector g must be a Float64Array, not Float32Array"],
    [{ w: three, g: three }, "kernel: vectors w and g overlap in memory"],
    [{ w: three.subarray(0, 2), g: three.subarray(1, 3) }, "kernel: vectors w and g overlap in memory"],
  ])("vectors %#", (vectors: Record<string, Float32Array | Float64Array>, message) => {
    expect(() => kernel.run(vectors, scalars)).toThrow(message);
    expect(() => kernel.bind(new Arena(0), vectors)).toThrow(message);
    expect(three).toEqual(Float64Array.of(1, 2, 3));
  });

  it("the wrong number of scalars", () => {
    const message = "kernel: 0 scalars were given; 1 are needed: lr";
    expect(() => kernel.run({ w: three, g: three.slice() }, Float64Array.of())).toThrow(message);
  });

  it("adjacent vectors are allowed", () => {
    const both = Float64Array.of(1, 2, 10, 20);
    kernel.run({ w: both.subarray(0, 2), g: both.subarray(2) }, scalars);
    expect(both).toEqual(Float64Array.of(0, 0, 10, 20));
    kernel.run({ w: both.subarray(2), g: both.subarray(0, 2) }, scalars);
    expect(both).toEqual(Float64Array.of(0, 0, 10, 20));
  });

  it("vectors that are not the arena's", () => {
    expect(() => kernel.bind(new Arena(0), { w: three, g: three.slice() })).toThrow("lies in another memory");
  });

  it("a mean or a maximum of nothing; a sum of nothing is 0", () => {
    const empty = { w: new Float64Array(0), g: new Float64Array(0) };
    const total = (value: Expr): void => fuse({ ...descent, outputs: { lr: value } }).run(empty, scalars);
    expect(() => total(mean(w))).toThrow("mean needs at least one element; the vectors are empty");
    expect(() => total(maxOf(w))).toThrow("maxOf needs at least one element; the vectors are empty");
    total(sum(w));
    expect(scalars[0]).toBe(0);
  });

  it.each([
    [{ w: matmul(w, g) }, "fuse: reshape of shape [1, 4] is not element-wise: the vectors have shape [4]."],
    [{ w: slice(w, { starts: [0], ends: [2] }) }, "fuse: slice of shape [2] is not element-wise"],
    [{ w: add(w, vector("g", 1)) }, "fuse: input g of shape [1] is not element-wise: the vectors have shape [4]"],
    [{ w: add(w, constant([1, 2, 3, 4])) }, "fuse: a constant of shape [4] is not element-wise"],
    [{ w: add(w, vector("h")) }, 'fuse: the vector "h" is not known'],
    [{ w: mul(w, input("beta")) }, 'fuse: the scalar "beta" is not known; did you mean beta1? (allowed: lr, beta1)'],
    [{ w: mul(w, input("g")) }, 'fuse: the scalar "g" is not known'],
    [{ w: lr }, "fuse: output w is a scalar; the input of that name is a vector"],
    [{ lr: w }, "fuse: output lr is a vector; the input of that name is a scalar"],
  ])("programs %#", (outputs: Record<string, Expr>, message) => {
    expect(() => fuse({ ...descent, scalars: ["lr", "beta1"], outputs })).toThrow(message);
  });

  it("an element taken from a vector, whose length of 1 may stand for another", () => {
    const outputs = { lr: reshape(vector("w", 1), []) };
    expect(isFusable(outputs)).toBe(false);
    expect(() => fuse({ ...descent, outputs })).toThrow("fuse: reshape of shape [] is not element-wise");
  });

  it("a name declared twice", () => {
    expect(() => fuse({ ...descent, scalars: ["w"] })).toThrow("fuse: the input w is declared twice");
  });

  it("isFusable agrees", () => {
    expect(isFusable(descent.outputs)).toBe(true);
    expect(isFusable({ w: mul(w, div(1, sum(g))) })).toBe(true);
    expect(isFusable({ w: mul(w, matmul(w, g)) })).toBe(false);
    expect(isFusable({ w: add(w, vector("g", 3 + 1)), s: sum(vector("h", 3)) })).toBe(false);
  });
});
