import { describe, expect, it } from "vitest";
import { print, program } from "../../src/expr/index.ts";
import type { Residuals } from "../../src/objective/index.ts";
import { squaresOf } from "../../src/objective/squares.ts";
import {
  gaussNewton,
  levenbergMarquardt,
  naturalGradient,
  type Objective,
  objectiveOf,
  type Solver,
  solve,
} from "../../src/solvers/index.ts";
import { leastSquares, surface, surfaces } from "../../src/surfaces/index.ts";

const t = Array.from({ length: 12 }, (_, i) => i / 4);
const decay = (y: readonly number[], start: readonly number[], model = "a*exp(-b*t)", parameters = ["a", "b"]) =>
  leastSquares({ name: "decay", parameters, data: { t, y }, residuals: [`${model} - y`], starts: [start] });
const exact = t.map((at) => 3 * Math.exp(-0.7 * at));

const both: readonly Solver[] = [levenbergMarquardt(), gaussNewton()];

describe.each(both)("$name", (solver) => {
  it("solves a linear problem in one step", () => {
    const line = leastSquares({
      name: "line",
      parameters: ["a", "b"],
      data: { t, y: t.map((at) => 2 * at - 1) },
      residuals: ["a*t + b - y"],
      starts: [[0, 0]],
    });
    // A first radius that does not hold the step back.
    const { x, path } = solve(line, {
      solver: solver.name === "gauss-newton" ? solver : levenbergMarquardt({ radius: 1000 }),
      path: true,
    });
    expect(path?.values[1]).toBeLessThan(1e-25);
    expect(x[0]).toBeCloseTo(2, 12);
    expect(x[1]).toBeCloseTo(-1, 12);
  });

  it("finds exact parameters again", () => {
    const { x, outcome } = solve(decay(exact, [1, 1]), { solver });
    expect(outcome).toBe("converged");
    expect(x[0]).toBeCloseTo(3, 12);
    expect(x[1]).toBeCloseTo(0.7, 12);
  });

  it("leaves parameters alone that the data cannot distinguish", () => {
    const twins = decay(exact, [1, 1, 1], "(a + c)*exp(-b*t)", ["a", "b", "c"]);
    const { x, outcome, value } = solve(twins, { solver });
    expect(outcome).toBe("converged");
    expect(value).toBeLessThan(1e-22);
    expect(x[0] + x[2]).toBeCloseTo(3, 10);
    expect(Math.abs(x[0] - x[2])).toBeLessThan(10);
  });

  it("leaves a parameter where it is that no residual depends on", () => {
    const idle = decay(exact, [1, 1, 5], "a*exp(-b*t) + 0*c", ["a", "b", "c"]);
    const { x, outcome } = solve(idle, { solver });
    expect(outcome).toBe("converged");
    expect(x[2]).toBe(5);
  });
});

