import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Arena } from "../../../src/device/memory.ts";
import { maskFiller } from "../../../src/device/wasm/index.ts";
import { bits32 } from "../../../src/random/index.ts";

const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const arena = new Arena(1 << 20);
const fill = maskFiller(arena);
const vectors = { f32: arena.vector("f32", 1024), f64: arena.vector("f64", 1024) };

describe.each(["f32", "f64"] as const)("a mask in %s", (dtype) => {
  const vector = vectors[dtype];
  const kept = (rate: number): number => (dtype === "f32" ? Math.fround(1 / (1 - rate)) : 1 / (1 - rate));

  it("follows bits32, element by element, and changes nothing beside it", () => {
    const rates = fc.oneof(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom(0, 1, 0.5, 0.2, 2 ** -32, 2 ** -33, 2 ** -60),
    );
    fc.assert(
      fc.property(word, word, rates, fc.nat(50), fc.nat(9), (key, counter, rate, length, start) => {
        vector.fill(-1);
        fill(vector.subarray(start, start + length), rate, key, counter);
        const expected = Array.from({ length }, (_, i) =>
          bits32(key, counter + i) < Math.floor(rate * 2 ** 32) ? 0 : kept(rate),
        );
        expect(Array.from(vector.subarray(start, start + length))).toEqual(expected);
        expect(vector.subarray(0, start).every((x) => x === -1)).toBe(true);
        expect(vector.subarray(start + length, 64).every((x) => x === -1)).toBe(true);
      }),
      { numRuns: 500, seed: 6 },
    );
  });

  it("may begin anywhere: the parts of a mask are its parts drawn alone", () => {
    fill(vector, 0.3, 17, 2 ** 32 - 100);
    const whole = vector.slice();
    vector.fill(-1);
    for (const [start, end] of [
      [0, 5],
      [5, 90],
      [90, 1024],
    ])
      fill(vector.subarray(start, end), 0.3, 17, 2 ** 32 - 100 + start);
    expect(vector).toEqual(whole);
  });

  it("keeps the mean of what it is multiplied with", () => {
    fill(vector, 0.25, 5);
    // The mean of 1024 masks spreads by √(1/3 / 1024) = 0.018.
    expect(Array.from(vector).reduce((sum, x) => sum + x) / vector.length).toBeCloseTo(1, 1);
  });
});

it("invalid rates, and masks in another memory, are refused", () => {
  for (const rate of [-0.1, 1.1, Number.NaN])
    expect(() => fill(vectors.f32, rate, 1)).toThrow(`dropout: the rate must lie in [0, 1], not ${rate}`);
  expect(() => fill(new Float32Array(4), 0.5, 1)).toThrow("lies in another memory");
});
