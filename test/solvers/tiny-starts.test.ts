import { describe, expect, it } from "vitest";
import { levenbergMarquardt, newtonTrustRegion, type Solver, solve } from "../../src/solvers/index.ts";
import { type LeastSquares, leastSquares, moreGarbowHillstrom } from "../../src/surfaces/index.ts";

const { beale, broydenBanded, extendedRosenbrock, gulf, helicalValley, kowalikOsborne, penalty1, wood } =
  moreGarbowHillstrom;

/** The standard start, `factor` times as far out, with one number of it replaced. */
const startOf = ({ starts: [start] }: LeastSquares, factor: number, at: number, by: number): number[] =>
  start.map((x, i) => (i === at ? by : factor * x));

/** a·e^(−bt) + c, seen at 40 times. */
const t = Array.from({ length: 40 }, (_, i) => i / 8);
const decay = leastSquares({
  name: "decay",
  parameters: ["a", "b", "c"],
  data: { t, y: t.map((at) => 500 * Math.exp(-0.9 * at) + 40) },
  residuals: ["a*exp(-b*t) + c - y"],
  starts: [[200, 1, 0]],
});

const cases: readonly (readonly [LeastSquares, readonly number[]])[] = [
  [helicalValley, [-30, 0, 0]],
  [helicalValley, [-50, 0, 0]],
  [helicalValley, [-100, 0, 0]],
  [helicalValley, [-1000, 0, 0]],
  [helicalValley, [-100, 1e-8, 0]],
  [helicalValley, [-100, 0, 100]],
  [beale, startOf(beale, 1, 0, 1e-8)],
  [wood, startOf(wood, 1, 2, 0)],
  [decay, [200, 1, 0]],
  [decay, [200, 1e-9, 1e-9]],
  ...[0, 1e-9].flatMap((tiny) =>
    [0, 3].flatMap((at): (readonly [LeastSquares, readonly number[]])[] => [
      [broydenBanded(), startOf(broydenBanded(), 10, at, tiny)],
      [extendedRosenbrock(), startOf(extendedRosenbrock(), 100, at, tiny)],
    ]),
  ),
];

const expectFound = (solver: Solver, problem: LeastSquares, start: readonly number[], steps: number): void => {
  const { value, reason } = solve(problem, { solver, start, maxIterations: steps });
  expect(value, `${problem.name} from [${start.join(", ")}]: ${reason}`).toBeLessThan(1e-15);
};

describe("a parameter that starts at or near 0 beside large ones", () => {
  it("finds its size within 60 steps by Levenberg–Marquardt", () => {
    for (const [problem, start] of cases) expectFound(levenbergMarquardt(), problem, start, 60);
  });

  it("leaves the minimum to be found where there is none of 0", () => {
    const problem = penalty1();
    for (let i = 0; i < problem.parameters.length; i++)
      for (const tiny of [0, 1e-8]) {
        const start = startOf(problem, 1, i, tiny);
        const { value } = solve(problem, { solver: levenbergMarquardt(), start, maxIterations: 150 });
        expect(value, `[${start.join(", ")}]`).toBeCloseTo(2.2499775e-5, 11);
      }
  });

  it("finds its size in Newton's trust region, too", () => {
    const solver = newtonTrustRegion();
    expectFound(solver, gulf(), startOf(gulf(), 1, 2, 1e-8), 60);
    const { value } = solve(kowalikOsborne, { solver, start: startOf(kowalikOsborne, 1, 0, 1e-8), maxIterations: 60 });
    expect(value).toBeCloseTo(kowalikOsborne.minima[0].value, 8);
  });

  it("is not mistaken for one in small units", () => {
    const small = leastSquares({
      name: "decay in other units",
      parameters: ["a", "b", "c"],
      data: decay.data,
      residuals: ["a*1e7*exp(-b*1e7*t) + c*1e-5 - y"],
      starts: [[200e-7, 1e-7, 10e5]],
    });
    const solver = levenbergMarquardt();
    const one = solve(decay, { solver, start: [200, 1, 10] });
    const other = solve(small, { solver });
    expect(other.iterations).toBe(one.iterations);
  });
});
