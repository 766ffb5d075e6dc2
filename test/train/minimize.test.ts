import { describe, expect, it } from "vitest";
import { noisy } from "../../src/objective/index.ts";
import { adam, gradientDescent } from "../../src/optimizers/index.ts";
import { findSolver, lbfgs, levenbergMarquardt, newton, solve, solvers } from "../../src/solvers/index.ts";
import { leastSquares, surfaceFromText, surfaces } from "../../src/surfaces/index.ts";
import { minimize, minimizeLater, type Path } from "../../src/train/index.ts";

const end = ({ points, dimension }: Path): number[] => [...points.slice(-dimension)];
const valley = surfaces.rosenbrock();

describe("minimize with a solver", () => {
  it("Newton is at the bottom of a quadratic in one step", () => {
    const { points, values, outcome } = minimize(surfaces.quadratic(1000), { optimizer: newton(), start: [-3, 7] });
    expect(outcome).toMatchObject({ kind: "converged", step: 1 });
    expect([...points]).toEqual([-3, 7, 0, 0]);
    expect([...values]).toEqual([0.5 * (9 + 1000 * 49), 0]);
  });

  it("has the path that solve has", () => {
    const path = minimize(valley, { optimizer: lbfgs(), start: [-1, 2] });
    const found = solve(valley, { solver: lbfgs(), start: [-1, 2], path: true });
    expect([path.dimension, path.outcome.step]).toEqual([2, found.iterations]);
    expect([path.points, path.values]).toEqual([found.path?.points, found.path?.values]);
    expect([path.points.length, path.values.length]).toEqual([2 * path.outcome.step + 2, path.outcome.step + 1]);
    expect(end(path)[0]).toBeCloseTo(1, 9);
  });

  it.each(solvers.filter(({ spec }) => spec.name !== "kfac").map((solver) => [solver.spec.name, solver] as const))(
    "%s goes down Rosenbrock's valley",
    (_, solver) => {
      const { values, outcome } = minimize(valley, { optimizer: solver(), steps: 3000 });
      expect(values.at(-1)).toBeLessThan(1e-4);
      expect(["converged", "completed"]).toContain(outcome.kind);
    },
  );

  it("fits a least-squares problem, and so does an update rule", () => {
    const line = leastSquares({
      name: "line",
      parameters: ["a", "b"],
      data: { x: [0, 1, 2, 3], y: [1, 3, 5, 7] },
      residuals: ["y - (a + b*x)"],
      starts: [[0, 0]],
    });
    for (const optimizer of [levenbergMarquardt(), lbfgs(), gradientDescent({ lr: 0.03 })]) {
      const [a, b] = end(minimize(line, { optimizer, steps: 2000 }));
      expect([Math.abs(a - 1), Math.abs(b - 2)].every((error) => error < 1e-8)).toBe(true);
    }
  });

  it("a function of one's own tells values and slopes: L-BFGS needs no more, Newton does", () => {
    const bowl = {
      name: "my bowl",
      dimension: 3,
      valueAndGradient: (w: Float64Array, g: Float64Array) => {
        for (let i = 0; i < 3; i++) g[i] = 2 * (i + 1) * (w[i] - i);
        return w.reduce((sum, x, i) => sum + (i + 1) * (x - i) ** 2, 0);
      },
    };
    const path = minimize(bowl, { optimizer: lbfgs(), start: [5, 5, 5] });
    for (const [i, x] of end(path).entries()) expect(x).toBeCloseTo(i, 9);
    expect(() => minimize(bowl, { optimizer: newton(), start: [5, 5, 5] })).toThrow(
      /newton: my bowl does not provide the Hessian/,
    );
    expect(() => minimize(bowl, { optimizer: lbfgs() })).toThrow(/my bowl: give a start, 3 numbers/);
  });

  it("sees the noise of a noisy surface, and does not pass it over for the formula", () => {
    const { outcome } = minimize(noisy(valley, { sigma: 1, seed: 1 }), { optimizer: lbfgs() });
    expect(outcome.kind).toBe("stalled");
  });

  it("names its end: singular, diverged, all steps taken", () => {
    const outcomeOf = (text: string, name: string, start: number[], steps?: number) =>
      minimize(surfaceFromText(text), { optimizer: findSolver(name)(), start, steps }).outcome.kind;
    expect(outcomeOf("x^4 + y", "pure-newton", [1, 1])).toBe("singular");
    expect(outcomeOf("x^4 + y", "newton", [1, 1], 20)).toBe("completed");
    expect(outcomeOf("x + y", "lbfgs", [1, 1])).toBe("diverged");
    expect(outcomeOf("abs(x)", "newton", [1])).toBe("stalled");
    expect(outcomeOf("x^2 - y^2", "pure-newton", [3, 4])).toBe("converged");
  });

  it("takes no more steps than it may, and none after it was told to stop", () => {
    expect(minimize(valley, { optimizer: newton(), steps: 3 }).outcome).toMatchObject({ kind: "completed", step: 3 });
    expect(minimize(valley, { optimizer: newton(), steps: 0 }).values).toHaveLength(1);
    const stopped = minimize(valley, { optimizer: newton(), signal: AbortSignal.abort() });
    expect(stopped.outcome).toMatchObject({ kind: "interrupted", step: 0 });
  });

  it.each([
    [{ start: [1] }, /rosenbrock: the start is \[1\]; 2 finite numbers are needed/],
    [{ start: [1, Number.NaN] }, /2 finite numbers/],
    [{ steps: -1 }, /steps is -1/],
    [{ steps: 0.5 }, /steps is 0.5/],
  ])("refuses %o, as for update rules", (options, message) => {
    for (const optimizer of [lbfgs(), adam()])
      expect(() => minimize(valley, { optimizer, ...options })).toThrow(message);
  });

  it("refuses a start where there is no number, and what no formula gives", () => {
    const logarithm = surfaceFromText("log(x)");
    for (const optimizer of [lbfgs(), adam()])
      expect(() => minimize(logarithm, { optimizer, start: [-1] })).toThrow(
        /log\(x\): the value .*at the start \[-1\]/,
      );
    expect(() => minimize(surfaces.ackley(), { optimizer: levenbergMarquardt() })).toThrow(
      /levenberg-marquardt: ackley does not provide residuals/,
    );
  });
});

