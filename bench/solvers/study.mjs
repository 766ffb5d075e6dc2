// How many problems each solver reaches, from near and far, and how often it says "converged" where lower values are near.
//   node bench/solvers/study.mjs [--plain] [--list] [solver …]
// --plain takes sums of squares as functions that tell values and slopes alone; --list names what was missed.
import { findSolver, objectiveOf, solve } from "../../dist/src/solvers/index.js";
import { far, functionsFrom, sumsFrom } from "./problems.mjs";
import { scipy } from "./python.mjs";
import { lowerNearby } from "./stationary.mjs";

const SOLVERS = [
  "bfgs",
  "lbfgs",
  "conjugate-gradient",
  "newton",
  "newton-trust-region",
  "saddle-free-newton",
  "newton-cg",
  "gauss-newton",
  "levenberg-marquardt",
  "barzilai-borwein",
  "steepest-descent",
];
/** Enough to tell who arrives; the two that take thousands of steps only show what they say of where they are. */
const STEPS = { "barzilai-borwein": 500, "steepest-descent": 300 };

const flags = process.argv.slice(2).filter((argument) => argument.startsWith("--"));
const chosen = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const [plain, list] = ["--plain", "--list"].map((flag) => flags.includes(flag));

const columns = {
  "MGH 1×": functionsFrom(1),
  "MGH 10×": functionsFrom(10),
  "MGH 100×": functionsFrom(100),
  "NIST starts": sumsFrom(({ starts }) => starts),
  ...Object.fromEntries(
    far.map((factor) => [`NIST ${factor}×`, sumsFrom(({ starts }) => [starts[0].map((b) => factor * b)])]),
  ),
};
const races = Object.entries(columns).filter(([, { runs }]) => runs !== undefined);

const rows = [];
for (const name of chosen.length > 0 ? chosen : SOLVERS) rows.push(own(name));
if (chosen.length === 0) rows.push(...peers());
print([
  [
    "",
    ...races.map(([title, { runs }]) => `${title} of ${runs.length}`),
    "false “converged”",
    "“stalled” at the minimum",
    "evaluations",
  ],
  ...rows,
]);

/** One of Downhill's solvers on all runs: a row of the table. */
function own(name) {
  let [wrong, stalled, evaluations] = [0, 0, 0];
  const cells = races.map(([title, { runs }]) => {
    let solved = 0;
    for (const run of runs) {
      const objective = objectiveFor(run.problem);
      const end = attempt(objective, name, run.start);
      if (end === undefined) continue;
      evaluations += end.evaluations.value;
      const lower = end.outcome === "converged" ? lowerNearby(objective, end) : undefined;
      if (run.isSolved(end)) solved++;
      if (run.isSolved(end) && end.outcome === "stalled") stalled++;
      if (lower !== undefined) wrong++;
      if (list && (lower !== undefined || !run.isSolved(end) || end.outcome === "stalled"))
        console.log(
          `${name}, ${title}, ${run.name}: ${end.value} after ${end.iterations}, ${end.outcome}: ${end.reason}${lower === undefined ? "" : `; FALSE: ${lower}`}`,
        );
    }
    return solved;
  });
  return [name, ...cells, wrong, stalled, evaluations];
}

function attempt(objective, name, start) {
  try {
    return solve(objective, { solver: findSolver(name)(), start, maxIterations: STEPS[name] ?? 3000 });
  } catch (error) {
    // The start is where the function is not finite.
    if (!(error instanceof RangeError)) throw error;
    if (list) console.log(`${name}: ${error.message.slice(0, 100)}`);
  }
}

function objectiveFor(problem) {
  const whole = objectiveOf(problem);
  if (!plain) return whole;
  const { name, dimension, value, gradient } = whole;
  return { name, dimension, value, gradient };
}

/** SciPy's, on the same runs. */
function peers() {
  const found = races.map(([, { runs }]) => scipy("functions", runs, 1));
  const missing = found.find((result) => result.missing !== undefined)?.missing;
  if (missing !== undefined) {
    console.log(`without SciPy: ${missing}`);
    return [];
  }
  return Object.keys(found[0].results).map((name) => [
    name,
    ...races.map(([, { runs }], k) => runs.filter((run, i) => reached(run, found[k].results[name][i])).length),
    "",
    "",
    "",
  ]);
}

function reached(run, result) {
  return result.failed === undefined && result.value !== null && run.isSolved(result);
}

function print(table) {
  const widths = table[0].map((_, column) => Math.max(...table.map((cells) => String(cells[column]).length)));
  for (const cells of table)
    console.log(
      cells.map((cell, i) => (i === 0 ? String(cell).padEnd(widths[i]) : String(cell).padStart(widths[i]))).join("  "),
    );
}
