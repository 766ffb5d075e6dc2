// The problems: NIST's regressions from both starts, and the sums of squares of Moré, Garbow & Hillstrom.
import { join } from "node:path";
import { moreGarbowHillstrom } from "../../dist/src/surfaces/index.js";
import { strdFolder } from "../../dist/src/surfaces/node/index.js";

const FOLDER = join(import.meta.dirname, "../../assets/nist-strd");

/** One run to be made: a problem, a start and what counts as solved. */
const run = (problem, start, name, isSolved) => ({ problem, start: [...start], name, isSolved });

/** 27 regressions from two starts each; solved is where every parameter has `digits` digits right. */
export function regressions(digits) {
  const runs = strdFolder(FOLDER).flatMap((problem) =>
    problem.starts.map((start, k) =>
      run(problem, start, `${problem.name} ${k + 1}`, ({ x }) => digitsOf(x, problem.certified.parameters) >= digits),
    ),
  );
  return { runs };
}

/** Digits in which the worst parameter agrees: NIST's log relative error. */
function digitsOf(x, certified) {
  const errors = certified.map((value, i) => Math.abs((x[i] - value) / value));
  return errors.every(Number.isFinite) ? -Math.log10(Math.max(...errors, 1e-16)) : 0;
}

/** How far beside NIST's first start the study begins, too. */
export const far = [0.5, 2, 10];

/** The same regressions as sums of squares, from the starts that `startsOf` a problem gives; solved is the certified sum. */
export function sumsFrom(startsOf) {
  const runs = strdFolder(FOLDER).flatMap((problem) =>
    startsOf(problem).map((start, k) =>
      run(problem, start, `${problem.name} ${k + 1}`, ({ value }) =>
        near(value, problem.certified.residualSumOfSquares),
      ),
    ),
  );
  return { runs };
}

const near = (value, certified) => Math.abs(value - certified) <= 1e-6 * certified;

/** The 35 functions from a multiple of their standard starts. */
export const functionsFrom = (factor) => ({
  runs: functions().runs.map((made) => ({ ...made, start: made.start.map((entry) => factor * entry) })),
});

/** 35 functions from the standard starts; solved is where a published minimum is reached. */
export const functions = () => ({
  runs: moreGarbowHillstrom.problems.map((problem) =>
    run(problem, problem.starts[0], problem.name, ({ value }) =>
      problem.minima.some((known) => Math.abs(value - known.value) <= 1e-5 * Math.abs(known.value) + 1e-9),
    ),
  ),
});
