import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Expr } from "../../../src/expr/index.ts";
import { evaluate, evaluateScalar, grad, input } from "../../../src/expr/index.ts";
import { add, exp, mul, sub } from "../../../src/expr/operators/index.ts";
import { inOrder } from "../../../src/expr/program.ts";
import { sameExpr } from "../../../src/expr/same.ts";
import {
  assign,
  freeNames,
  parseExpression,
  parseStatements,
  print,
  printStatements,
} from "../../../src/expr/text/index.ts";
import { operatorNames, samples, weighed } from "../samples.ts";

const momentum = parseStatements("v = beta*v + g\nw = w - lr*v");

describe("assign", () => {
  it("binds in order, each statement seeing those before it", () => {
    const scope = new Map(["v", "g", "w", "beta", "lr"].map((name) => [name, input(name)]));
    const after = assign(momentum, scope);
    expect(print(after.get("w") ?? input("none"))).toBe("w - lr*(beta*v + g)");
    expect(after.get("g")).toBe(scope.get("g"));
    expect(scope.get("w")).toEqual(input("w"));
  });

  it("binds the same statements to tensors of other shapes and types", () => {
    for (const shape of [[], [5], [2, 3]]) {
      const scope = {
        ...Object.fromEntries(["v", "g", "w"].map((name) => [name, input(name, shape, "f32")])),
        beta: parseExpression("0.9", {}),
        lr: parseExpression("0.1", {}),
      };
      expect(assign(momentum, scope).get("w")).toMatchObject({ shape, dtype: "f32" });
    }
  });
});

describe("freeNames", () => {
  it.each([
    ["x^2 + 3*sin(y) + pi*e", ["x", "y"]],
    ["m = beta*m + g; g = 2; w = w - m*g", ["beta", "m", "g", "w"]],
    ["a = 1; b = a; max(a, b) + sum(c, axes=[k])", ["c", "k"]],
    ["a = 2", []],
  ])("of %s are %j", (text, names) => {
    expect(freeNames(parseStatements(text))).toEqual(names);
  });
});

/** Reads the printed assignments back and compares each with what it was printed from. */
function expectRoundTrip(outputs: Readonly<Record<string, Expr>>): string {
  const inputs = inOrder(Object.values(outputs)).flatMap((node) =>
    node.kind === "input" ? [[node.name, node] as const] : [],
  );
  const text = printStatements(outputs);
  const after = assign(parseStatements(text), new Map(inputs));
  for (const [name, expr] of Object.entries(outputs))
    if (!sameExpr(after.get(name) ?? input("none"), expr)) expect.fail(`${name} is another after\n${text}`);
  return text;
}

describe("printStatements", () => {
  const [x, y] = [input("x"), input("y")];

  it("computes shared nodes once", () => {
    const shared = exp(mul(x, y));
    expect(expectRoundTrip({ a: add(shared, exp(mul(x, y))), s1: sub(shared, 1) })).toBe(
      "s2 = exp(x*y)\na = s2 + s2\ns1 = s2 - 1",
    );
  });

  it("computes all before it gives a result the name of an input", () => {
    expect(expectRoundTrip({ x: y, y: x })).toBe("s1 = y\ns2 = x\nx = s1\ny = s2");
  });

  it.each(operatorNames)("gives back %s with its derivatives", (name) => {
    fc.assert(
      fc.property(samples[name], ({ expr, wrt }) => {
        const slopes = grad(weighed(expr), wrt);
        expectRoundTrip(Object.fromEntries([expr, ...slopes].map((each, i) => [i === 0 ? "x1" : `d${i}`, each])));
      }),
      { numRuns: 20 },
    );
  });

  it("writes graphs that are deeper than the parser nests, and longer than paper when written out", () => {
    const steps = Array.from({ length: 2_000 });
    expectRoundTrip({ deep: steps.reduce<Expr>((inner) => sub(1, inner), x) });
    const doubled = steps.reduce<Expr>((inner) => add(inner, inner), x);
    expectRoundTrip({ doubled });
    expect(() => print(doubled)).toThrow(/more than 1000000 characters/);
  });
});

describe("a printed expression", () => {
  it("is computed as before", () => {
    const expr = parseExpression("a = x^2 + y; where(a > 1, log(a), -a)*sum([1, 2, 3])/7", {
      x: input("x"),
      y: input("y"),
    });
    const again = parseExpression(print(expr), { x: input("x"), y: input("y") });
    expect(evaluateScalar(again, { x: 2, y: 3 })).toBe(evaluateScalar(expr, { x: 2, y: 3 }));
    expect(evaluate([again], { x: 0, y: 0.5 })[0].data[0]).toBe((-0.5 * 6) / 7);
  });
});
