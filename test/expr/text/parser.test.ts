import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateScalar, input } from "../../../src/expr/index.ts";
import { LanguageError, LIMITS, parseExpression, parseStatements, print } from "../../../src/expr/text/index.ts";

const goldens = new URL("../../goldens/expr/arithmetic.json", import.meta.url);
const { cases: arithmetic }: { cases: readonly (readonly [string, number])[] } = JSON.parse(
  readFileSync(goldens, "utf8"),
);

const names = Object.fromEntries(["x", "y", "z"].map((name) => [name, input(name)]));
const value = (text: string, feeds = {}): number => evaluateScalar(parseExpression(text, names), feeds);

describe("precedence", () => {
  it.each([
    ["1 + 2*3", 7],
    ["(1 + 2)*3", 9],
    ["10 - 4 - 3", 3],
    ["24/4/3", 2],
    ["2*6/3*2", 8],
    ["2^3^2", 512],
    ["-2^2", -4],
    ["(-2)^2", 4],
    ["2^-1", 0.5],
    ["2^-2^2", 1 / 16],
    ["-2*-3", 6],
    ["2 - -3", 5],
    ["--3", 3],
    ["+3 - +2", 1],
    ["1 + 1 < 3", 1],
    ["2*3 >= 7", 0],
    ["(1 < 2) + (2 <= 1)*10 + (1 != 1)*100 + (1 == 1)*1000", 1001],
    ["-(1 - 4)^2", -9],
    ["sqrt(2 + 2)^3", 8],
  ])("%s is %d", (text, result) => {
    expect(value(text)).toBe(result);
  });

  it("is Python's", () => {
    for (const [text, wanted] of arithmetic) {
      const given = value(text);
      expect(Math.abs(given - wanted), `${text} is ${wanted}, not ${given}`).toBeLessThanOrEqual(
        1e-12 * Math.abs(wanted),
      );
    }
  });
});

describe("numbers and names", () => {
  it.each([
    ["1", 1],
    [".5", 0.5],
    ["1.", 1],
    ["1e-3", 1e-3],
    ["2.5E+2", 250],
    ["0", 0],
    ["0.0e5", 0],
    ["-0", -0],
    ["pi", Math.PI],
    ["π", Math.PI],
    ["e", Math.E],
    ["-inf", -Infinity],
    ["nan", Number.NaN],
  ])("%s", (text, result) => {
    expect(value(text)).toBe(result);
  });

  it("may be written in other letters, and take over pi and e", () => {
    const scope = new Map(["β₁", "größe", "_", "e", "pi", "Ω"].map((name) => [name, input(name)]));
    const expr = parseExpression("β₁ + größe*_ + e - pi + Ω", scope);
    expect(evaluateScalar(expr, { "β₁": 1, größe: 2, _: 3, e: 4, pi: 5, Ω: 6 })).toBe(12);
  });

  it("may be those of functions", () => {
    expect(evaluateScalar(parseExpression("sum + sum(2*sum)", { sum: input("sum") }), { sum: 3 })).toBe(9);
  });
});

describe("symbols of the printed page", () => {
  it.each([
    ["x² − y⁻¹", "x^2 - y^-1"],
    ["2·x × y ÷ z", "2*x*y/z"],
    ["x**2", "x^2"],
    ["-x²", "-x^2"],
    ["x²^3", "(x^2)^3"],
    ["x ≤ y", "x <= y"],
    ["x ≠ y", "x != y"],
    ["x ≥ y", "x >= y"],
    ["a := 2; a*x", "2*x"],
    ["a ← x\na¹²", "x^12"],
  ])("%s is %s", (text, plain) => {
    expect(print(parseExpression(text, names))).toBe(plain);
  });
});

describe("lines", () => {
  it("end statements, as ; does, but not inside parentheses; # begins a comment", () => {
    const text = "\n# a comment; with = signs\na = (x +\n  1  # inside\n ) ; b = max(a,\r\n 2)\n\n;; a*b # the end";
    expect(print(parseExpression(text, names))).toBe("(x + 1)*max(x + 1, 2)");
  });

  it("are counted from where the text begins", () => {
    expect(() => parseStatements("a = 1\nb = (", { firstLine: 10 })).toThrow(/^line 11, column 6: /);
  });
});

