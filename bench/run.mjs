// Runs benchmarks, prints a table for each and keeps the numbers in results/latest.json.
//   node bench/run.mjs [--rounds N] [--quick] [--quiet] [NAME…]
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchmarks } from "./benchmarks.mjs";
import { load, machine } from "./machine.mjs";
import { findPython, installPackages } from "./peers.mjs";
import { race } from "./race.mjs";
import { table } from "./table.mjs";

const ROUNDS = 5;
const FILE = join(import.meta.dirname, "results", "latest.json");

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string" },
    quick: { type: "boolean" },
    quiet: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  },
});
if (options.help) {
  console.log(`npm run bench -- [--rounds N] [--quick] [--quiet] [NAME…]\n\n${overview()}`);
  process.exit();
}
const { quick = false, quiet = false } = options;
if (!/^([1-9]\d*)?$/.test(options.rounds ?? ""))
  fail(`--rounds is ${options.rounds}; it must be a whole number, 1 or more`);
const chosen = choose(positionals);
const peers = { packages: needsPackages(chosen) ? installPackages() : {}, python: findPython() };
const say = (line) => console.error(line);

for (const benchmark of chosen)
  try {
    await run(benchmark);
  } catch (error) {
    console.error(`${benchmark.name} failed: ${error.message}`);
    process.exitCode = 1;
  }

async function run(benchmark) {
  const rounds = quick ? 1 : Number(options.rounds ?? benchmark.rounds ?? ROUNDS);
  const before = load();
  const results = await race(benchmark, { rounds, peers, quick, quiet, say });
  const { name, title, unit } = benchmark;
  console.log(table({ title, unit, results }));
  if (!quick) keep(name, { title, unit, rounds, ...circumstances(before), results });
}

/** The named benchmarks, by name or by the beginning of it; without a name those that do not take minutes. */
function choose(names) {
  if (names.length === 0) return benchmarks.filter(({ minutes }) => !minutes);
  const named = (name) => benchmarks.filter((known) => known.name === name || known.name.startsWith(`${name}-`));
  const unknown = names.find((name) => named(name).length === 0);
  if (unknown === undefined) return names.flatMap(named);
  return fail(`there is no benchmark ${unknown}; there are: ${benchmarks.map(({ name }) => name).join(", ")}`);
}

function overview() {
  const width = Math.max(...benchmarks.map(({ name }) => name.length));
  return benchmarks.map(({ name, title }) => `${name.padEnd(width)}  ${title}`).join("\n");
}

function fail(message) {
  console.error(message);
  process.exit(2);
}

function needsPackages(benchmarks) {
  return benchmarks.some(({ contenders }) => Object.values(contenders).some(({ peer }) => peer));
}

function circumstances(before) {
  const { version } = peers.python;
  const torch = version === undefined ? {} : { torch: version };
  return { date: new Date().toISOString().slice(0, 10), machine: { ...machine(), ...torch }, load: [before, load()] };
}

/** Replaces one benchmark's numbers; those of the others stay. */
function keep(name, record) {
  const known = readKept();
  mkdirSync(join(FILE, ".."), { recursive: true });
  writeFileSync(FILE, `${JSON.stringify({ ...known, [name]: record }, null, 2)}\n`);
}

function readKept() {
  try {
    return JSON.parse(readFileSync(FILE, "utf8"));
  } catch {
    return {};
  }
}