describe("minimizeLater", () => {
  it("walks the same paths", async () => {
    for (const optimizer of [adam({ lr: 0.1 }), lbfgs(), newton()])
      expect(await minimizeLater(valley, { optimizer })).toEqual(minimize(valley, { optimizer }));
  });

  it.each([
    ["an update rule", gradientDescent({ lr: 1e-6 }), 1_000_000],
    ["a solver", findSolver("steepest-descent")(), 10_000_000],
  ])("rests on long walks, so that it can be stopped: %s", async (_, optimizer, steps) => {
    const stop = new AbortController();
    setTimeout(() => stop.abort());
    const { outcome, values } = await minimizeLater(surfaces.rosenbrock(20), { optimizer, steps, signal: stop.signal });
    expect(outcome.kind).toBe("interrupted");
    expect(values).toHaveLength(outcome.step + 1);
  });

  it("refuses by its promise what minimize refuses", async () => {
    await expect(minimizeLater(valley, { optimizer: newton(), start: [1] })).rejects.toThrow(/2 finite numbers/);
    await expect(minimizeLater(valley, { optimizer: adam(), start: [1] })).rejects.toThrow(/2 finite numbers/);
  });
});

it("ends the path of a diverged walk at its last finite point", () => {
  const path = minimize(surfaceFromText("x^4 + y^4", { start: [1, 2] }), {
    optimizer: gradientDescent({ lr: 10 }),
    steps: 50,
  });
  expect(path.outcome.kind).toBe("diverged");
  expect(path.outcome.step).toBeLessThan(10);
  expect(path.values).toHaveLength(path.outcome.step + 1);
  expect(path.points).toHaveLength(2 * (path.outcome.step + 1));
  expect([...path.points, ...path.values].every(Number.isFinite)).toBe(true);
});
