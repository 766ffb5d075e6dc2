import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const built = new URL("../../dist/src/compare/node/index.js", import.meta.url);
const root = fileURLToPath(new URL("../..", import.meta.url));

const NET = "mlp([2, 4, 3], { dropout: 0.2 })";

/** Runs a comparison in a process of its own from the compiled files: threads start from those alone. */
async function inThreads(workers: number, more = "", model = NET): Promise<string> {
  const script = `
    import { mlp } from "./dist/src/nn/index.js";
    import { mul, sin } from "./dist/src/expr/index.js";
    import { compare } from "./dist/src/compare/node/index.js";
    import { blobs } from "./dist/src/data/index.js";
    const abort = new AbortController();
    const warnings = [];
    const result = await compare({
      data: blobs({ count: 120 }), model: ${model},
      optimizers: [{ rule: "gradient-descent" }, { rule: "adam" }, { rule: "lamb" }],
      batchSize: 16, epochs: 2, seeds: [1, 2], trials: 2, workers: ${workers}, signal: abort.signal, onWarning: (warning) => warnings.push(warning), ${more}
    });
    process.stdout.write(JSON.stringify({ ...result, weights: Array.from(result.best?.w ?? []), warnings }, (key, value) => (key === "seconds" ? undefined : value)));
  `;
  const { stdout } = await promisify(execFile)("node", ["--input-type=module", "--eval", script], { cwd: root });
  return stdout;
}

describe.skipIf(!existsSync(built))("threads", () => {
  test("give the same bits, however many they are", async () => {
    const [none, one, many] = await Promise.all([0, 1, availableParallelism()].map((workers) => inThreads(workers)));
    expect(JSON.parse(none).runs.length).toBe(6);
    expect(JSON.parse(none).weights.length).toBe(2 * 4 + 4 + 4 * 3 + 3);
    expect(one).toBe(none);
    expect(many).toBe(none);
  });

  test("weigh examples as this thread does, each set by its own", async () => {
    const weights = "(count) => Float64Array.from({ length: count }, (_, i) => i % 3)";
    const more = `data: ((data, weigh) => Object.fromEntries(Object.entries(data).map(([name, value]) =>
      [name, value.inputs ? { ...value, weights: weigh(value.count) } : value])))(blobs({ count: 120 }), ${weights})`;
    const [plain, none, two] = await Promise.all([inThreads(2), inThreads(0, more), inThreads(2, more)]);
    expect(two).toBe(none);
    const [first, weighted] = [plain, two].map((all) => JSON.parse(all).runs[0]);
    for (const of of ["train", "validation"]) expect(weighted.epochs[0][of].loss).not.toBe(first.epochs[0][of].loss);
    expect(weighted.test.loss).not.toBe(first.test.loss);
  });

  test.each([
    [40, "[1]", 1],
    [1e9, "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]", Math.min(10, availableParallelism())],
  ])("are no more than there are runs at a time, and cores: %d for the seeds %s", async (workers, seeds, expected) => {
    const script = `
      import module from "node:module";
      import threads from "node:worker_threads";
      let started = 0;
      let said = "";
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
        data: blobs({ count: 120 }), model: "mlp:4",
        optimizers: [{ rule: "adam" }], batchSize: 16, epochs: 1, seeds: ${seeds}, trials: 0, workers: ${workers}, onWarning: (message) => (said = message),
      });
      process.stdout.write(JSON.stringify({ started, said }));
    `;
    const { stdout } = await promisify(execFile)("node", ["--input-type=module", "--eval", script], { cwd: root });
    const said = expect.stringMatching(
      `^${workers} worker threads were requested; at most \\d+ are started, one for each core`,
    );
    expect(JSON.parse(stdout)).toEqual({ started: expected, said });
  });

  test("take a model, its text or its data", async () => {
    const [model, text, data] = await Promise.all(
      [
        "mlp([2, 4, 3])",
        '"mlp:4"',
        '{ format: "downhill-model 1", layers: [{ kind: "dense", units: 4, activation: "relu" }, { kind: "dense" }] }',
      ].map((given) => inThreads(2, "", given)),
    );
    expect(JSON.parse(model)).toMatchObject({ model: "mlp:2-4-3", outcome: "completed" });
    expect(text).toBe(model);
    expect(data).toBe(model);
  });

  test("are none for a model with functions of one's own, and it says so once", async () => {
    const own = "mlp([2, 4, 3], { activation: (x) => mul(2, sin(x)) })";
    const [{ warnings, ...none }, { warnings: said, ...two }] = await Promise.all(
      [0, 2].map(async (workers) => JSON.parse(await inThreads(workers, "trials: 0,", own))),
    );
    expect(warnings).toEqual([]);
    expect(said).toEqual([expect.stringMatching(/in this thread.* layer 1: dense: activation is a function/)]);
    expect(two.runs).toHaveLength(6);
    expect(two).toEqual(none);
  });

  test("are none for a table that is kept in a file, and the result is that of the table in memory", async () => {
    const path = join(await mkdtemp(join(tmpdir(), "downhill-kept-")), "rows.csv");
    const rows = Array.from({ length: 120 }, (_, i) => `${i % 7},${(i * 5) % 11},${"abc"[i % 3]}`);
    await writeFile(path, ["x,y,class", ...rows].join("\n"));
    const loaded = (most: number) =>
      `trials: 0, data: await (await import("./dist/src/data/node/index.js")).loadDataset(${JSON.stringify(`csv:${path}`)}, { mostInMemory: ${most} })`;
    const [{ warnings, ...memory }, { warnings: said, ...kept }] = await Promise.all(
      [1e9, 10].map(async (most) => JSON.parse(await inThreads(2, loaded(most)))),
    );
    expect(warnings).toEqual([]);
    expect(said).toEqual([expect.stringMatching(/in this thread, since the examples are many/)]);
    expect(kept.runs).toHaveLength(6);
    expect(kept).toEqual(memory);
  });

  test("end when the comparison is stopped", async () => {
    const result = JSON.parse(await inThreads(2, 'onEvent: (event) => event.kind === "trial" && abort.abort(),'));
    expect(result.outcome).toBe("interrupted");
    expect(result.ranking).toEqual([]);
  });

  test("end when the listener throws, and the comparison rejects with what it threw", async () => {
    const script = `
      import { compare } from "./dist/src/compare/node/index.js";
      import { blobs } from "./dist/src/data/index.js";
      let heard = 0;
      const onEvent = ({ kind }) => {
        if (kind !== "epoch") return;
        heard++;
        throw new Error("mine");
      };
      const options = { optimizers: [{ rule: "adam" }], epochs: 50, seeds: [1, 2, 3], trials: 0, workers: 2, onEvent };
      const failed = await compare({ data: blobs({ count: 120 }), model: "mlp:4", ...options }).catch((error) => error);
      process.stdout.write(JSON.stringify([failed.message, heard]));
    `;
    const { stdout } = await promisify(execFile)("node", ["--input-type=module", "--eval", script], { cwd: root });
    expect(JSON.parse(stdout)).toEqual(["mine", 1]);
  });
});
