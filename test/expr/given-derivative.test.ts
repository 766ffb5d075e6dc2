import { describe, expect, it } from "vitest";
import { constant, type Expr, evaluate, grad, hvp, input, program, withDerivatives } from "../../src/expr/index.ts";
import { add, cos, dot, mul, sin, tanh } from "../../src/expr/operators/index.ts";

const x = input("x", [3]);
const feeds = { x: [0.3, -1.2, 2], v: [1, 0.5, -2] };
const numbers = (expr: Expr): number[] => [...evaluate([expr], feeds)[0].data];

describe("a value with its derivative written by hand", () => {
  const byHand = withDerivatives(sin(x), [x], (d) => [mul(d, cos(x))]);
  const loss = (y: Expr): Expr => dot(tanh(y), add(y, x));

  it("is the value itself in a program", () => {
    expect(program([byHand]).outputs).toEqual(program([sin(x)]).outputs);
    expect(numbers(byHand)).toEqual(numbers(sin(x)));
  });

  it("has the rule's derivative, and that derivative's own", () => {
    expect(numbers(grad(loss(byHand), [x])[0])).toEqual(numbers(grad(loss(sin(x)), [x])[0]));
    const curved = (y: Expr): number[] => numbers(hvp(loss(y), [x], [input("v", [3])])[0]);
    for (const [i, value] of curved(byHand).entries()) expect(value).toBeCloseTo(curved(sin(x))[i], 13);
  });

  it("has no other: the rule replaces the value's own", () => {
    const doubled = withDerivatives(sin(x), [x], (d) => [mul(2, mul(d, cos(x)))]);
    expect(numbers(grad(dot(doubled, 1), [x])[0])).toEqual(numbers(mul(2, cos(x))));
    const fixed = withDerivatives(sin(x), [x], () => [null]);
    expect(numbers(grad(dot(fixed, 1), [x])[0])).toEqual([0, 0, 0]);
  });

  it("refuses a derivative of another shape than its variable's", () => {
    const odd = withDerivatives(sin(x), [x], () => [constant(1, "f64")]);
    expect(() => grad(dot(odd, 1), [x])).toThrow(/variable 1 has shape \[\]; it must be \[3\]/);
  });
});
