// SciPy, in a process of its own: it gets the problems as assignments that are Python as well, but for the sign of powers.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { constant, grad, input, jvp, printStatements } from "../../dist/src/expr/index.js";
import { program } from "../../dist/src/expr/program.js";
import { sumOfSquares } from "../../dist/src/surfaces/index.js";

const SCRIPT = join(import.meta.dirname, "scipy_solvers.py");
const { DOWNHILL_PYTHON: PYTHON = "python3" } = process.env;

/** What SciPy makes of the runs: for each of its methods, results in the order of the runs; or why there are none. */
export function scipy(race, runs, repeats) {
  const { status, stdout, error } = spawnSync(PYTHON, [SCRIPT], {
    input: JSON.stringify({
      race,
      repeats,
      runs: runs.map(({ problem, start }) => ({ start, ...texts(problem, race) })),
    }),
    encoding: "utf8",
    // One thread, as the others have: the matrices are tiny.
    env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
    maxBuffer: 1 << 30,
    stdio: ["pipe", "pipe", "ignore"],
  });
  if (status === 0) return JSON.parse(stdout);
  return {
    missing: `${PYTHON} has no SciPy${error ? ` (${error.code})` : ""}; name a Python that has it in DOWNHILL_PYTHON`,
  };
}

const texts = (problem, race) => ({
  parameters: problem.parameters,
  data: Object.fromEntries(Object.entries(problem.data).map(([name, column]) => [name, [...column]])),
  ...(race === "regressions" ? regression(problem) : sum(problem)),
});

function regression({ parameters, residuals, count }) {
  const w = parameters.map((name) => input(name));
  const outputs = {};
  for (const [i, r] of residuals.entries()) {
    outputs[`result_${i}`] = r;
    const slopes = r.shape.length === 0 ? grad(r, w) : w.map((b) => jvp(r, [b], [constant(1)]));
    for (const [j, slope] of slopes.entries()) outputs[`slope_${i}_${j}`] = slope;
  }
  return { pieces: residuals.length, count, ...statements(outputs, /^result/) };
}

function sum(problem) {
  const { expression, variables } = sumOfSquares(problem);
  const slopes = grad(
    expression,
    variables.map((name) => input(name)),
  );
  const outputs = { result_0: expression };
  for (const [j, slope] of slopes.entries()) outputs[`slope_0_${j}`] = slope;
  return { pieces: 1, count: 1, ...statements(outputs, /^result/) };
}

/** The values alone, and the values with the slopes. */
function statements(outputs, values) {
  const printed = (chosen) => {
    const simple = program(Object.values(chosen)).outputs;
    const named = Object.fromEntries(Object.keys(chosen).map((name, i) => [name, simple[i]]));
    return printStatements(named).replaceAll("^", "**");
  };
  const alone = Object.fromEntries(Object.entries(outputs).filter(([name]) => values.test(name)));
  return { value: printed(alone), all: printed(outputs) };
}
