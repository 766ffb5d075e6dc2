import { describe, expect, it } from "vitest";
import { findSolver, type Objective, objectiveOf, solve, type Target } from "../../src/solvers/index.ts";
import { type LeastSquares, leastSquares, surfaceFromText } from "../../src/surfaces/index.ts";

const run = (name: string, target: Target, start: readonly number[]) =>
  solve(target, { solver: findSolver(name)(), start });

const quasiNewton = ["bfgs", "lbfgs"];

describe("the unit of the value does not matter", () => {
  const rosenbrock = objectiveOf(surfaceFromText("100*(y - x^2)^2 + (1 - x)^2"));

  /** c·f, which tells values and slopes alone. */
  const times = (c: number): Objective => ({
    name: `${c}·Rosenbrock`,
    dimension: 2,
    value: (x) => c * rosenbrock.value(x),
    gradient: (x, g) => {
      const value = rosenbrock.gradient(x, g);
      for (let i = 0; i < 2; i++) g[i] *= c;
      return c * value;
    },
  });

  it.each(quasiNewton)("to %s", (name) => {
    for (const c of [1e-20, 1e-10, 1, 1e14, 1e15, 1e20, 1e40]) {
      const { outcome, x, iterations } = run(name, times(c), [-1.2, 1]);
      expect(outcome, `${c}`).toBe("converged");
      expect([...x], `${c}`).toEqual([expect.closeTo(1, 6), expect.closeTo(1, 6)]);
      expect(iterations, `${c}`).toBeLessThan(80);
    }
  });

  it.each(quasiNewton)("to %s in a fit of large numbers", (name) => {
    const x = Array.from({ length: 30 }, (_, i) => 0.1 + (4.9 * i) / 29);
    const problem = leastSquares({
      name: "power",
      parameters: ["a", "b"],
      data: { x, y: x.map((at) => 1e6 * at ** 2.5) },
      residuals: ["a*x^b - y"],
      starts: [[1e5, 1]],
    });
    const { outcome, x: found, iterations } = run(name, problem, [1e5, 1]);
    expect(outcome).toBe("converged");
    expect(found[0] / 1e6).toBeCloseTo(1, 9);
    expect(found[1]).toBeCloseTo(2.5, 9);
    // SciPy's BFGS takes 30.
    expect(iterations).toBeLessThan(60);
  });
});

/** a + bx at 20 places from 0 to 1. */
function line(y: (x: number) => number): LeastSquares {
  const x = Array.from({ length: 20 }, (_, i) => i / 19);
  return leastSquares({
    name: "line",
    parameters: ["a", "b"],
    data: { x, y: x.map(y) },
    residuals: ["a + b*x - y"],
    starts: [[1, 1]],
  });
}

describe("finds a line through all data, and recognises it, where a parameter is 0 or tiny", () => {
  it.each([
    { a: 0, b: 1, start: [1, 1] },
    { a: 0, b: 1, start: [2, 3] },
    { a: 0, b: 1, start: [1, 0] },
    { a: 0, b: 1, start: [5, -3] },
    { a: 0, b: 3, start: [1, 1] },
    { a: 1e-12, b: 5, start: [1, 1] },
    { a: 1e-6, b: 1e6, start: [0, 0] },
    { a: 0, b: 1e6, start: [5, -3] },
    { a: 0, b: 1e6, start: [0, 1e8] },
    { a: 7, b: -1e-6, start: [3, 1] },
    { a: 500, b: 1e12, start: [0, 0] },
  ])("$a + $b·x from $start", ({ a, b, start }) => {
    for (const name of ["levenberg-marquardt", "gauss-newton", ...quasiNewton]) {
      const { outcome, x, iterations, reason } = run(
        name,
        line((at) => a + b * at),
        start,
      );
      expect(outcome, `${name}: ${reason}`).toBe("converged");
      expect(Math.abs(x[0] - a), name).toBeLessThan(1e-7 * (a + Math.abs(b)));
      expect(x[1] / b, name).toBeCloseTo(1, 6);
      expect(iterations, name).toBeLessThan(name === "levenberg-marquardt" ? 10 : 60);
    }
  });
});

describe("a search that ends where the curvature is not finite says so", () => {
  it.each([
    ["x + 1/x + y^2", [1e-4, 1]],
    ["x + 1e-12/x", [1]],
  ] as const)("%s", (text, start) => {
    const { outcome, reason } = run("polyak", surfaceFromText(text), start);
    expect([outcome, reason]).toEqual(["diverged", "the value falls without bound"]);
  });

  it("whatever the method", () => {
    const names = ["bfgs", "lbfgs", "conjugate-gradient", "newton", "newton-trust-region", "saddle-free-newton"];
    for (const name of [...names, "newton-cg", "barzilai-borwein", "steepest-descent", "polyak", "pure-newton"])
      for (const [text, start] of [
        ["x + 1/x + y^2", [1e-103, 1]],
        ["sqrt(x) + y^2", [1e-210, 0]],
        ["1/x^2 + y^2", [1e-77, 1]],
        ["x*log(x) + y^2", [1e-300, 1]],
        ["(x^2)^0.75 + y^2", [0.1, 1]],
      ] as const)
        expect(() => run(name, surfaceFromText(text), start), `${name}: ${text}`).not.toThrow();
  });
});

describe("saddle-free Newton takes one step on a bowl", () => {
  it.each(["1e6", "1e12", "1e14", "1e16", "1e20"])("whose condition is %s", (c) => {
    const bowl = surfaceFromText(`(x - 1)^2 + ${c}*(y - 1)^2`);
    const { outcome, x, iterations } = run("saddle-free-newton", bowl, [10, 10]);
    expect([outcome, ...x]).toEqual(["converged", 1, 1]);
    expect(iterations).toBeLessThan(4);
  });

  it("that is rotated", () => {
    const bowl = surfaceFromText("(x + y - 2)^2 + 1e12*(x - 2*y + 1)^2");
    const { outcome, iterations } = run("saddle-free-newton", bowl, [10, 10]);
    expect(outcome).toBe("converged");
    expect(iterations).toBeLessThan(10);
  });
});
