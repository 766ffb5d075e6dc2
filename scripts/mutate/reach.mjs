// The first run: all tests on the unbroken code, to see that they pass, how long they take, and which functions they run.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { distances } from "./imports.mjs";
import { marked, markOf } from "./marks.mjs";
import { put, Runner } from "./runner.mjs";
import { chapterOf } from "./sample.mjs";

const setup = fileURLToPath(new URL("setup.mjs", import.meta.url));

/** Test files in these folders that import, at whatever distance, one of the files. */
export function candidates(copy, folders, files) {
  const found = folders.flatMap((folder) =>
    readdirSync(join(copy, folder), { recursive: true })
      .filter((name) => name.endsWith(".test.ts"))
      .map((name) => `${folder}/${name}`),
  );
  const wanted = new Set(files);
  return [...new Set(found)].sort().flatMap((test) => {
    const far = distances(copy, test);
    return [...far.keys()].some((file) => wanted.has(file)) ? [{ test, far }] : [];
  });
}

/** Measures, or reads what was measured before on the same code and the same tests. */
export async function reach(copy, folder, files, tests) {
  const texts = new Map(files.map((file) => [file, readFileSync(join(copy, file), "utf8")]));
  const read = [...new Set(tests.flatMap(({ far }) => [...far.keys()]))]
    .filter((file) => existsSync(join(copy, file)))
    .sort();
  const key = createHash("sha1")
    .update(JSON.stringify([files, read.map((file) => readFileSync(join(copy, file), "utf8"))]))
    .digest("hex");
  const kept = join(folder, `reach-${key.slice(0, 12)}.json`);
  let first = 0;
  const firsts = new Map();
  const withMarks = files.map((file) => {
    const { text, count } = marked(file, texts.get(file), first);
    firsts.set(file, first);
    first += count;
    return [file, text];
  });
  const measured = existsSync(kept)
    ? JSON.parse(readFileSync(kept, "utf8"))
    : await measure(copy, withMarks, texts, tests);
  mkdirSync(dirname(kept), { recursive: true });
  writeFileSync(kept, JSON.stringify(measured));
  return (mutant) =>
    testsOf(mutant, measured, tests, markOf(mutant.file, texts.get(mutant.file), firsts.get(mutant.file), mutant));
}

async function measure(copy, withMarks, texts, tests) {
  const marks = mkdtempSync(join(copy, "marks-"));
  process.env.MUTATE_MARKS = marks;
  for (const [file, text] of withMarks) put(copy, file, text);
  const runner = new Runner({ root: copy, setup: [setup], bail: 0 });
  const { files, ended } = await runner.run(tests.map(({ test }) => join(copy, test)));
  runner.end();
  if (ended) throw new Error("the first run ended early; with MUTATE_DEBUG=1 its errors are shown");
  const failing = files.filter(({ ok }) => !ok).map(({ path }) => relative(copy, path));
  if (failing.length > 0)
    process.stderr.write(`left out, since they fail on the unbroken code: ${failing.join(", ")}\n`);
  for (const [file, text] of texts) put(copy, file, text);
  const left = new Map(
    readdirSync(marks)
      .map((name) => JSON.parse(readFileSync(join(marks, name), "utf8")))
      .map((each) => [each.testPath, each.marks]),
  );
  return files.map(({ path, ok, ms }) => ({ test: relative(copy, path), ok, ms, marks: left.get(path) ?? [] }));
}

/** The tests that run a mutant's function: of its own chapter first, then the nearest; among them the quickest first. */
function testsOf({ file }, measured, tests, mark) {
  const own = `test/${chapterOf(file)}/`;
  const far = new Map(tests.map(({ test, far }) => [test, far.get(file) ?? Infinity]));
  const distance = ({ test }) => (test.startsWith(own) ? 0 : far.get(test));
  return measured
    .filter(({ ok, marks }) => ok && marks.includes(mark))
    .sort((a, b) => distance(a) - distance(b) || a.ms - b.ms);
}
