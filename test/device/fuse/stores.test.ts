import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Views } from "../../../src/device/device.ts";
import { Arena } from "../../../src/device/memory.ts";
import { fuse } from "../../../src/device/wasm/index.ts";
import { type Plan, planOf, type Strategy } from "../../../src/device/wasm/plan.ts";
import type { Vector } from "../../../src/expr/index.ts";
import { add, type DType, div, type Expr, evaluate, input, mul, sub } from "../../../src/expr/index.ts";
import { exp, max, maxOf, norm, sqrt, sum } from "../../../src/expr/operators/index.ts";
import { lamb } from "../../../src/optimizers/index.ts";
import { bindUpdate, scalarNames } from "../../../src/optimizers/update.ts";
import { cook, outputsOf, recipes, scalars, vectors, wholeNumberOperators } from "./programs.ts";

const arrayOf = { f64: Float64Array, f32: Float32Array } as const;
const [w, g, m] = ["w", "g", "m"].map((name) => input(name, [4]));

const dear = ["div", "sqrt", "exp"];
/** How often the sweeps compute a kind of operation, over vectors. */
const counts = ({ sweeps }: Plan): number[] =>
  dear.map((name) => sweeps.flatMap(({ steps }) => steps).filter(({ node }) => node.operator.name === name).length);

/** The vectors that each sweep stores, by name. */
const storedBy = ({ sweeps, vectors: names }: Plan): string[][] =>
  sweeps.map(({ writes }) => writes.map(([, place]) => names[place] ?? "spare"));

const planned = (outputs: Record<string, Expr>, way: Strategy, dtype: DType = "f64"): Plan =>
  planOf({ dtype, vectors: ["w", "g", "m"], scalars: [], outputs }, way);

describe("a value that several sweeps need", () => {
  const { spec } = lamb();
  const { outputs } = bindUpdate(spec, [2]);
  const source = { vectors: ["w", "g", "m", "v"], scalars: scalarNames(spec), outputs };

  it.each(["f64", "f32"] as const)("is computed once in LAMB, where there is a vector to spare (%s)", (dtype) => {
    const { spare, again } = {
      spare: planOf({ ...source, dtype }, "spare"),
      again: planOf({ ...source, dtype }, "again"),
    };
    // A root and a quotient; in float64 two quotients more, by scalars.
    const once = dtype === "f64" ? [3, 1, 0] : [1, 1, 0];
    expect(counts(spare)).toEqual(once);
    expect(counts(again)).toEqual(once.map((count) => 2 * count));
    expect(storedBy(spare)).toEqual([["m", "v", "spare"], ["w"]]);
    expect(spare.lenders).toEqual(["g"]);
    expect(storedBy(planOf({ ...source, dtype }, "early"))).toEqual([["m", "v"], ["w"]]);
    expect(storedBy(again)).toEqual([[], ["w", "m", "v"]]);
  });

  it("is a softmax's exponential", () => {
    const e = exp(sub(w, maxOf(w)));
    const plan = planned({ w: div(e, sum(e)) }, "spare");
    expect(counts(plan)).toEqual([1, 0, 1]);
    // w itself is written at the end: it cannot lend its memory.
    expect(plan.lenders).toEqual(["g", "m"]);
  });

  it("is loaded where it is stored as a result, and takes no vector to spare then", () => {
    const root = sqrt(g);
    const plan = planned({ m: root, w: mul(root, norm(root)) }, "spare");
    expect([storedBy(plan), counts(plan)]).toEqual([
      [["m"], ["w"]],
      [0, 1, 0],
    ]);
    expect(plan.keeps).toBe(false);
  });

  it("is not stored over what a later sweep reads", () => {
    const next = add(m, g);
    const plan = planned({ m: next, w: mul(m, norm(next)) }, "spare");
    expect(storedBy(plan)).toEqual([[], ["m", "w"]]);
  });

  it("is computed again where that is cheap", () => {
    const u = add(mul(2, g), m);
    const plan = planned({ w: mul(u, norm(u)) }, "spare");
    expect([plan.keeps, storedBy(plan)]).toEqual([false, [[], ["w"]]]);
  });

  it("is kept before its path forks", () => {
    const root = sqrt(g);
    const plan = planned({ total: norm(add(root, m)), w: mul(div(root, m), norm(add(root, m))) }, "spare");
    expect(plan.sweeps[1].reads.map(([node]) => node)).toContain(plan.sweeps[0].writes[0][0]);
    expect(counts(plan)).toEqual([1, 1, 0]);
  });
});

