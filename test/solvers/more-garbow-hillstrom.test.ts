import { describe, expect, it } from "vitest";
import { bfgs, lbfgs, levenbergMarquardt, newton, type Solver, solve } from "../../src/solvers/index.ts";
import { type LeastSquares, moreGarbowHillstrom } from "../../src/surfaces/index.ts";

/** Whether a value is one of the published minima, to the digits that are published. */
const isPublished = ({ minima }: LeastSquares, value: number): boolean =>
  minima.some((known) => Math.abs(value - known.value) <= 1e-5 * Math.abs(known.value) + 1e-12);

function misses(solver: Solver): string[] {
  const found = moreGarbowHillstrom.problems.map((problem) => ({ problem, solution: solve(problem, { solver }) }));
  return found.flatMap(({ problem, solution: { value, outcome } }) =>
    isPublished(problem, value) ? [] : [`${problem.name}: ${value}, ${outcome}`],
  );
}

describe("the 35 problems of Moré, Garbow and Hillstrom, from the standard starts", () => {
  it.each([lbfgs(), bfgs(), newton(), levenbergMarquardt()])("$name reaches a published minimum of each", (solver) => {
    expect(misses(solver)).toEqual([]);
  });

  it("a run from a far start ends with a reason", () => {
    for (const problem of moreGarbowHillstrom.problems) {
      const start = problem.starts[0].map((x) => 10 * x);
      const { outcome, value, reason } = solve(problem, { solver: lbfgs(), start, maxIterations: 2000 });
      expect(["converged", "stalled", "maximum iterations"], `${problem.name}: ${reason}`).toContain(outcome);
      expect(Number.isFinite(value)).toBe(true);
    }
  });
});
