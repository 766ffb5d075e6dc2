import { describe, expect, it } from "vitest";
import { add, type Expr, input, mul, pow, sin, sub, sum } from "../../src/expr/index.ts";
import { expressionObjective } from "../../src/objective/expression.ts";
import { objectiveOf, type Residuals, startOf } from "../../src/objective/index.ts";
import { RunningMean } from "../../src/objective/net/running-mean.ts";
import { squaresOf } from "../../src/objective/squares.ts";
import { surface } from "../../src/surfaces/index.ts";

const [x, y] = [input("x"), input("y")];
const at = Float64Array.of(2, -3);
const formula = (expression: Expr) => expressionObjective({ name: "f", parameters: ["x", "y"], data: {}, expression });

describe("a formula as an objective", () => {
  // f = x²y + sin(y): ∇f = (2xy, x² + cos y), ∇²f = ((2y, 2x), (2x, −sin y)).
  const f = formula(add(mul(pow(x, 2), y), sin(y)));
  const hessian = [-6, 4, 4, -Math.sin(-3)];

  it("tells value and gradient", () => {
    const g = new Float64Array(2);
    const value = 4 * -3 + Math.sin(-3);
    expect(f.value(at)).toBeCloseTo(value, 14);
    expect(f.gradient(at, g)).toBeCloseTo(value, 14);
    expect([...g]).toEqual([-12, expect.closeTo(4 + Math.cos(-3), 14)]);
  });

  it("tells the Hessian, and its product with a vector", () => {
    const [h, hv] = [new Float64Array(4), new Float64Array(2)];
    f.hessian(at, h);
    expect([...h]).toEqual(hessian.map((entry) => expect.closeTo(entry, 14)));
    f.hessianProduct?.(at, Float64Array.of(5, 7), hv);
    expect([...hv]).toEqual([-6 * 5 + 4 * 7, expect.closeTo(4 * 5 - Math.sin(-3) * 7, 13)]);
  });

  it("tells the Hessian of many variables the same way, column by column", () => {
    // f = (Σ iˣᵢ)²/2 with i from 1: ∇²f has i·j at row i and column j.
    const names = Array.from({ length: 30 }, (_, i) => `x${i}`);
    const total = names.map((name, i) => mul(i + 1, input(name))).reduce(add);
    const many = expressionObjective({ name: "f", parameters: names, data: {}, expression: mul(0.5, pow(total, 2)) });
    const h = new Float64Array(900);
    many.hessian(new Float64Array(30).fill(0.5), h);
    expect([...h]).toEqual(Array.from({ length: 900 }, (_, k) => (1 + Math.floor(k / 30)) * (1 + (k % 30))));
  });

  it("tells how far rounding may put it off: ε·|v·∂f/∂v| of each operation v", () => {
    // (x + 1)² at 2: the sum is 3, with slope 6, and the square is 9, with slope 1.
    expect(formula(pow(add(x, 1), 2)).rounding?.(at)).toBeCloseTo(Number.EPSILON * (18 + 9), 28);
    // (x − 2)² at 2 is exact: nothing is left of what was subtracted.
    expect(formula(pow(sub(x, 2), 2)).rounding?.(at)).toBe(0);
  });
});

