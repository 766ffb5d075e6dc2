import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { median } from "../../src/averages/index.ts";
import { meanInterval, quantile, spread } from "../../src/compare/statistics.ts";
import { wilson } from "../../src/metrics/index.ts";

describe("the median", () => {
  it("is the middle value, or the mean of the two in the middle, in whatever order they come", () => {
    expect(median([10, 9, 100])).toBe(10);
    expect(median([100, 2, 10, 4])).toBe(7);
    expect(median([5])).toBe(5);
    expect(median([])).toBeNaN();
  });

  it("leaves the values as they were given", () => {
    const values = [3, 1, 2];
    median(values);
    quantile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe("a quantile", () => {
  it("is interpolated between neighbours, as NumPy's default and R's type 7 do", () => {
    // numpy.quantile([1, 2, 4, 8, 16], q)
    const values = [16, 2, 1, 8, 4];
    expect([0, 0.1, 0.25, 0.4, 0.9, 1].map((part) => quantile(values, part))).toEqual([
      1,
      1.4,
      2,
      expect.closeTo(3.2, 12),
      expect.closeTo(12.8, 12),
      16,
    ]);
  });

  it("of one half is the median", () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, (x) => {
        expect(quantile(x, 0.5)).toBeCloseTo(median(x), 6);
      }),
    );
  });
});

describe("Wilson's interval", () => {
  // Newcombe 1998, Two-sided confidence intervals for the single proportion, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("of %d in %d is the published one", (found, n, low, high) => {
    const interval = wilson(found / n, n);
    expect(interval[0]).toBeCloseTo(low, 4);
    expect(interval[1]).toBeCloseTo(high, 4);
  });

  it("begins at 0 where nothing was found, ends at 1 where all was, and is all there is where nobody looked", () => {
    for (const n of [1, 7, 10_000]) {
      expect(wilson(0, n)[0]).toBe(0);
      expect(wilson(1, n)[1]).toBe(1);
      expect(wilson(1, n)[0]).toBeCloseTo(1 - wilson(0, n)[1], 12);
    }
    expect(wilson(0.5, 0)).toEqual([0, 1]);
  });
});

describe("a spread", () => {
  it("is the median and the range of the values there are", () => {
    expect(spread([7, null, 2, undefined, 3])).toEqual({ median: 3, low: 2, high: 7 });
    expect(spread([0])).toEqual({ median: 0, low: 0, high: 0 });
    expect(spread([null, undefined])).toBeNull();
  });
});

describe("the interval of a mean", () => {
  it("is Student's", () => {
    // scipy.stats.t.interval(0.95, 2, loc=2, scale=1/sqrt(3)), and at 0.9
    const { mean, low, high } = meanInterval([1, 2, 3]);
    expect(mean).toBe(2);
    expect(low).toBeCloseTo(-0.48413771, 8);
    expect(high).toBeCloseTo(4.48413771, 8);
    expect(meanInterval([1, 2, 3], 0.9).high).toBeCloseTo(3.68585446, 8);
    expect(meanInterval([2, 2, 2])).toEqual({ mean: 2, low: 2, high: 2 });
  });

  it("is without bounds for one value, and unknown for none, or where one is not finite", () => {
    expect(meanInterval([7])).toEqual({ mean: 7, low: -Infinity, high: Infinity });
    const unknown = { mean: Number.NaN, low: Number.NaN, high: Number.NaN };
    for (const values of [[], [1, Number.NaN], [1, Infinity]]) expect(meanInterval(values)).toEqual(unknown);
  });
});
