import { describe, expect, it } from "vitest";
import { alike, allOf, atMost, exactly, within } from "../../reproduce/verdict.ts";

describe("a verdict", () => {
  it("on a mean follows its 95 % interval", () => {
    // The interval of 4.0, 4.1, 4.2 is 4.1 ± 0.2484.
    const values = [4.0, 4.1, 4.2];
    expect(within(values, 3.85, 4.35).verdict).toBe("holds");
    expect(within(values, 3.86, 4.34).verdict).toBe("undecided");
    expect(within(values, 4.3, 5).verdict).toBe("undecided");
    expect(within(values, 4.36, 5).verdict).toBe("does not hold");
    expect(within(values, 3, 3.8).verdict).toBe("does not hold");
    expect(within(values, 3.85, 4.35).measured).toBe("4.1 (3.85 to 4.35)");
  });

  it("on one seed alone is open, as on what is not finite", () => {
    expect(within([4.1], 0, 10)).toEqual({ verdict: "undecided", measured: "4.1 (one seed)" });
    expect(atMost([1], [100])).toEqual({ verdict: "undecided", measured: "ratio 0.01 (one seed)" });
    for (const lost of [Number.POSITIVE_INFINITY, Number.NaN])
      expect(atMost([1, 1], [2, lost])).toEqual({ verdict: "undecided", measured: "ratio not finite" });
  });

  it("on a ratio pairs the seeds: what all seeds share does not count as spread", () => {
    const b = [1, 10, 100];
    const a = [0.5, 5.1, 49];
    expect(atMost(a, b).verdict).toBe("holds");
    expect(atMost(b, a).verdict).toBe("does not hold");
    expect(atMost(a, b, 0.5).verdict).toBe("undecided");
    expect(atMost(a, [...b].reverse()).verdict).toBe("undecided");
    expect(() => atMost([1], [1, 2])).toThrow("1 values cannot be paired with 2");
  });

  it("on likeness allows the factor in either direction", () => {
    const b = [1, 2, 3];
    const times = (factor: number) => b.map((value, i) => value * factor * (1 + 0.001 * i));
    expect(alike(times(1.05), b, 1.1).verdict).toBe("holds");
    expect(alike(times(0.95), b, 1.1).verdict).toBe("holds");
    expect(alike(times(1.2), b, 1.1).verdict).toBe("does not hold");
    expect(alike(times(0.8), b, 1.1).verdict).toBe("does not hold");
    expect(alike(times(1.1), b, 1.1).verdict).toBe("undecided");
  });

  it("on a count knows no doubt", () => {
    expect(exactly(9760, 9760)).toEqual({ verdict: "holds", measured: "9,760" });
    expect(exactly(9761, 9760).verdict).toBe("does not hold");
  });

  it("on several findings holds if all do, and does not if one does not", () => {
    const [yes, no, open] = [within([1, 1], 0, 2), within([3, 3], 0, 2), within([1], 0, 2)];
    expect(allOf({ a: yes, b: yes })).toEqual({ verdict: "holds", measured: "a: 1; b: 1" });
    expect(allOf({ a: yes, b: open }).verdict).toBe("undecided");
    expect(allOf({ a: yes, b: open, c: no }).verdict).toBe("does not hold");
    expect(allOf({}).verdict).toBe("undecided");
  });
});