describe("calls", () => {
  it("take settings by name", () => {
    const v = input("v", [2, 3]);
    expect(print(parseExpression("sum(v, axes=0) + sum(v, axes=[-2], keepdims=0)", { v }))).toBe(
      "sum(v, axes=[0]) + sum(v, axes=[0])",
    );
    expect(parseExpression("reshape(v, shape=[3, n])", { v, n: parseExpression("2", {}) }).shape).toEqual([3, 2]);
    expect(parseExpression("reshape(v, shape=[3, -1],)", { v }).shape).toEqual([3, 2]);
    expect(print(parseExpression("ln(x) + cast(x, bits=32)", names))).toBe("log(x) + f64(f32(x))");
  });
});

describe("bounds", () => {
  it("on nesting hold for every way to nest", () => {
    for (const [open, close] of [
      ["(", ")"],
      ["-", ""],
      ["2^", ""],
      ["exp(", ")"],
      ["[", "]"],
      ["x + (", ")"],
    ]) {
      const nested = (depth: number): string => `${open.repeat(depth)}1${close.repeat(depth)}`;
      expect(() => parseExpression(nested(199), names)).not.toThrow();
      expect(() => parseExpression(nested(200), names)).toThrow(/nested deeper than 200 levels/);
      expect(() => parseExpression(nested(5_000), names)).toThrow(LanguageError);
    }
  });

  it("let long sums and products through", () => {
    const terms = 9_000;
    expect(value(Array(terms).fill("x").join("+"), { x: 1 })).toBe(terms);
    expect(value(Array(terms).fill("x").join("*"), { x: -1 })).toBe(1);
  });

  it("refuse a text that is too long, or has too many parts", () => {
    expect(() => parseStatements(" ".repeat(LIMITS.characters))).not.toThrow();
    expect(() => parseStatements(" ".repeat(LIMITS.characters + 1))).toThrow(/65537 characters; at most 65536/);
    expect(() => parseStatements(Array(15_000).fill("x").join("+"))).toThrow(/more than 20000/);
  });

  it("refuse numbers that float64 can't hold", () => {
    expect(() => value("1e400")).toThrow(/"1e400" is too large/);
    expect(() => value("1e-400")).toThrow(/"1e-400" is too small: it would be 0/);
  });

  it("keep a text from asking for much memory", () => {
    expect(() => parseExpression("oneHot(x, depth=1e9)", names)).toThrow(/too large; at most 65536 is allowed/);
  });
});

describe("any text", () => {
  const scraps = fc.constantFrom(
    ..."+-*/^<>=()[],;#.² \n01".split(""),
    ...[
      "**",
      "==",
      "1e5",
      "x",
      "y",
      "sum",
      "axes=",
      "max(",
      "constructor",
      "__proto__",
      "toString",
      "inf",
      "where(",
      "\u202e",
    ],
  );

  it("is read, or refused with a place in it: nothing else", () => {
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(scraps, { maxLength: 30 }).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        try {
          parseExpression(text, names);
        } catch (error) {
          if (!(error instanceof LanguageError)) throw error;
          const lines = text.split(/\r\n|\n|\r/);
          expect(error.line).toBeLessThanOrEqual(lines.length);
          expect(error.column).toBeLessThanOrEqual([...lines[error.line - 1]].length + 1);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("finds nothing in JavaScript's objects", () => {
    for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"]) {
      expect(() => parseExpression(name, names)).toThrow(`unknown name "${name}"`);
      expect(() => parseExpression(`${name}(x)`, names)).toThrow(`unknown function "${name}"`);
      expect(() => parseExpression(`sum(x, ${name}=1)`, names)).toThrow(`sum has no setting "${name}"`);
    }
    expect(print(parseExpression("__proto__ = x; constructor = 2; __proto__*constructor", names))).toBe("x*2");
  });
});
