import { availableParallelism } from "node:os";
import { beforeAll, describe, expect, test } from "vitest";
import { type CompareEvent, type CompareResult, FULL_BATCH } from "../../src/compare/index.ts";
import { type CompareRequest, compare } from "../../src/compare/node/index.ts";
import { errorFrom, plainError } from "../../src/compare/node/messages.ts";
import { blobs, moons } from "../../src/data/index.ts";
import { mul, sin } from "../../src/expr/index.ts";
import { dense, sequential } from "../../src/nn/index.ts";
import { centring } from "../nn/running-mean.ts";

/** Small enough for a second: 84 training examples, 2 epochs of 6 batches. */
const request: CompareRequest = {
  data: blobs({ count: 120, seed: 3 }),
  model: "mlp:4",
  optimizers: [
    { rule: "gradient-descent" },
    { rule: "nesterov" },
    { rule: "adam" },
    { rule: "adam", hyper: { lr: 0.02 } },
  ],
  batchSize: 16,
  epochs: 3,
  seeds: [1, 2, 3],
  trials: 3,
  workers: 0,
};

/** Everything but the clock. */
const timeless = (result: CompareResult): string =>
  JSON.stringify(result, (key, value) => (key === "seconds" ? undefined : value));

describe("a model of one's own", () => {
  const small = { ...request, optimizers: [{ rule: "adam" }], epochs: 1, seeds: [1], trials: 0, fullBatch: false };

  test("is compared on, and named", async () => {
    const layers = [dense(5, { activation: (x) => mul(2, sin(x)) }), centring.with({}), dense(3)];
    const result = await compare({ ...small, model: sequential([2], layers, { name: "mine" }) });
    expect([result.model, result.parameters, result.runs.length]).toEqual(["mine", 15 + 5 + 18, 1]);
    expect(result.runs[0].test.loss).toBeLessThan(2);
  });

  test("that is none is refused before anything runs", async () => {
    const given = (model: unknown) => JSON.parse(JSON.stringify({ model }));
    await expect(compare({ ...small, ...given({ hidden: [4] }) })).rejects.toThrow("a model's format is undefined");
    await expect(compare({ ...small, model: "mpl:4" })).rejects.toThrow("a model is written like mlp:64,32");
    await expect(compare({ ...small, model: "dense:4" })).rejects.toThrow("4 outputs for 3 classes");
  });
});

test.each(["begin", "epoch", "run", "progress"])("a listener that throws at %s ends the comparison", async (kind) => {
  const heard: string[] = [];
  const onEvent = (event: CompareEvent): void => {
    heard.push(event.kind);
    if (event.kind === kind) throw new Error("mine");
  };
  await expect(compare({ ...request, onEvent })).rejects.toThrow("mine");
  expect(heard.filter((each) => each === kind)).toHaveLength(1);
  expect(heard.at(-1)).toBe(kind);
});

test("an error of a thread is of the same kind here", () => {
  expect(errorFrom(plainError(new RangeError("too large")))).toEqual(new RangeError("too large"));
  expect(errorFrom(plainError(new TypeError("no number")))).toBeInstanceOf(TypeError);
  expect(errorFrom(plainError("a word"))).toEqual(new Error("a word"));
});

