import { describe, expect, it } from "vitest";
import { type CurveOptions, fitCurve } from "../../src/curves/index.ts";
import { csvTable } from "../../src/data/index.ts";

const x = [0, 1, 2, 3, 4, 5];
const y = x.map((each) => 2 + 3 * each);

const fitted = (formula: string, more: Partial<CurveOptions> = {}) => fitCurve({ formula, data: { x, y }, ...more });
const values = (formula: string, more: Partial<CurveOptions> = {}): Record<string, number> =>
  Object.fromEntries(fitted(formula, more).parameters.map(({ name, value }) => [name, value]));
const line = { a: expect.closeTo(2, 9), b: expect.closeTo(3, 9) };

describe("a formula", () => {
  it("is the right-hand side or has its response before it; both say the same", () => {
    for (const formula of ["a + b*x", "y = a + b*x", "  y=a+b*x;"]) expect(values(formula)).toEqual(line);
    expect(values("a + b*x", { predict: "y" })).toEqual(line);
    expect(fitted("a + b*x").response).toBe("y");
  });

  it("may have a response that is an expression of columns", () => {
    const { response, parameters, fitted: curve } = fitted("log(y + 1) = log(a + b*x)", { start: { a: 1, b: 1 } });
    expect(response).toBe("log(y + 1)");
    expect(parameters.map(({ value }) => value)).toEqual([expect.closeTo(3, 8), expect.closeTo(3, 8)]);
    expect(curve[2]).toBeCloseTo(Math.log(9), 9);
  });

  it("may define names first", () => {
    expect(values("u = b*x; y = a + u")).toEqual(line);
    expect(values("u = b*x\na + u")).toEqual(line);
  });

  it("may be a constant, whose fit is the mean", () => {
    const [{ value, standardError }] = fitted("y = m").parameters;
    expect(value).toBeCloseTo(9.5, 12);
    expect(standardError).toBeCloseTo(3 * Math.sqrt(3.5 / 6), 10);
  });

  it("takes e for Euler's number, unless a column or an option has that name", () => {
    expect(Object.keys(values("a*e^(0*x) + b*x"))).toEqual(["a", "b"]);
    expect(values("e + b*x", { start: { e: 0 } })).toEqual({ e: line.a, b: line.b });
    expect(Object.keys(fitCurve({ formula: "y = a + b*e", data: { e: x, y } }).predictors)).toHaveLength(1);
  });

  it("reads comparisons as such", () => {
    expect(values("where(x >= 3, a + b*x, a + b*x)")).toEqual(line);
  });

  it("takes columns with blanks in their names, with underscores", () => {
    const table = csvTable("Body mass (g),y\n0,2\n1,5\n2,8\n3,11.5\n", "t.csv", { target: [] });
    expect(fitCurve({ formula: "y = a + b*Body_mass_g", data: table }).predictors).toEqual(["Body_mass_g"]);
  });

  it("takes rows as objects", () => {
    const data = x.map((each, i) => ({ x: each, y: y[i], note: "unused" }));
    expect(fitCurve({ formula: "y = a + b*x", data }).parameters[1].value).toBeCloseTo(3, 9);
  });
});

describe("errors say what to do", () => {
  it.each([
    [
      "y = 2*x",
      {},
      'the formula "y = 2*x" has no parameters: all its names (x) are columns; a name that is no column is a parameter, as a in a*x',
    ],
    ["y = a + b*z", {}, "the formula uses no column besides the one to predict; write it with x"],
    ["y = a + b*y", {}, 'the formula uses "y", the column to predict; write it without that column'],
    ["z = a + b*x", {}, 'the left-hand side must use columns only; column "z" is not known'],
    ["y = a*fxp(x)", {}, "did you mean exp?"],
    ["y = a*(x", {}, "line 1, column 9"],
    ["", {}, "the formula is empty"],
    ["a + b*x", { predict: "z" }, 'column "z" is not known'],
    ["y = a + b*x", { predict: "x" }, 'the formula predicts y, but predict is "x"; leave one of the two out'],
    ["y = a + b*x", { start: { c: 1 } }, 'start: parameter "c" is not known'],
    ["y = a + b*x", { fix: { a: 1, b: 2 } }, "every parameter is fixed; leave at least one out of fix"],
    ["y = a + b*x", { fix: { a: 1 }, start: { a: 2 } }, "a is fixed; leave it out of start"],
    [
      "y = a + b*x",
      { bounds: { a: [1, 0] } },
      "bounds: a is [1,0]; give two numbers, the smaller first, such as [0, 10]",
    ],
    [
      "y = a + b*x",
      { start: { a: 5, b: 0 }, bounds: { a: [0, 1] } },
      "start: a is 5, outside of its bounds 0 to 1; start within them",
    ],
    ["y = a + b*x", { scale: 2 }, "scale is for robust losses; give loss, too: huber, soft-l1 or cauchy"],
    ["y = a + b*x", { weights: [1, 2] }, "2 weights or sigmas are given for 6 rows; give one for each"],
    ["y = a + b*x", { sigma: [1, 1, 0, 1, 1, 1] }, "row 3: the sigma is 0; a standard deviation is above 0"],
    ["y = a + b*x", { weights: [1, 1, -1, 1, 1, 1] }, "row 3: the weight is -1; a weight is 0 or more"],
    [
      "y = a + b*mean(x)",
      {},
      "the formula uses mean, which mixes rows; compute it beforehand, as a column or a number",
    ],
    [
      "y = a*log(x)",
      {},
      "row 1, where x is 0: the formula is not finite at any of 300 starts that were tried; give one: start: { a: … }, or leave such rows out",
    ],
  ] as const)("%s %o", (formula, more, message) => {
    expect(() => fitted(formula, more)).toThrow(message);
  });

  it("for fewer rows than parameters", () => {
    expect(() => fitCurve({ formula: "y = a + b*x + c*x^2", data: { x: [1, 2], y: [1, 2] } })).toThrow(
      "there are 2 rows for 3 parameters (a, b, c); give as many rows at least, or fix some",
    );
  });

  it("for a cell that is missing, or no number, with its line", () => {
    const table = csvTable("x,y,w\n0,2,a\n1,,b\n2,8,c\n3,11,d\n", "t.csv", { target: [] });
    expect(() => fitCurve({ formula: "y = a + b*x", data: table })).toThrow(
      't.csv: line 3, column 2 ("y"): the value is missing; fill it in, or leave such rows out: missing: "drop"',
    );
    expect(() => fitCurve({ formula: "y = a + b*w", data: table })).toThrow(
      't.csv: line 2, column 3 ("w"): it is "a", no number; correct the cell, or leave the column out of the formula',
    );
    expect(fitCurve({ formula: "y = a + b*x", data: table, missing: "drop" })).toMatchObject({
      observations: 3,
      dropped: 1,
    });
    expect(() => fitCurve({ formula: "y = a + b*x", data: { x, y: [1, 2, Number.NaN, 4, 5, 6] } })).toThrow(
      'row 3, column "y": the value is missing',
    );
  });

  it("for columns of different lengths", () => {
    expect(() => fitCurve({ formula: "y = a + b*x", data: { x, y: [1] } })).toThrow(
      'column "y" has 1 values, but column "x" has 6; all columns must have the same length',
    );
  });
});
