import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { levenbergMarquardt, solve } from "../../src/solvers/index.ts";
import type { StrdProblem } from "../../src/surfaces/index.ts";
import { strdFolder } from "../../src/surfaces/node/index.ts";

/** Three of the files are kept with the tests of their reader. */
const few = strdFolder(fileURLToPath(new URL("../surfaces/strd", import.meta.url)));
/** All 27, where the user has them. */
const folder = join(process.env.DOWNHILL_DATA_DIR ?? "", "nist-strd");
const present = process.env.DOWNHILL_DATA_DIR !== undefined && existsSync(folder);

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
  it("for three of NIST's regressions, from both starts", () => {
    expect(runs(few)).toHaveLength(6);
    expect(misses(few)).toEqual([]);
  });

  it.skipIf(!present)("for all 27 (in nist-strd, in the folder that DOWNHILL_DATA_DIR names), from both starts", () => {
    const problems = strdFolder(folder);
    expect(runs(problems)).toHaveLength(54);
    expect(misses(problems)).toEqual([]);
  });

  it("and the sum of squares", () => {
    for (const problem of few) {
      const { value } = solve(problem, { solver: levenbergMarquardt() });
      const { residualSumOfSquares } = problem.certified;
      expect(Math.abs(value / residualSumOfSquares - 1)).toBeLessThan(1e-9);
    }
  });
});
