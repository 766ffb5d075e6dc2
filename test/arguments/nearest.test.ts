import { describe, expect, it } from "vitest";
import { nearestName, nearestNames, unknownName } from "../../src/arguments/nearest.ts";

describe("the name that was meant", () => {
  const functions = ["sign", "sinh", "sin", "exp", "sqrt"];

  it.each([
    ["sni", "sin"],
    ["SQRT", "sqrt"],
    ["sqr", "sqrt"],
    ["sinn", "sin"],
    ["exp2", "exp"],
  ])("%s: %s", (given, meant) => expect(nearestName(given, functions)).toBe(meant));

  it("is undefined if nothing is near", () => {
    expect(nearestName("tangent", functions)).toBeUndefined();
    expect(unknownName("function", "tangent", functions)).toBe(
      'function "tangent" is not known (allowed: sign, sinh, sin, exp, sqrt)',
    );
  });
});

describe("the names that may be meant", () => {
  const names = ["adam-terms", "adam-sweep", "gradient-noise", "noise", "lr", "batch-size", "steepest-descent"];

  it.each([
    ["adam-term", ["adam-terms"]],
    ["adam", ["adam-terms", "adam-sweep"]],
    ["ADAM", ["adam-terms", "adam-sweep"]],
    ["descent", ["steepest-descent"]],
    ["much-noise", ["noise"]],
    ["learning-rate", ["lr"]],
    ["learningRate", ["lr"]],
    ["batch size", ["batch-size"]],
    ["--batch", ["batch-size"]],
    ["bs", ["batch-size"]],
    ["xyz", []],
    ["a", []],
  ])("%s: %j", (given, meant) => expect(nearestNames(given, names)).toEqual(meant));

  it("are five at most, the shortest first", () => {
    const many = Array.from({ length: 9 }, (_, i) => `walk-${"x".repeat(9 - i)}`);
    expect(nearestNames("walk", many)).toEqual(["walk-x", "walk-xx", "walk-xxx", "walk-xxxx", "walk-xxxxx"]);
    expect(unknownName("path", "walk", many.slice(6))).toBe(
      'path "walk" is not known; did you mean walk-x, walk-xx or walk-xxx? (allowed: walk-xxx, walk-xx, walk-x)',
    );
  });

  it("replace a long list, with the command that lists all", () => {
    const many = Array.from({ length: 40 }, (_, i) => `rule-number-${i}`);
    expect(unknownName("rule", "zzz", many, "downhill rules")).toBe(
      'rule "zzz" is not known; downhill rules lists all 40',
    );
    expect(unknownName("rule", "rule-number", many.slice(0, 13), "downhill rules")).toContain(
      "? (downhill rules lists all 13)",
    );
    expect(unknownName("rule", "zzz", ["a", "b"], "downhill rules")).toBe('rule "zzz" is not known (allowed: a, b)');
  });

  it("come with a short quotation of the given name", () => {
    expect(unknownName("rule", "z".repeat(400), ["a"])).toBe(`rule "${"z".repeat(50)}…" is not known (allowed: a)`);
  });
});
