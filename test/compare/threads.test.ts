import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const built = new URL("../../dist/src/compare/node/index.js", import.meta.url);
const root = fileURLToPath(new URL("../..", import.meta.url));

/** Runs a comparison in a process of its own from the compiled files: threads start from those alone. */
async function inThreads(workers: number, more = ""): Promise<string> {
  const script = `
    import { compare } from "./dist/src/compare/node/index.js";
    import { blobs } from "./dist/src/data/index.js";
    const abort = new AbortController();
    const result = await compare({
      data: blobs({ count: 120 }), model: { hidden: [4], activation: "relu", dropout: 0.2 },
      optimizers: [{ rule: "gradient-descent" }, { rule: "adam" }, { rule: "lamb" }],
      batchSize: 16, epochs: 2, seeds: [1, 2], trials: 2, workers: ${workers}, signal: abort.signal, ${more}
    });
    process.stdout.write(JSON.stringify(result, (key, value) => (key === "seconds" ? undefined : value)));
  `;
  const { stdout } = await promisify(execFile)("node", ["--input-type=module", "--eval", script], { cwd: root });
  return stdout;
}

describe.skipIf(!existsSync(built))("threads", () => {
  test("give the same bits, however many they are", async () => {
    const [none, one, three] = await Promise.all([0, 1, 3].map((workers) => inThreads(workers)));
    expect(JSON.parse(none).runs.length).toBe(6);
    expect(one).toBe(none);
    expect(three).toBe(none);
  });

  test("are no more than there are runs at a time", async () => {
    const script = `
      import module from "node:module";
      import threads from "node:worker_threads";
      let started = 0;
      const { Worker } = threads;
      threads.Worker = class extends Worker {
        constructor(...given) {
          super(...given);
          started++;
        }
      };
      module.syncBuiltinESMExports();
      const { compare } = await import("./dist/src/compare/node/index.js");
      const { blobs } = await import("./dist/src/data/index.js");
      await compare({
        data: blobs({ count: 120 }), model: { hidden: [4], activation: "relu", dropout: 0 },
        optimizers: [{ rule: "adam" }], batchSize: 16, epochs: 1, seeds: [1, 2], trials: 0, workers: 40,
      });
      process.stdout.write(String(started));
    `;
    const { stdout } = await promisify(execFile)("node", ["--input-type=module", "--eval", script], { cwd: root });
    expect(stdout).toBe("2");
  });

  test("end when the comparison is stopped", async () => {
    const result = JSON.parse(await inThreads(2, 'onEvent: (event) => event.kind === "trial" && abort.abort(),'));
    expect(result.outcome).toBe("interrupted");
    expect(result.ranking).toEqual([]);
  });
});
