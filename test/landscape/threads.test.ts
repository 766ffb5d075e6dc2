import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const built = new URL("../../dist/src/landscape/node/index.js", import.meta.url);
const root = fileURLToPath(new URL("../..", import.meta.url));

/** Measures a slice in a process of its own from the compiled files: threads start from those alone. */
async function inThreads(
  workers: number,
  more = "",
): Promise<{ slice?: { loss: number[][] }; error?: string; warnings: string[] }> {
  const script = `
    import { nodeDevice } from "./dist/src/device/node/index.js";
    import { mul, sin } from "./dist/src/expr/index.js";
    import { evenGrid, lossSlice, randomDirection } from "./dist/src/landscape/node/index.js";
    import { activation, batchNorm, conv2d, dense, flatten, initialize, initializeState, parameterCount, sequential, stateCount } from "./dist/src/nn/index.js";
    import { Random } from "./dist/src/random/index.js";
    const build = (last) => sequential([2, 6, 6], [conv2d(8, 3, { padding: "same" }), batchNorm(), last, flatten(), dense(3)]);
    const given = { model: build(activation("relu")), weights: undefined, change: (vector) => vector, ${more} };
    const { model } = given;
    const [w, s] = [new Float32Array(parameterCount(model)), new Float32Array(stateCount(model))];
    initialize(model, w, 1);
    initializeState(model, s, 1);
    const random = new Random(1, "threads");
    const count = 40;
    const examples = {
      count,
      inputs: new Float32Array(count * 72).map(() => random.normal()),
      targets: new Float32Array(count).map(() => random.integer(3)),
      ...(given.weights && { weights: given.weights }),
    };
    const directions = [0, 1].map((index) => randomDirection(model, w, "filter", { index }));
    const warnings = [];
    const result = await lossSlice({
      net: { model, w, s }, examples, directions, grid: evenGrid({ columns: 5 }), about: { data: "made up", split: "train" },
      device: await nodeDevice({ threads: 1 }), normalization: { examples, batchSize: 20 }, workers: ${workers},
      onWarning: (warning) => warnings.push(warning), ...given.options?.(),
    }).then((slice) => ({ slice }), (error) => ({ error: error.message }));
    process.stdout.write(JSON.stringify({ ...result, warnings }));
  `;
  const { stdout } = await promisify(execFile)("node", ["--input-type=module", "--eval", script], { cwd: root });
  return JSON.parse(stdout);
}

describe.skipIf(!existsSync(built))("threads that measure a slice", () => {
  test("give the same bits, however many they are", async () => {
    const none = await inThreads(0);
    expect(none.slice?.loss).toHaveLength(5);
    expect(none.warnings).toEqual([]);
    expect(await inThreads(1)).toEqual(none);
    expect(await inThreads(2 * availableParallelism())).toEqual(none);
  });

  test("weigh examples as this thread does", async () => {
    const more = "weights: Float32Array.from({ length: 40 }, (_, i) => i % 4),";
    const [plain, none, two] = [await inThreads(0), await inThreads(0, more), await inThreads(2, more)];
    expect(two).toEqual(none);
    expect(two.slice?.loss).not.toEqual(plain.slice?.loss);
  });

  test("are none, with a warning, for a model that cannot be plain data", async () => {
    const { slice, warnings } = await inThreads(2, "model: build(activation((x) => mul(x, sin(x)))),");
    expect(slice?.loss).toHaveLength(5);
    expect(warnings).toEqual([
      expect.stringMatching(/one after the other, since threads need the model as plain data/),
    ]);
  });

  test("end with the signal's reason when they are stopped, and with a listener's error", async () => {
    const stopping = `options: () => {
      const abort = new AbortController();
      return { signal: abort.signal, onProgress: (done) => done === 3 && abort.abort(new Error("enough")) };
    },`;
    expect((await inThreads(2, stopping)).error).toBe("enough");
    const throwing = 'options: () => ({ onProgress: () => { throw new Error("mine"); } }),';
    expect((await inThreads(2, throwing)).error).toBe("mine");
  });
});
