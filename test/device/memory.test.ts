import { describe, expect, it } from "vitest";
import { Arena } from "../../src/device/memory.ts";

describe("an arena", () => {
  it("cuts vectors of zeros, at multiples of 64 bytes", () => {
    const arena = new Arena(Arena.bytesFor([{ dtype: "f32", length: 3 }]));
    const [a, b, c] = [arena.vector("f32", 3), arena.vector("f64", 9), arena.vector("f32", 1)];
    expect([a, b, c].map((x) => arena.address(x))).toEqual([0, 64, 192]);
    expect([a, b, c].map((x) => x.length)).toEqual([3, 9, 1]);
    a.fill(1);
    expect(b).toEqual(new Float64Array(9));
    expect([arena.owns(b), arena.owns(b.slice())]).toEqual([true, false]);
    expect(arena.address(b.subarray(2))).toBe(80);
  });

  it("has room for its planned vectors, and reports when it is full", () => {
    const plan = [1000, 77, 0, 100_000].map((length) => ({ dtype: "f64", length }) as const);
    const arena = new Arena(Arena.bytesFor(plan));
    for (const { dtype, length } of plan) arena.vector(dtype, length);
    expect(arena.free).toBeGreaterThanOrEqual(65536);
    expect(() => arena.vector("f32", 100_000)).toThrow(
      `arena: a vector of 100000 f32 elements takes 400000 bytes; ${arena.free} of 917504 are left`,
    );
    expect(arena.vector("f64", arena.free / 8).length).toBeGreaterThan(8000);
    expect(arena.free).toBe(0);
  });

  it("refuses invalid lengths and sizes", () => {
    const arena = new Arena(0);
    for (const length of [-1, 0.5, Number.NaN, 2 ** 60])
      expect(() => arena.vector("f32", length)).toThrow(/length must be|takes/);
    for (const bytes of [-1, Number.NaN, 2 ** 33, Number.POSITIVE_INFINITY])
      expect(() => new Arena(bytes)).toThrow("it must lie between 0 and");
    expect(() => arena.address(new Float32Array(1))).toThrow("lies in another memory");
  });
});
