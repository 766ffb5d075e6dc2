import { describe, expect, it } from "vitest";
import { checkGradient, constant, dot, evaluate, grad, input, pow, sum } from "../../src/expr/index.ts";
import { normalizeGroups } from "../../src/nn/group-normalization.ts";

const shape = [2, 4, 3];
const wave = (start: number): number[] => Array.from({ length: 24 }, (_, i) => Math.sin(start + 1.7 * i));

describe("normalisation of groups", () => {
  it("brings each group of an example to mean 0 and variance 1", () => {
    const [{ data }] = evaluate([normalizeGroups(input("x", shape), 2, 1e-12)], { x: wave(1).map((x) => 5 + 3 * x) });
    for (let group = 0; group < 4; group++) {
      const values = data.slice(6 * group, 6 * group + 6);
      expect(values.reduce((a, b) => a + b) / 6).toBeCloseTo(0, 12);
      expect(values.reduce((a, b) => a + b * b, 0) / 6).toBeCloseTo(1, 10);
    }
  });

  it("has the derivatives that finite differences have, first and second", () => {
    const x = input("x", shape);
    const value = sum(pow(normalizeGroups(x, 2, 1e-3), 3));
    expect(checkGradient(value, [x], { x: wave(1) }).error).toBeLessThan(1e-7);
    const [slope] = grad(value, [x]);
    const along = dot(slope, constant(wave(2), "f64", shape));
    expect(checkGradient(along, [x], { x: wave(1) }).error).toBeLessThan(1e-6);
  });
});
