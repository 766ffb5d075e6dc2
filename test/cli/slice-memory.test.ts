import { availableParallelism } from "node:os";
import { describe, expect, test } from "vitest";
import * as flags from "../../cli/flags/index.ts";
import { Failure } from "../../cli/mistakes/failure.ts";
import { Progress } from "../../cli/print/progress.ts";
import { checkMemoryFor, checkMemoryOfGrid, outOfMemory, workersFor } from "../../cli/read/slice-memory.ts";
import { Settings } from "../../cli/settings.ts";
import { mlp, parameterCount } from "../../src/nn/index.ts";

const model = mlp([100, 1000, 10]);
const w = new Float32Array(parameterCount(model));
const settings = (...threads: string[]) =>
  new Settings(
    [flags.measuringWorkers],
    [],
    [new Map(threads.map((text) => ["threads", { texts: [text], place: "--threads" }]))],
  );
const run = {
  ...{ path: "runs/one", net: { model, w, s: w.slice(0, 0) }, settings: settings(), record: undefined, batchSize: 1 },
};

const examples = { count: 1, inputs: new Float32Array(100), targets: new Float32Array(1) };

/** A progress, and its notes. */
function noting() {
  const notes: string[] = [];
  const stream = { isTTY: false, columns: 80, write: (text: string) => void notes.push(text) };
  return { notes, progress: new Progress({ out: stream, err: stream, env: {}, signal: new AbortController().signal }) };
}

describe("the memory of a slice", () => {
  test("is refused before anything is measured where one thread does not have it", () => {
    expect(() => checkMemoryFor(run, examples, 1e9)).not.toThrow();
    expect(() => checkMemoryFor(run, examples, 1e6)).toThrow(Failure);
    expect(() => checkMemoryFor(run, examples, 1e6)).toThrow(
      /not enough memory: measuring mlp:100-1000-10 takes about 0.0\d+ GB, and this machine has 0.0010 GB; use a machine with more/,
    );
  });

  test("is refused for a grid of more points than it holds, with one that fits", () => {
    const many = Array.from({ length: 1000 }, (_, i) => i);
    expect(() => checkMemoryOfGrid({ x: many, y: many }, 4e9)).not.toThrow();
    const refused =
      "--grid: 1,000,000 points take about 2.6 GB, and Node has 1.0 GB; give 384,615 points at most, such as --grid 620";
    expect(() => checkMemoryOfGrid({ x: many, y: many }, 1e9)).toThrow(refused);
    const fitting = many.slice(0, 620);
    expect(() => checkMemoryOfGrid({ x: fitting, y: fitting }, 1e9)).not.toThrow();
    expect(() => checkMemoryOfGrid({ x: many, y: [0] }, 1e6)).toThrow("give 384 points at most, --grid 384");
  });

  test("limits the threads, unless a number is asked for", () => {
    const { notes, progress } = noting();
    expect(workersFor(settings(), { run, examples }, progress, 1e12)).toBe(availableParallelism());
    expect(workersFor(settings("7"), { run, examples }, progress, 1e6)).toBe(7);
    expect(notes).toEqual([]);
    expect(workersFor(settings(), { run, examples }, progress, 1e7)).toBe(1);
    if (availableParallelism() > 1)
      expect(notes).toEqual([
        expect.stringMatching(/^1 of \d+ cores are used, since each thread takes about 0.0\d+ GB\n$/),
      ]);
  });

  test.each(["Array buffer allocation failed", "WebAssembly.Memory(): could not allocate memory", "std::bad_alloc"])(
    "that runs out is told with what to do: %s",
    (message) => {
      expect(outOfMemory(new RangeError(message))).toMatchObject({
        name: "Failure",
        message: `there is not enough memory (${message}); give fewer --threads, such as 1, or a smaller --limit`,
      });
    },
  );

  test("other errors stay as they are", () => {
    const error = new RangeError("something else");
    expect(outOfMemory(error)).toBe(error);
    expect(outOfMemory("a word")).toBe("a word");
  });
});