describe("Levenberg–Marquardt", () => {
  it("shortens steps to where the residuals are not defined", () => {
    const logs = t.map((at) => 2 * Math.log(3 * at + 0.5));
    const f = objectiveOf(decay(logs, [1, 100], "a*log(b*t + 0.5)"));
    let undefinedValues = 0;
    const { residuals } = f;
    if (residuals === undefined) throw new Error("a fit has residuals");
    const watched: Objective = {
      ...f,
      residuals: {
        ...residuals,
        residuals: (x, r) => {
          residuals.residuals(x, r);
          if (!r.every(Number.isFinite)) undefinedValues++;
        },
      },
    };
    const { x, outcome } = solve(watched, { solver: levenbergMarquardt(), start: [1, 100] });
    expect(undefinedValues).toBeGreaterThan(0);
    expect(outcome).toBe("converged");
    expect(x[0]).toBeCloseTo(2, 12);
    expect(x[1]).toBeCloseTo(3, 12);
  });

  it("does not mind the units of the parameters", () => {
    const one = solve(decay(exact, [1, 1]), { solver: levenbergMarquardt() });
    const other = solve(decay(exact, [1e9, 1e-9], "a*1e-9*exp(-b*1e9*t)"), { solver: levenbergMarquardt() });
    expect(other.iterations).toBe(one.iterations);
    expect(other.x[0]).toBeCloseTo(3e9, 0);
    expect(other.x[1] * 1e9).toBeCloseTo(0.7, 10);
  });

  it("minimises a user's own residual functions", () => {
    const rosenbrock: Residuals = {
      name: "Rosenbrock's residuals",
      dimension: 2,
      count: 2,
      residuals: ([x, y], r) => r.set([10 * (y - x * x), 1 - x]),
      residualsAndJacobian: ([x, y], r, jacobian) => {
        r.set([10 * (y - x * x), 1 - x]);
        jacobian.set([-20 * x, 10, -1, 0]);
      },
    };
    for (const solver of both) {
      const { x, value } = solve(rosenbrock, { solver, start: [-1.2, 1] });
      expect(value).toBeLessThan(1e-25);
      expect(x[0]).toBeCloseTo(1, 12);
    }
  });

  it("names a start that is not allowed", () => {
    const undefinedThere = decay(exact, [1, 1], "a*log(b*t + 0.5)");
    expect(() => solve(undefinedThere, { solver: levenbergMarquardt(), start: [1, -3] })).toThrow(
      /the value or the gradient at the start \[1, -3\] is not finite; start elsewhere/,
    );
  });
});

describe("the natural gradient", () => {
  it("is Gauss–Newton's step for a sum of squares", () => {
    const { x, outcome } = solve(decay(exact, [1, 1]), { solver: naturalGradient({ damping: 1e-9 }) });
    expect(outcome).toBe("converged");
    expect(x[0]).toBeCloseTo(3, 8);
  });
});

describe("a surface whose formula is a sum of squares", () => {
  const residualsOf = (text: string): string[] | undefined =>
    squaresOf(surface({ name: "s", text }).expression)?.map((r) => print(program([r]).outputs[0]));

  it("has residuals", () => {
    expect(residualsOf("100*(y - x^2)^2 + (1 - x)^2")).toEqual(["10*(y - x^2)", "1 - x"]);
    expect(residualsOf("0.5*(x^2 + 8*y^4)/2")).toEqual(["0.5*x", "1.4142135623730951*y^2"]);
    expect(residualsOf("9*x*x + 4*(2*y^2)")).toEqual(["3*x", "2.8284271247461903*y"]);
    expect(residualsOf("(x + y)*(x + y) + 4")).toEqual(["x + y", "2"]);
  });

  it("has none where a term is not a square, or its sign is wrong", () => {
    for (const text of ["x^2 - y^2", "x^2 + y^3", "x^2 + sin(y)", "-(x^2)", "x^2 + y", "x^2/y", "x^-2"])
      expect(residualsOf(text), text).toBeUndefined();
  });

  it("is walked down by Levenberg–Marquardt", () => {
    // From Beale's usual start here the walk goes to infinity, where the value falls to 0.452.
    const targets = [{ ...surfaces.beale, start: [1, 1] }, surfaces.rosenbrock(), surfaces.himmelblau, surfaces.bowl];
    for (const target of targets)
      for (const solver of both) {
        const { value, outcome } = solve(target, { solver });
        expect(outcome, `${target.name}, ${solver.name}`).toBe("converged");
        expect(value, `${target.name}, ${solver.name}`).toBeLessThan(1e-18);
      }
  });

  it("has the value that its residuals add up to", () => {
    const f = objectiveOf(surfaces.beale);
    const r = new Float64Array(f.residuals?.count ?? 0);
    f.residuals?.residualsAndJacobian(Float64Array.of(0.3, -1.2), r, new Float64Array(2 * r.length));
    expect(r).toHaveLength(3);
    expect(r.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(f.value(Float64Array.of(0.3, -1.2)), 12);
  });
});
