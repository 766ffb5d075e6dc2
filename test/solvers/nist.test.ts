import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { levenbergMarquardt, solve } from "../../src/solvers/index.ts";
import type { StrdProblem } from "../../src/surfaces/index.ts";
import { strdFolder } from "../../src/surfaces/node/index.ts";

const all = strdFolder(fileURLToPath(new URL("../../assets/nist-strd", import.meta.url)));

/** Fitted to the last digits of their data: what is left is rounding. */
const LANCZOS = /^lanczos1$/i;

/** Digits in which the worst parameter agrees with the certified one: NIST's log relative error. */
function digits(x: Float64Array, { certified }: StrdProblem): number {
  const errors = certified.parameters.map((value, i) => Math.abs((x[i] - value) / value));
  return -Math.log10(Math.max(...errors, 1e-16));
}

const runs = (problems: readonly StrdProblem[]) =>
  problems.flatMap((problem) =>
    problem.starts.map((start, k) => ({ problem, start, name: `${problem.name}, start ${k + 1}` })),
  );

function misses(problems: readonly StrdProblem[]): string[] {
  return runs(problems).flatMap(({ problem, start, name }) => {
    const { x, outcome } = solve(problem, { solver: levenbergMarquardt(), start });
    const right = digits(x, problem);
    return right >= 8 ? [] : [`${name}: ${right.toFixed(1)} digits, ${outcome}`];
  });
}

describe("Levenberg–Marquardt finds the certified parameters to 8 digits", () => {
  it("for NIST's 27 regressions, from both starts", () => {
    expect(runs(all)).toHaveLength(54);
    expect(misses(all)).toEqual([]);
  });

  it("and the sum of squares", () => {
    for (const problem of all.filter(({ name }) => !LANCZOS.test(name))) {
      const { value } = solve(problem, { solver: levenbergMarquardt() });
      const { residualSumOfSquares } = problem.certified;
      expect(Math.abs(value / residualSumOfSquares - 1)).toBeLessThan(1e-9);
    }
  });
});
