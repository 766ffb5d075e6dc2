import fc from "fast-check";
import { expect, test } from "vitest";
import { fixed, formatNumber, tenTo } from "../../src/figure/numbers.ts";
import { domainOf, scaleOf, ticksOf } from "../../src/figure/scale.ts";
import { linearTicks, logTicks } from "../../src/figure/ticks.ts";

const labels = (ticks: readonly { label: string }[]) => ticks.map(({ label }) => label);

test.each([
  [0, "0"],
  [1234.5678, "1,235"],
  [-0.00012344, "−0.0001234"],
  [1e-5, "1×10⁻⁵"],
  [-2.5e12, "−2.5×10¹²"],
  [0.1 + 0.2, "0.3"],
  [999999.9, "1,000,000"],
  [Number.NaN, "not a number"],
  [-Infinity, "−∞"],
])("%d is written %s", (value, words) => {
  expect(formatNumber(value)).toBe(words);
});

test("fixed decimals keep zeros and lose the sign of nothing", () => {
  expect([fixed(1234.5, 2), fixed(-0.001, 2), fixed(-1, 0), tenTo(-12)]).toEqual(["1,234.50", "0.00", "−1", "10⁻¹²"]);
});

test("linear ticks share their decimals", () => {
  expect(labels(linearTicks([0, 1], 5))).toEqual(["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
  expect(labels(linearTicks([0, 12000], 3))).toEqual(["0", "5,000", "10,000"]);
  expect(labels(linearTicks([0, 3e-9], 3))).toEqual(["0", "1×10⁻⁹", "2×10⁻⁹", "3×10⁻⁹"]);
});

test("log ticks are powers of ten, thinned where many, multiples of them where few", () => {
  expect(labels(logTicks([1e-3, 10], 8))).toEqual(["0.001", "0.01", "0.1", "1", "10"]);
  expect(labels(logTicks([1e-8, 1], 20))).toEqual([
    "10⁻⁸",
    "10⁻⁷",
    "10⁻⁶",
    "10⁻⁵",
    "10⁻⁴",
    "10⁻³",
    "10⁻²",
    "10⁻¹",
    "10⁰",
  ]);
  expect(labels(logTicks([1e-8, 1], 4))).toEqual(["10⁻⁶", "10⁻³", "10⁰"]);
  expect(labels(logTicks([0.3, 8], 4))).toEqual(["0.5", "1", "2", "5"]);
});

test("ticks of any domain lie in it, rise, and differ in their labels", () => {
  const ends = fc.tuple(
    fc.double({ noNaN: true, min: -1e300, max: 1e300 }),
    fc.double({ noNaN: true, min: -1e300, max: 1e300 }),
  );
  fc.assert(
    fc.property(ends, fc.integer({ min: 2, max: 12 }), ([a, b], count) => {
      const domain = domainOf({ scale: "linear" }, [a, b], 0.05);
      const [lo, hi] = domain.map(Number);
      const ticks = linearTicks([lo, hi], count);
      for (const [i, { value }] of ticks.entries()) {
        expect(Number(value)).toBeGreaterThanOrEqual(lo);
        expect(Number(value)).toBeLessThanOrEqual(hi);
        if (i > 0) expect(Number(value)).toBeGreaterThan(Number(ticks[i - 1].value));
      }
      expect(new Set(labels(ticks)).size).toBe(ticks.length);
    }),
  );
});

test("an automatic domain holds its values, with room for a constant and none beyond zero", () => {
  expect(domainOf({ scale: "linear" }, [3, 3], 0)).toEqual([1.5, 4.5]);
  expect(domainOf({ scale: "linear" }, [0.01, 1], 0.05)[0]).toBe(0);
  expect(domainOf({ scale: "linear" }, [], 0)).toEqual([0, 1]);
  expect(domainOf({ scale: "log" }, [0, -1, Number.NaN, 1e-3, 10], 0)).toEqual([1e-3, 10]);
  expect(domainOf({ scale: "band" }, ["b", "a", "b", null], 0)).toEqual(["b", "a"]);
});

test("a log scale lays factors on equal lengths", () => {
  const scale = scaleOf({ scale: "log" }, [1e-2, 1e2], [0, 100], []);
  expect([1e-2, 1e-1, 1, 10, 100].map((value) => scale.at(value))).toEqual(
    [0, 25, 50, 75, 100].map((p) => expect.closeTo(p, 9)),
  );
  expect([scale.at(null), scale.at("name"), scale.at(Number.NaN)]).toEqual([null, null, null]);
});

test("what is counted has ticks at whole numbers only, however wide the axis", () => {
  const ticks = (scale: "linear" | "log", domain: readonly [number, number], length: number) =>
    labels(ticksOf({ scale, whole: true }, domain, length, 44));
  expect(ticks("linear", [1, 8], 800)).toEqual(["1", "2", "3", "4", "5", "6", "7", "8"]);
  expect(ticks("linear", [1, 3], 800)).toEqual(["1", "2", "3"]);
  expect(ticks("linear", [1, 2], 100)).toEqual(["1", "2"]);
  expect(ticks("linear", [0.5, 1.5], 800)).toEqual(["1"]);
  expect(ticks("linear", [0, 25], 300)).toEqual(["0", "5", "10", "15", "20", "25"]);
  expect(ticks("log", [3, 7], 800)).toEqual(["3", "4", "5", "6", "7"]);
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e6 }),
      fc.integer({ min: 0, max: 1e6 }),
      fc.integer({ min: 40, max: 2000 }),
      (low, more, length) => {
        const found = ticksOf({ scale: "linear", whole: true }, [low, low + more + 1], length, 44);
        expect(found.length).toBeGreaterThan(0);
        for (const { value } of found) expect(Number.isInteger(value)).toBe(true);
      },
    ),
  );
});
