import { describe, expect, it } from "vitest";
import { nearestName, unknownName } from "../../src/expr/nearest.ts";

describe("the name that was meant", () => {
  const functions = ["sign", "sinh", "sin", "exp", "sqrt"];

  it.each([
    ["sni", "sin"],
    ["SQRT", "sqrt"],
    ["sqr", "sqrt"],
    ["sinn", "sin"],
    ["exp2", "exp"],
  ])("%s: %s", (given, meant) => expect(nearestName(given, functions)).toBe(meant));

  it("is none where nothing is near", () => {
    expect(nearestName("tangent", functions)).toBeUndefined();
    expect(unknownName("function", "tangent", functions)).toBe(
      'function "tangent" is not known (allowed: sign, sinh, sin, exp, sqrt)',
    );
  });
});
