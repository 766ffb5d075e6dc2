// Downhill's solvers against fmin, ml-levenberg-marquardt and SciPy: how many problems, how many evaluations, how long.
//   node bench/solvers/run.mjs
import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { machine } from "../machine.mjs";
import { contenders } from "./contenders.mjs";
import { functions, regressions } from "./problems.mjs";
import { scipy } from "./python.mjs";

const HERE = import.meta.dirname;
/** Each run is made so often; its time is the median. */
const REPEATS = 5;

const races = {
  regressions: {
    title: "27 regressions of NIST StRD, two starts each: parameters right to 8 digits",
    ...regressions(8),
  },
  functions: { title: "35 problems of Moré, Garbow & Hillstrom, standard starts: a published minimum", ...functions() },
};

if (!existsSync(join(HERE, "node_modules")))
  spawnSync(
    "npm",
    ["install", "--no-package-lock", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error"],
    {
      cwd: HERE,
      stdio: ["ignore", 2, 2],
    },
  );

const report = { date: new Date().toISOString().slice(0, 10), machine: machine() };
for (const [race, { title, runs }] of Object.entries(races)) {
  console.log(`\n${title}`);
  report[race] = { title, results: show(runs, await compete(race, runs)) };
}
writeFileSync(join(HERE, "results.json"), `${JSON.stringify(report, null, 2)}\n`);

/** Every contender's results, in the order of the runs. */
async function compete(race, runs) {
  const all = {};
  for (const { load, name } of contenders[race]) {
    try {
      const contender = await load();
      all[contender.name] = runs.map((run) => measured(contender, run));
    } catch (error) {
      console.log(`  without ${name}: ${error.message}`);
    }
  }
  const python = scipy(race, runs, REPEATS);
  if (python.missing !== undefined) console.log(`  without SciPy: ${python.missing}`);
  else report.machine.scipy = python.version;
  return { ...all, ...python.results };
}

function measured({ prepare }, { problem, start }) {
  const solve = prepare(problem);
  const times = [];
  try {
    // The first run compiles.
    let result = solve(start);
    for (let k = 0; k < REPEATS; k++) {
      const begin = performance.now();
      result = solve(start);
      times.push(performance.now() - begin);
    }
    return { ...result, x: [...result.x], ms: median(times) };
  } catch (error) {
    return { failed: error.message };
  }
}

/** Prints a line for each contender: against Downhill's first, over the problems that both solve. */
function show(runs, all) {
  const [first] = Object.keys(all);
  const solved = (name, k) => all[name][k].failed === undefined && runs[k].isSolved(all[name][k]);
  const lines = Object.keys(all).map((name) => {
    const own = [...runs.keys()].filter((k) => solved(name, k));
    const both = own.filter((k) => solved(first, k));
    const ratio = (key) => Math.exp(mean(both.map((k) => Math.log(all[name][k][key] / all[first][k][key]))));
    return {
      name,
      solved: own.length,
      of: runs.length,
      evaluations: median(own.map((k) => all[name][k].evaluations)),
      ms: median(own.map((k) => all[name][k].ms)),
      evaluationsRatio: ratio("evaluations"),
      timeRatio: ratio("ms"),
      unsolved: runs.filter((_, k) => !solved(name, k)).map((run) => run.name),
    };
  });
  print(lines);
  return lines;
}

function print(lines) {
  const rows = [["", "solved", "evaluations, median", "× ours", "ms, median", "× ours"], ...lines.map(cellsOf)];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
  for (const cells of rows)
    console.log(
      `  ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[i]))).join("  ")}`,
    );
}

function cellsOf({ name, solved, of, evaluations, ms, evaluationsRatio, timeRatio }) {
  const numbers = [evaluations, evaluationsRatio, ms, timeRatio];
  const shown = numbers.map((x) => (Number.isFinite(x) ? String(Number(x.toPrecision(3))) : ""));
  return [name, `${solved} of ${of}`, ...shown];
}

function mean(numbers) {
  return numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
