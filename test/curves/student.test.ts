import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { studentDensity, studentQuantile, studentTail } from "../../src/curves/student.ts";

const { quantiles }: { readonly quantiles: readonly (readonly [p: number, freedom: number, t: number])[] } = JSON.parse(
  readFileSync(new URL("../goldens/curves/student.json", import.meta.url), "utf8"),
);

it("quantiles agree with those computed in 40 digits", () => {
  expect(quantiles.length).toBeGreaterThan(50);
  for (const [p, freedom, t] of quantiles) expect(Math.abs(studentQuantile(p, freedom) / t - 1)).toBeLessThan(1e-12);
});

it("tails have the closed forms of 1, 2 and 4 degrees of freedom", () => {
  for (const t of [1e-6, 0.1, 1, 2.5, 40, 1e6]) {
    expect(studentTail(t, 1)).toBeCloseTo((2 / Math.PI) * Math.atan(1 / t), 13);
    expect(studentTail(t, 2)).toBeCloseTo(1 - t / Math.sqrt(2 + t * t), 13);
    const u = t / Math.sqrt(4 + t * t);
    expect(studentTail(t, 4)).toBeCloseTo(1 - u * (1.5 - (u * u) / 2), 13);
  }
});

it("approaches the normal distribution, whose quantiles are in every table", () => {
  expect(studentQuantile(0.95, Number.POSITIVE_INFINITY)).toBeCloseTo(1.959963984540054, 14);
  expect(studentQuantile(0.999, Number.POSITIVE_INFINITY)).toBeCloseTo(3.290526731491926, 13);
  for (const freedom of [9e7, 1.1e8])
    expect(studentQuantile(0.95, freedom)).toBeCloseTo(1.959963984540054 + 2.37227 / freedom, 12);
});

it("the density is the derivative of the tail", () => {
  for (const freedom of [0.7, 3, 50])
    for (const t of [0.3, 1, 4]) {
      const h = 1e-5;
      const slope = (studentTail(t + h, freedom) - studentTail(t - h, freedom)) / (2 * h);
      expect(-slope / 2).toBeCloseTo(studentDensity(t, freedom), 8);
    }
});

it("refuses what is no probability, and no degrees of freedom", () => {
  expect(() => studentQuantile(1, 3)).toThrow("probability is 1; it must be a number between 0 and 1");
  expect(() => studentQuantile(0.5, 0)).toThrow("freedom is 0");
});
