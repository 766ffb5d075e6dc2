// Runs tests in one long-lived Vitest: what did not change between two mutants is not transformed again.
import { createVitest } from "vitest/node";

const { root, setup, bail } = JSON.parse(process.argv[2]);

const vitest = await createVitest(
  "test",
  {
    ...{ root, watch: false, reporters: [{}], bail, pool: "forks", maxWorkers: 1 },
    ...{ execArgv: ["--max-old-space-size=2048"], setupFiles: setup },
    ...{ testTimeout: 60_000, hookTimeout: 60_000 },
    // A process for each file, whatever the file: a mutant is only seen in modules that are loaded anew.
    projects: null,
  },
  { cacheDir: `${root}/.cache/vite`, logLevel: "silent" },
);
await vitest.standalone();

// Whoever asked has gone: end the test processes, too.
process.on("disconnect", () => process.kill(-process.pid, "SIGKILL"));

process.on("message", async ({ changed, tests }) => {
  for (const file of changed) vitest.invalidateFile(file);
  const begin = performance.now();
  const files = [];
  // One run a file: from the second run on, Vitest's own `bail` ends the file, but not those after it.
  for (const test of tests) {
    files.push(await outcomeOf(test));
    if (bail && !files.at(-1).ok) break;
  }
  process.send({
    failed: files.find(({ ok }) => !ok)?.path ?? null,
    files,
    seconds: (performance.now() - begin) / 1000,
  });
});

async function outcomeOf(test) {
  const specification = vitest.getRootProject().createSpecification(test);
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications([specification]);
  // Vitest gives the modules of all runs so far.
  const module = testModules.find(({ moduleId }) => moduleId === test);
  // A failure cancels the rest of its file, and then what the file came to may be lost.
  const cancelled = vitest.isCancelling;
  if (module === undefined) return { path: test, ok: false, ms: 0 };
  const { duration, collectDuration } = module.diagnostic();
  return { path: test, ok: module.ok() && !cancelled && unhandledErrors.length === 0, ms: duration + collectDuration };
}

process.send({ ready: true });
