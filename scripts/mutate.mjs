// Breaks the code in small ways, one at a time, and looks whether a test fails: `node scripts/mutate.mjs --help`.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { copyOf } from "./mutate/copy.mjs";
import { candidates, reach } from "./mutate/reach.mjs";
import { countsOf, diffOf, survivors, table } from "./mutate/report.mjs";
import { put, Runner } from "./mutate/runner.mjs";
import { chapterOf, compiler, drawn, mutantsIn } from "./mutate/sample.mjs";

const HELP = `npm run mutate -- [options] [paths]

Breaks the code in small ways, one at a time, in a copy, and looks whether a test fails: + becomes −, < becomes ≤,
a condition is forced, a statement goes, arguments change places. A mutant that survives shows a rule that no test states,
code that nothing needs, or a change that makes no difference. Mutants that do not compile are left out.

paths           files or folders to break; default: src/compare, src/data, src/nn, src/objective, src/optimizers, src/train
--chapter NAME  the same as the path src/NAME; may be given more than once
--sample N      mutants to try, in equal shares from the chapters (default 300)
--seed N        which ones (default 1); the same seed draws the same mutants of code that did not change
--minutes N     no new mutant after so many minutes (default 60)
--cap N         seconds of tests a mutant may take by what they took unbroken, the nearest tests first (default 60)
--tests FOLDER  tests beside those of the chapters, such as test/cli; may be given more than once
--resume        goes on where the last call with this seed stopped
--again         tries those that survived the last call with this seed, and keeps the rest
--list          lists the mutants of the sample, and runs nothing
--json          the report as JSON

First all tests of the chapters run once, to see which functions they call. What they reach only in threads, in other processes
or in dist/ counts as no coverage. One process runs tests, at a low priority; the working tree stays as it is, and what is found is
kept in .cache/mutate.`;

const CHAPTERS = ["compare", "data", "nn", "objective", "optimizers", "train"];
const root = resolve(fileURLToPath(import.meta.url), "../..");
const cache = join(root, ".cache/mutate");

const text = { type: "string" };
const many = { type: "string", multiple: true, default: [] };
const flag = { type: "boolean", default: false };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    ...{ chapter: many, tests: many, resume: flag, again: flag, list: flag, json: flag, help: flag },
    ...{ sample: { ...text, default: "300" }, seed: { ...text, default: "1" } },
    ...{ minutes: { ...text, default: "60" }, cap: { ...text, default: "60" } },
  },
});

function numberOf(name, low) {
  const value = Number(values[name]);
  if (values[name].trim() === "" || !(value >= low))
    throw new RangeError(`--${name} is ${values[name]}; give a number, ${low} or more`);
  return value;
}

/** The files to break, sorted. */
function filesIn(paths) {
  return paths
    .flatMap((path) => {
      if (!existsSync(join(root, path))) throw new RangeError(`${path} does not exist`);
      if (statSync(join(root, path)).isFile()) return [path];
      return readdirSync(join(root, path), { recursive: true }).map((name) => join(path, name));
    })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
    .sort();
}

async function main() {
  const [sample, seed, minutes, cap] = [
    numberOf("sample", 1),
    numberOf("seed", 0),
    numberOf("minutes", 0),
    numberOf("cap", 0),
  ];
  const named = [
    ...positionals.map((path) => relative(root, resolve(path))),
    ...values.chapter.map((name) => `src/${name}`),
  ];
  const files = filesIn(named.length > 0 ? named : CHAPTERS.map((name) => `src/${name}`));
  const copy = copyOf(root);
  const stop = () => {
    runner.end();
    rmSync(copy, { recursive: true, force: true });
  };
  const runner = new Runner({ root: copy, setup: [], bail: 1 });
  process.once("exit", stop);
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));
  const wanted = compiling(drawn(mutantsIn(copy, files), seed), compiler(copy, files), sample);
  if (values.list) {
    for (const mutant of wanted)
      console.log(
        `${mutant.file}:${mutant.line}  ${mutant.kind}\n${diffOf(readFileSync(join(copy, mutant.file), "utf8"), mutant.changed)}\n`,
      );
    return;
  }
  const kept = join(cache, `seed-${seed}.jsonl`);
  const known = readKept(kept);
  const folders = [...new Set([...files.map((file) => `test/${chapterOf(file)}`), ...values.tests])];
  const tests = candidates(
    copy,
    folders.filter((folder) => existsSync(join(copy, folder))),
    files,
  );
  note(`the first run: ${tests.length} test files on the unbroken code`);
  const testsFor = await reach(copy, cache, files, tests);
  const begin = performance.now();
  const results = [];
  const save = () => writeFileSync(kept, [...known.values()].map((each) => `${JSON.stringify(each)}\n`).join(""));
  mkdirSync(cache, { recursive: true });
  for (const mutant of wanted) {
    const before = known.get(mutant.id);
    const isKept = before !== undefined && (values.resume || (values.again && before.state === "killed"));
    if (!isKept && performance.now() - begin > minutes * 60_000) break;
    results.push(isKept ? before : await tried(mutant, { copy, runner, cap, testsFor }));
    known.set(mutant.id, results.at(-1));
    save();
    if (!isKept) note(lineOf(results));
  }
  // It would keep this process alive.
  runner.end();
  if (values.json) console.log(JSON.stringify({ seed, counts: countsOf(results), results }, null, 2));
  else console.log(`${survivors(results)}\n\n${table(results)}`);
}

function* compiling(mutants, takes, count) {
  let found = 0;
  for (const mutant of mutants) {
    if (found === count) return;
    if (!takes(mutant)) continue;
    found++;
    yield mutant;
  }
}

/** Runs the tests that reach a mutant until one fails. */
async function tried({ changed, before: _, ...mutant }, { copy, runner, cap, testsFor }) {
  const original = readFileSync(join(copy, mutant.file), "utf8");
  const about = { ...mutant, diff: diffOf(original, changed) };
  const chosen = withinCap(testsFor(mutant), cap * 1000);
  if (chosen.length === 0) return { ...about, state: "no coverage" };
  const expected = chosen.reduce((sum, { ms }) => sum + ms / 1000 + 1, 0);
  const path = put(copy, mutant.file, changed);
  const result = await runner.run(
    chosen.map(({ test }) => join(copy, test)),
    [path],
    20 + 4 * expected,
  );
  put(copy, mutant.file, original);
  if (result === undefined) return { ...about, state: "timed out" };
  const by = result.failed === null ? {} : { by: relative(copy, result.failed) };
  return {
    ...about,
    state: result.failed === null ? "survived" : "killed",
    ...by,
    seconds: result.seconds,
    tests: chosen.length,
  };
}

function withinCap(tests, ms) {
  let sum = 0;
  return tests.filter((test, i) => {
    sum += test.ms;
    return i === 0 || sum <= ms;
  });
}

const readKept = (path) =>
  new Map(
    (existsSync(path) ? readFileSync(path, "utf8").split("\n") : [])
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line))
      .map((each) => [each.id, each]),
  );

const note = (line) => process.stderr.write(`${line}\n`);

function lineOf(results) {
  const { state, file, line, kind, by = "", seconds = 0 } = results.at(-1);
  return `${String(results.length).padStart(4)}  ${state.padEnd(11)}  ${file}:${line}  ${kind}  ${by}  ${seconds.toFixed(1)} s`;
}

if (values.help) console.log(HELP);
else {
  setPriority(10);
  await main();
}
