import { describe, expect, test } from "vitest";
import { levelShares } from "../../viewer/levels.ts";

describe("the heights of lines", () => {
  test("go on by the last step up to a ceiling that was raised", () => {
    expect(levelShares([0.125, 0.25, 0.5], 9)).toEqual([0.125, 0.25, 0.5, 0.75, 1]);
    expect(levelShares([0.5, 1.5], 9)).toEqual([0.5, 1.5]);
  });

  test("are those that are given where there is no step, and as many as can be drawn", () => {
    expect(levelShares([], 9)).toEqual([]);
    expect(levelShares([0.3], 9)).toEqual([0.3]);
    expect(levelShares([0, 0.001], 4)).toEqual([0, 0.001, 0.002, 0.003]);
  });
});
