import { describe, expect, it } from "vitest";
import { initializers } from "../../src/nn/index.ts";
import { Random } from "../../src/random/index.ts";

const random = (): Random => new Random(1, "test");
const [rows, columns] = [200, 300];
const draw = (name: keyof typeof initializers.initializers, shape = [rows, columns]): Float64Array =>
  initializers.initializers[name](shape, random());
const mean = (x: Float64Array): number => x.reduce((total, value) => total + value, 0) / x.length;
const variance = (x: Float64Array): number => {
  const center = mean(x);
  return mean(x.map((value) => (value - center) ** 2));
};

describe("initializers", () => {
  // 60,000 draws: the sample variance is within 3 % of the true one, with room to spare.
  it.each([
    ["glorot-uniform", 2 / 500],
    ["glorot-normal", 2 / 500],
    ["he-uniform", 2 / 200],
    ["he-normal", 2 / 200],
    ["lecun-uniform", 1 / 200],
    ["lecun-normal", 1 / 200],
    ["uniform", 0.1 ** 2 / 12],
    ["normal", 0.05 ** 2],
    // The variance of a standard normal within ±2: 1 − 4·φ(2)/(2·Φ(2) − 1).
    ["truncated-normal", 0.05 ** 2 * 0.7737],
  ] as const)("%s has variance %d and mean 0", (name, wanted) => {
    const x = draw(name);
    expect(variance(x) / wanted).toBeGreaterThan(0.97);
    expect(variance(x) / wanted).toBeLessThan(1.03);
    expect(Math.abs(mean(x))).toBeLessThan(3 * Math.sqrt(wanted / x.length) + 1e-9);
  });

  it("a truncated normal stays within two deviations of its mean", () => {
    const x = initializers.truncatedNormal(0.1, 5)([rows, columns], random());
    expect(x.every((value) => Math.abs(value - 5) <= 0.2)).toBe(true);
    expect(x.some((value) => Math.abs(value - 5) > 0.19)).toBe(true);
    expect(mean(x)).toBeCloseTo(5, 2);
    expect(() => initializers.truncatedNormal(-1)).toThrow("truncated-normal: the deviation is -1");
  });

  it("uniform ones stay within √3 deviations", () => {
    const bound = Math.sqrt(3) * Math.sqrt(2 / 500);
    expect(draw("glorot-uniform").every((x) => Math.abs(x) <= bound)).toBe(true);
  });

  it.each([[[4, 7]], [[7, 4]], [[5, 5]]])("orthogonal %o has orthonormal rows or columns", (shape) => {
    const x = draw("orthogonal", shape);
    const [m, n] = shape;
    const vectors =
      m < n
        ? Array.from({ length: m }, (_, i) => x.slice(i * n, (i + 1) * n))
        : Array.from({ length: n }, (_, j) => Float64Array.from({ length: m }, (_, i) => x[i * n + j]));
    for (const [i, u] of vectors.entries())
      for (const [j, v] of vectors.entries())
        expect(u.reduce((total, value, k) => total + value * v[k], 0)).toBeCloseTo(i === j ? 1 : 0, 12);
  });

  it("are the same for the same seed", () => {
    expect(draw("he-normal")).toEqual(draw("he-normal"));
  });
});
