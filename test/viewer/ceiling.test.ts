import { describe, expect, test } from "vitest";
import { liveLandscape } from "../../src/report/index.ts";
import { ceilingAt, sliderAt, usualCeiling } from "../../viewer/ceiling.ts";
import { sliceOf } from "../report/slices.ts";

const spiked = liveLandscape([sliceOf((x, y) => (x === 1 && y === 1 ? 20 : 1 + x * x), { count: 9 })]);

describe("the slider of the cut", () => {
  test.each(["linear", "log"] as const)("stands at the usual ceiling, and goes up to the highest loss, %s", (scale) => {
    const usual = usualCeiling(scale, spiked);
    const share = sliderAt(usual, scale, spiked);
    expect(ceilingAt(share, scale, spiked)).toBeCloseTo(usual, 10);
    expect(ceilingAt(1, scale, spiked)).toBe(20);
    expect(ceilingAt(0.5, scale, spiked)).toBeLessThan(ceilingAt(0.6, scale, spiked));
  });

  test("can be raised above a cut that hides peaks", () => {
    expect(usualCeiling("linear", spiked)).toBe(2);
    expect(sliderAt(2, "linear", spiked)).toBeLessThan(0.6);
  });
});