describe("a comparison", () => {
  const events: CompareEvent[] = [];
  let result: CompareResult;

  beforeAll(async () => {
    result = await compare({ ...request, onEvent: (event) => events.push(event) });
  });

  const runsOf = (optimizer: string) => result.runs.filter((run) => run.optimizer === optimizer);
  const labels = ["gradient-descent", "nesterov", "adam", "adam lr=0.02"];

  test("gives all the same start: the cost of the first batch is the same for one seed, and another for others", () => {
    const first = labels.map((label) => runsOf(label).map(({ batches }) => batches.losses[0]));
    expect(first[0].length).toBe(3);
    for (const losses of first) expect(losses).toEqual(first[0]);
    expect(new Set(first[0]).size).toBe(3);
  });

  test("lets all compute the same number of gradients", () => {
    const batches = Math.ceil(request.data.train.count / 16);
    expect(result.runs.map(({ steps }) => steps)).toEqual(new Array(12).fill(3 * batches));
    expect(result.runs.map(({ epochs }) => epochs.length)).toEqual(new Array(12).fill(3));
  });

  test("has the same budget of trials for all, but none for a rate that was given", () => {
    const trials = labels.map((label) => result.sensitivity.filter(({ optimizer }) => optimizer === label));
    expect(trials.map(({ length }) => length)).toEqual([3, 3, 3, 0]);
    expect(result.fullBatch?.sensitivity.length).toBe(3);
    for (const { optimizer, lr, tuned } of result.ranking) {
      const own = result.sensitivity.filter((trial) => trial.optimizer === optimizer);
      const best = Math.min(...own.map(({ loss }) => loss ?? Infinity));
      expect(tuned).toBe(own.length > 0);
      expect(lr).toBe(tuned ? own.find(({ loss }) => loss === best)?.lr : 0.02);
      for (const run of runsOf(optimizer)) expect(run.hyper.lr).toBe(lr);
    }
  });

  test("ranks by the steps to the target, then by the final cost", () => {
    const { ranking, target } = result;
    expect(ranking.map(({ rank }) => rank)).toEqual([1, 2, 3, 4]);
    const keys = ranking.map(({ steps, final }) => [steps ?? Infinity, final?.median ?? Infinity]);
    expect(keys).toEqual([...keys].sort((a, b) => (a[0] === b[0] ? a[1] - b[1] : a[0] - b[0])));
    for (const { optimizer, steps } of ranking) {
      const reached = runsOf(optimizer).map(
        ({ epochs }) =>
          epochs.find(({ validation }) => (validation.loss ?? 9) <= (target?.value ?? 0))?.steps ?? Infinity,
      );
      const [, middle] = reached.sort((a, b) => a - b);
      expect(steps).toBe(Number.isFinite(middle) ? middle : null);
    }
  });

  test("runs the full batch beside, one step a pass, and does not rank it", () => {
    expect(result.fullBatch?.runs.map(({ steps, batchSize }) => [steps, batchSize])).toEqual(
      new Array(3).fill([3, 84]),
    );
    expect(result.ranking.map(({ optimizer }) => optimizer)).not.toContain(FULL_BATCH);
  });

  test("tells what it does: trials, rates, epochs, runs, and all passes at the end", () => {
    const count = (kind: CompareEvent["kind"]) => events.filter((event) => event.kind === kind).length;
    expect([count("begin"), count("trial"), count("tuned"), count("run")]).toEqual([1, 12, 4, 15]);
    expect(count("epoch")).toBe(45);
    const passes = events.filter((event) => event.kind === "progress");
    expect(passes).toEqual(Array.from({ length: 117 }, (_, i) => ({ kind: "progress", done: i + 1, total: 117 })));
    expect(result.outcome).toBe("completed");
  });

  test("gives the same bits again", async () => {
    expect(timeless(await compare(request))).toBe(timeless(result));
  });

  test("stops where it is told to, and keeps what was done", async () => {
    const abort = new AbortController();
    const stopped = await compare({
      ...request,
      signal: abort.signal,
      onEvent: (event) => event.kind === "run" && abort.abort(),
    });
    expect(stopped.outcome).toBe("interrupted");
    expect(stopped.runs.length + (stopped.fullBatch?.runs.length ?? 0)).toBeLessThan(15);
    const whole = stopped.runs.filter(({ outcome }) => outcome.kind === "completed");
    const same = ({ optimizer, seed, batches }: CompareResult["runs"][number]) => [optimizer, seed, batches];
    expect(whole.length).toBeGreaterThan(0);
    expect(result.runs.map(same)).toEqual(expect.arrayContaining(whole.map(same)));
  });
});

test("a run that diverges is said to, comes last, and leaves no NaN behind", async () => {
  const hyper = { lr: 1e30 };
  const optimizers = [{ rule: "momentum", hyper }, { rule: "adam" }];
  const result = await compare({ ...request, data: moons({ count: 100 }), optimizers, seeds: [1], trials: 2 });
  const [adam, momentum] = result.ranking;
  expect([adam.optimizer, adam.diverged]).toEqual(["adam", 0]);
  expect(momentum).toMatchObject({ optimizer: "momentum lr=1e+30", diverged: 1, final: null, steps: null });
  expect(result.runs[0].outcome).toMatchObject({ kind: "diverged" });
  expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  expect(result.fullBatch).toBeNull();
});

test("more worker threads than there are cores are not started, and it says so", async () => {
  const said: string[] = [];
  const small = { ...request, optimizers: [{ rule: "adam" }], epochs: 1, seeds: [1], trials: 0 };
  const workersOf = async (workers: number) => {
    await compare({ ...small, workers, onWarning: (message) => said.push(message) });
    return said.splice(0);
  };
  expect(await workersOf(availableParallelism())).toEqual([]);
  expect(await workersOf(1e6)).toEqual([
    expect.stringMatching(/^1000000 worker threads were requested; at most \d+ are started/),
  ]);
});

test("options that are not allowed are refused before anything runs", async () => {
  const events: CompareEvent[] = [];
  const onEvent = (event: CompareEvent) => events.push(event);
  await expect(compare({ ...request, onEvent, optimizers: [{ rule: "adm" }] })).rejects.toThrow("adam");
  await expect(compare({ ...request, onEvent, workers: -1 })).rejects.toThrow("workers is -1");
  expect(events).toEqual([]);
});