/** Vectors in an arena, with one more. */
function placed(dtype: DType, numbers: Readonly<Record<string, readonly number[]>>, length: number) {
  const names = [...Object.keys(numbers), "spare"];
  const arena = new Arena(Arena.bytesFor(names.map(() => ({ dtype, length }))));
  const made = Object.fromEntries(names.map((name) => [name, arena.vector(dtype, length)] as const));
  for (const [name, values] of Object.entries(numbers)) made[name].set(values);
  const { spare, ...own }: Record<string, Vector> = made;
  return { arena, own, spare };
}

describe.each(["f64", "f32"] as const)("in place, in %s", (dtype) => {
  // Quotients and roots that are whole, too.
  const operators = [
    ...wholeNumberOperators,
    (x: Expr, y: Expr) => div(mul(x, max(1, y)), max(1, y)),
    (x: Expr) => sqrt(mul(x, x)),
  ];
  const whole = fc.integer({ min: -9, max: 9 });
  const given = fc.integer({ min: 1, max: 17 }).chain((n) => {
    const vector = fc.array(whole, { minLength: n, maxLength: n });
    return fc.record({ a: vector, b: vector, c: vector, s: whole, t: whole });
  });

  it.each(["none", "more", "a", "b", "c"])("random programs agree exactly; room to spare: %s", (room) => {
    let kept = 0;
    fc.assert(
      fc.property(recipes(40), given, (recipe, feeds) => {
        const length = feeds.a.length;
        const outputs = outputsOf(cook(recipe, length, dtype, operators));
        const source = { dtype, vectors, scalars, outputs: outputsOf(cook(recipe, 5, dtype, operators)) };
        if (planOf(source, "spare").keeps) kept++;
        const kernel = fuse(source);
        const { a, b, c } = feeds;
        const { arena, own, spare } = placed(dtype, { a, b, c, y: [] }, length);
        const values = Float64Array.from(kernel.scalars, (name) => (name === "s" ? feeds.s : feeds.t));
        const lent = room === "none" ? undefined : room === "more" ? spare : own[room];
        const arrays: Views = Object.fromEntries(kernel.vectors.map((name) => [name, own[name]]));
        kernel.bind(arena, arrays, lent)(values);
        const expected = evaluate(Object.values(outputs), feeds);
        for (const [i, name] of Object.keys(outputs).entries())
          expect(
            Array.from(own[name] ?? values.subarray(0, 1), (x) => x + 0),
            name,
          ).toEqual(Array.from(expected[i].data, (x) => x + 0));
        for (const name of ["a", "b", "c"] as const)
          if (name !== room && !(name in outputs)) expect([...own[name]], name).toEqual(feeds[name]);
      }),
      { numRuns: 250, seed: 5 },
    );
    expect(kept).toBeGreaterThan(5);
  });

  it("refuses an invalid spare vector", () => {
    const kernel = fuse({ dtype, vectors: ["w", "g"], scalars: [], outputs: { w: mul(sqrt(g), norm(sqrt(g))) } });
    const { arena, own, spare } = placed(dtype, { w: [1], g: [1] }, 3);
    const bind = (room: Vector) => () => kernel.bind(arena, own, room);
    expect(bind(spare.subarray(1))).toThrow("kernel: vector w has 3 numbers, that to spare has 2");
    expect(bind(new arrayOf[dtype === "f64" ? "f32" : "f64"](3))).toThrow("kernel: vector to spare must be a");
    expect(bind(new arrayOf[dtype](3))).toThrow("lies in another memory");
    const across = new arrayOf[dtype](arena.memory.buffer, own.g.byteOffset + own.g.BYTES_PER_ELEMENT, 3);
    expect(bind(across)).toThrow("kernel: vectors g and to spare overlap in memory");
  });
});
