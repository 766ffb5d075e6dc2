import { describe, expect, it } from "vitest";
import { Arena } from "../../../src/device/memory.ts";
import { fuse, loopOver } from "../../../src/device/wasm/index.ts";
import { add, input, log, mul, sub } from "../../../src/expr/index.ts";

/** x ← log(x + n), and y ← y·x for a vector y. */
function programs(arena: Arena) {
  const [x, n, y] = [input("x"), input("n"), input("y", [3])];
  const vector = arena.vector("f64", 3);
  const shift = fuse({ dtype: "f64", vectors: [], scalars: ["x", "n"], outputs: { x: log(add(x, n)) } });
  const scale = fuse({ dtype: "f64", vectors: ["y"], scalars: ["x"], outputs: { y: mul(y, x), twice: sub(x, -1) } });
  return { shift: shift.tie(arena, {}), again: shift.tie(arena, {}), scale: scale.tie(arena, { y: vector }), vector };
}

describe("a loop over tied kernels", () => {
  const arena = new Arena(4096);
  const { shift, again, scale, vector } = programs(arena);
  const [x, n] = [shift.scalars.subarray(0, 1), shift.scalars.subarray(1, 2)];
  const rows = { x: arena.vector("f64", 4), y: arena.vector("f64", 12) };
  const loop = loopOver(arena, {
    counters: [n, again.scalars.subarray(1, 2)],
    parts: [
      { kernels: [shift, again], finite: x },
      { kernels: [], finite: again.scalars },
      { kernels: [scale], finite: vector },
    ],
    record: [
      { from: x, rows: rows.x },
      { from: vector, rows: rows.y },
    ],
  });
  const begin = (at: number, beside: number, factor: number): void => {
    x[0] = at;
    again.scalars[0] = beside;
    scale.scalars[0] = factor;
    vector.set([1, 2, 3]);
  };

  it("counts, runs the parts in order, keeps each round, and goes on where it was", () => {
    begin(5, 1, 2);
    expect(loop(0, 3)).toEqual({ round: 3, part: undefined });
    const first = [Math.log(6), Math.log(Math.log(6) + 2), Math.log(Math.log(Math.log(6) + 2) + 3)];
    expect([...rows.x]).toEqual([...first, 0]);
    expect([...rows.y]).toEqual([2, 4, 6, 4, 8, 12, 8, 16, 24, 0, 0, 0]);
    expect(loop(3, 5)).toEqual({ round: 5, part: undefined });
    const fourth = Math.log(first[2] + 4);
    expect([...rows.x]).toEqual([fourth, Math.log(fourth + 5), first[2], 0]);
    expect(loop(5, 5)).toEqual({ round: 5, part: undefined });
    expect(again.scalars[0]).toBeGreaterThan(0);
    expect([...vector]).toEqual([32, 64, 96]);
  });

  it.each([
    [0, [-1, 1, 2]],
    [0, [-8, 1, 2]],
    [0, [Number.POSITIVE_INFINITY, 1, 2]],
    [1, [5, -1, 2]],
    [1, [5, -7, 2]],
    [2, [5, 1, 1e308]],
    [2, [5, 1, Number.NaN]],
  ] as const)(
    "ends after the last whole round where part %i gives what is not finite",
    (part, [at, beside, factor]) => {
      begin(at, beside, factor);
      const { round, part: found } = loop(0, 3);
      expect(found).toBe(part);
      expect(round).toBeLessThan(3);
      if (factor !== 1e308) expect(round).toBe(0);
    },
  );
});