describe("residuals of one's own", () => {
  // r = (x − 1, xy, 3): J = ((1, 0), (y, x), (0, 0)).
  const given: Residuals = {
    ...{ name: "mine", dimension: 2, count: 3 },
    residuals: ([a, b], r) => r.set([a - 1, a * b, 3]),
    residualsAndJacobian: ([a, b], r, jacobian) => {
      r.set([a - 1, a * b, 3]);
      jacobian.set([1, 0, b, a, 0, 0]);
    },
  };
  const f = objectiveOf(given);

  it("are made small by the sum of their squares, with the gradient 2Jᵀr", () => {
    const g = new Float64Array(2);
    expect(f.value(at)).toBe(1 + 36 + 9);
    expect(f.gradient(at, g)).toBe(46);
    expect([...g]).toEqual([2 * (1 + -3 * -6), 2 * 2 * -6]);
  });

  it("have the Gauss–Newton product 2Jᵀ(Jv)", () => {
    const to = new Float64Array(2);
    f.gaussNewtonProduct?.(at, Float64Array.of(5, 7), to);
    // Jv = (5, −3·5 + 2·7, 0) = (5, −1, 0)
    expect([...to]).toEqual([2 * (5 + -3 * -1), 2 * 2 * -1]);
  });

  it("are as uncertain as what they are made of: each by ε(|r| + Σ|Jⱼxⱼ|)", () => {
    const off = [1 + 2, 6 + 6 + 6, 3].map((size) => size * Number.EPSILON);
    const wanted = off.reduce((total, each, i) => total + 2 * [1, 6, 3][i] * each, 0);
    expect(f.rounding?.(at)).toBeCloseTo(wanted, 26);
    expect(startOf(given)).toBeUndefined();
  });
});

describe("a sum of squares is seen in its formula", () => {
  const vector = input("v", [3]);

  it.each<[string, Expr, number]>([
    ["(x − 1)² + x²", add(pow(sub(x, 1), 2), pow(x, 2)), 2],
    ["100(y − x²)² + (1 − x)²", add(mul(100, pow(sub(y, pow(x, 2)), 2)), pow(sub(1, x), 2)), 2],
    ["x⁴ and a number", add(pow(x, 4), 2), 2],
    ["x·x", mul(x, x), 1],
    ["3·x·x·½", mul(mul(3, x), mul(x, 0.5)), 1],
    ["Σ v²", sum(pow(vector, 2)), 1],
  ])("%s", (_, expression, count) => {
    expect(squaresOf(expression)).toHaveLength(count);
  });

  it.each<[string, Expr]>([
    ["x³", pow(x, 3)],
    ["x", x],
    ["−x²", mul(-1, pow(x, 2))],
    ["x·y", mul(x, y)],
    ["x²·y²", mul(pow(x, 2), pow(y, 2))],
    ["x·x·x", mul(mul(x, x), x)],
    ["x² − 1", add(pow(x, 2), -1)],
    ["x² + y", add(pow(x, 2), y)],
  ])("%s is none", (_, expression) => {
    expect(squaresOf(expression)).toBeNull();
  });

  it("and its residuals' squares are what it is", () => {
    const f = objectiveOf(surface({ name: "f", text: "4*(y - x^2)^2 + (1 - x)^4" }));
    const r = new Float64Array(2);
    f.residuals?.residuals(at, r);
    expect([...r]).toEqual([2 * (-3 - 4), 1]);
    expect(f.value(at)).toBe(4 * 49 + 1);
  });
});

describe("a mean over batches", () => {
  it("weighs each by its examples", () => {
    const mean = new RunningMean();
    mean.add({ loss: 1, correct: 3 }, 10);
    mean.add({ loss: 4, correct: 2 }, 5);
    expect(mean.value()).toEqual({ loss: 2, accuracy: 1 / 3 });
  });

  it("has no accuracy where one batch has none", () => {
    const mean = new RunningMean();
    mean.add({ loss: 1, correct: 1 }, 1);
    mean.add({ loss: 1, correct: undefined }, 1);
    mean.add({ loss: 1, correct: 1 }, 1);
    expect(mean.value()).toEqual({ loss: 1 });
  });

  it.each([3, undefined])("goes on from what was saved, %s right ones", (correct) => {
    const whole = new RunningMean();
    whole.add({ loss: 0.1, correct }, 7);
    const restored = RunningMean.restore(JSON.parse(JSON.stringify(whole.save())));
    for (const mean of [whole, restored]) mean.add({ loss: 0.7, correct }, 3);
    expect(restored.value()).toEqual(whole.value());
  });
});
