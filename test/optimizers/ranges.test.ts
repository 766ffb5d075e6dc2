import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Expr, evaluate, input } from "../../src/expr/index.ts";
import { parseExpression } from "../../src/expr/text/index.ts";
import { foresight } from "../../src/optimizers/foresight.ts";
import { only, type Range, rangeOf } from "../../src/optimizers/range.ts";
import { all, wave } from "./long-vectors.ts";

describe("ranges", () => {
  const formulas = [
    "x + y",
    "x - y*x",
    "x/y",
    "x/(abs(y) + 0.001)",
    "sqrt(x)",
    "sqrt(x^2 + 1)/y^3",
    "1/(x^2)",
    "x^-3 + y^0",
    "min(x, y)*max(x, 1)",
    "sign(x)*floor(y) - ceil(x)",
    "where(x > 0, x, -y)",
    "where(x > 0, sqrt(x), 0)",
    "norm(x)*y + sum(y)/mean(x)",
    "x*min(1, 2/norm(x))",
    "0.9^3*x + (1 - 0.9^3)*y^2",
    "exp(x)",
    "maxOf(x) + y",
  ];

  it.each(formulas)("hold all values of %s", (text) => {
    const shape = [4];
    const outputs: Record<string, Expr> = {
      w: parseExpression(text, { x: input("x", shape), y: input("y", shape) }),
    };
    const foresee = foresight(outputs, "f64");
    const place = fc.oneof(
      fc.double({ min: -1e3, max: 1e3, noNaN: true }),
      fc.constantFrom(0, 1, -1, 1e-300, -1e-300, 1e300, -1e300),
    );
    const numbers = fc.array(place, { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(numbers, numbers, (x, y) => {
        const given: Readonly<Record<string, number[]>> = { x, y };
        const ranges = foresee((name) => rangeOf(Math.min(...given[name]), Math.max(...given[name])), 4);
        if (ranges === undefined) return;
        const range = ranges.get("w") ?? only(0);
        for (const value of evaluate([outputs.w], { x, y })[0].data) {
          expect(Number.isFinite(value)).toBe(true);
          const slack = 1e-12 * Math.max(Math.abs(range.lo), Math.abs(range.hi));
          expect(value >= range.lo - slack && value <= range.hi + slack).toBe(true);
        }
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  const rangeOfFormula = (text: string, given: Readonly<Record<string, Range>>): Range | undefined => {
    const inputs = Object.fromEntries(Object.keys(given).map((name) => [name, input(name, [4])]));
    const foresee = foresight({ w: parseExpression(text, inputs) }, "f64");
    return foresee((name) => given[name], 4)?.get("w");
  };

  it.each([
    [-1, 0],
    [0, 1],
    [-1, 1],
  ])("expect 0/0 where x may be 0, also at an end: from %d to %d", (lo, hi) => {
    const given = { x: rangeOf(lo, hi), y: rangeOf(0, 1) };
    expect(rangeOfFormula("min(1, max(-1, x/y))", given)).toBeUndefined();
    expect(rangeOfFormula("min(1, max(-1, (x + 2)/y))", given)).toEqual(only(1));
  });

  it.each([
    [-1, 0, 1, 5],
    [0, 1, 1, 5],
    [-1, 1, 1, 5],
    [0, 0, 5, 5],
    [1, 2, 1, 1],
    [-2, -1, 1, 1],
  ])("take 0 for false, also at an end, and all else for true: from %d to %d", (lo, hi, least, most) => {
    expect(rangeOfFormula("where(x, 1, 5)", { x: rangeOf(lo, hi) })).toEqual(rangeOf(least, most));
  });

  it("take a condition that may be 0/0 for one that may be true or false", () => {
    const given = { x: rangeOf(0, 1), y: rangeOf(0, 1) };
    expect(rangeOfFormula("where(x/y, 1, 5)", given)).toEqual(rangeOf(1, 5));
    expect(rangeOfFormula("where(x/y > 2, 1, 5)", given)).toEqual(rangeOf(1, 5));
  });

  it.each<[string, number, number, number, number]>([
    ["abs(x)", -3, -2, 2, 3],
    ["abs(x)", 2, 3, 2, 3],
    ["abs(x)", -3, 2, 0, 3],
    ["1/abs(x)", -4, -2, 1 / 4, 1 / 2],
    ["x^2", -3, -2, 4, 9],
    ["x^2", -3, 2, 0, 9],
    ["x^3", -3, 2, -27, 8],
    ["1/x", -4, -2, -1 / 2, -1 / 4],
    ["sqrt(x)", 4, 9, 2, 3],
    ["2 - x", 4, 9, -7, -2],
  ])("of %s are no wider than its values, for x from %d to %d", (text, lo, hi, least, most) => {
    expect(rangeOfFormula(text, { x: rangeOf(lo, hi) })).toEqual(rangeOf(least, most));
  });

  it("are known of every rule but those with a root of a difference or a quotient of lengths, on ordinary numbers", () => {
    const unknown = all.filter(([, rule]) => {
      const optimizer = rule({ lr: 0.01 });
      const w = wave("f64", 1, 0);
      const state = optimizer.init(w);
      optimizer.step(w, wave("f64", 1, 1), state);
      // Where nothing was known the kernel computes twice; here a number that no step leads to gives it away.
      w[0] = Number.NaN;
      try {
        optimizer.step(w, wave("f64", 1, 2), state);
      } catch (error) {
        return !String(error).includes("was changed between steps");
      }
      return true;
    });
    expect(unknown.map(([name]) => name).sort()).toEqual(["lamb", "yogi"]);
  });
});
