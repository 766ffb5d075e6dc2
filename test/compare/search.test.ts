import { describe, expect, it } from "vitest";
import type { CompareEvent } from "../../src/compare/events.ts";
import type { Job } from "../../src/compare/job.ts";
import { GuardedListener } from "../../src/compare/listener.ts";
import { Progress } from "../../src/compare/progress.ts";
import type { Trial } from "../../src/compare/result.ts";
import { allContenders, planFor, trialsFor } from "../../src/compare/runs.ts";
import { resolveCompareOptions } from "../../src/compare/settings.ts";
import { bestTrial, tune } from "../../src/compare/tuning.ts";
import type { RunRecord } from "../../src/train/record.ts";
import { runWith } from "./made-up.ts";

interface Asked {
  readonly budget?: number;
  readonly seeds?: readonly number[];
  readonly tuneOn?: "training";
}

/** A search whose runs are made up; with the jobs that it asked for, and what it told of each trial. */
async function searched(
  make: (run: Job["run"]) => RunRecord | undefined,
  { budget = 4, seeds = [6, 7], tuneOn }: Asked = {},
) {
  const jobs: Job[] = [];
  const told: Trial[] = [];
  const pool = {
    run: async (job: Job) => {
      jobs.push(job);
      return make(job.run);
    },
    dispose: async () => {},
  };
  const plan = { epochs: 4, batchSize: 16, l2: 0.5, dtype: "f64" } as const;
  const progress = new Progress(4 * budget * seeds.length, () => {});
  const trials = await tune(pool, { rule: "adam" }, plan, {
    budget,
    seeds,
    progress,
    onTrial: (trial) => told.push(trial),
    ...(tuneOn && { tuneOn }),
  });
  return { trials, jobs, told, progress };
}

const rateOf = ({ optimizer }: Job["run"]): number => Number(optimizer.hyper?.lr);

describe("the search for a contender's rate", () => {
  it("tries as many rates as the budget has, each on every seed, and all else as in every other run", async () => {
    const { trials, jobs, told, progress } = await searched(() => runWith([1, 1, 1, 1]));
    expect(progress.complete).toBe(true);
    expect(trials).toHaveLength(4);
    expect(told).toEqual(trials);
    expect(new Set(trials.map(({ lr }) => lr)).size).toBe(4);
    // Adam's authors propose 0.001.
    expect(trials[0].lr).toBe(0.001);
    expect(jobs.map(({ run }) => [rateOf(run), run.seed])).toEqual(
      trials.flatMap(({ lr }) => [
        [lr, 6],
        [lr, 7],
      ]),
    );
    for (const { run } of jobs) expect(run).toMatchObject({ epochs: 4, batchSize: 16, l2: 0.5, dtype: "f64" });
  });

  it("takes one seed where one is given", async () => {
    const { trials } = await searched(() => runWith([9, 9, 3, 5]), { budget: 1, seeds: [6] });
    expect(trials[0].loss).toBe(4);
  });

  it("judges rates by the training loss where that is asked for", async () => {
    // The training losses of made-up runs are half of the others.
    const { trials } = await searched(() => runWith([9, 9, 3, 5]), { budget: 1, seeds: [6], tuneOn: "training" });
    expect(trials[0].loss).toBe(2);
    expect(() => resolveCompareOptions(JSON.parse('{ "tuneOn": "trainig" }'))).toThrow("did you mean training");
  });

  it("gives no loss to a rate of which one run diverged, or has an epoch without a number", async () => {
    const diverged = await searched(({ seed }) => runWith([1, 1], { outcome: seed === 7 ? "diverged" : "completed" }));
    expect(diverged.trials.map(({ loss }) => loss)).toEqual([null, null, null, null]);
    const lost = await searched(({ seed }) => runWith([1, seed === 7 ? null : 1, 1]), { budget: 1 });
    expect(lost.trials[0].loss).toBeNull();
  });

  it("ends where a run was interrupted or never begun, and keeps the trials before", async () => {
    for (const last of [runWith([1], { outcome: "interrupted" }), undefined]) {
      const { trials } = await searched((run) => (rateOf(run) === 0.001 ? runWith([1, 1]) : last));
      expect(trials.map(({ lr }) => lr)).toEqual([0.001]);
    }
  });

  it("takes the rate with the lowest loss; of those that all diverged the smallest; of none none", () => {
    const trial = (lr: number, loss: number | null): Trial => ({ optimizer: "adam", lr, loss });
    expect(bestTrial([trial(1, 0.5), trial(2, 0.25), trial(3, null), trial(4, 0.75)])?.lr).toBe(2);
    expect(bestTrial([trial(2, null), trial(1, null), trial(3, 1e9)])?.lr).toBe(3);
    expect(bestTrial([trial(2, null), trial(1, null)])?.lr).toBe(1);
    expect(bestTrial([])).toBeUndefined();
  });
});

describe("the progress of a comparison", () => {
  it("counts the passes that were made, and those that an ended run will not make", () => {
    const told: CompareEvent[] = [];
    const progress = new Progress(10, (event) => told.push(event));
    const [whole, short, open] = [progress.startRun(3), progress.startRun(4), progress.startRun(3)];
    for (let i = 0; i < 3; i++) whole.epoch();
    whole.end(runWith([1, 1, 1]));
    expect(told.at(-1)).toEqual({ kind: "progress", done: 3, total: 10 });
    expect(told).toHaveLength(3);
    short.epoch();
    short.end(runWith([1], { outcome: "diverged" }));
    expect(told.at(-1)).toEqual({ kind: "progress", done: 7, total: 10 });
    open.epoch();
    open.end(runWith([1], { outcome: "interrupted" }));
    progress.startRun(2).end(undefined);
    expect(told.at(-1)).toEqual({ kind: "progress", done: 8, total: 10 });
    expect(progress.complete).toBe(false);
    open.end(runWith([1]));
    expect(progress.complete).toBe(true);
  });
});

describe("the settings of a comparison", () => {
  it("are by default 25 epochs of batches of 64, 8 trials, 5 seeds, float32, no L2 term, and the full batch beside", () => {
    expect(resolveCompareOptions({})).toMatchObject({
      ...{ epochs: 25, tuningEpochs: 25, batchSize: 64, trials: 8, seeds: [1, 2, 3, 4, 5], tuningSeeds: [6, 7] },
      ...{ dtype: "f32", l2: 0, fullBatch: true, target: null },
    });
  });

  it.each([
    [{ tuningEpochs: 0 }, "tuningEpochs is 0"],
    [{ trials: -1 }, "trials is -1"],
    [{ seeds: [-1] }, "seeds[0] is -1"],
    [{ tuningSeeds: [1.5] }, "tuningSeeds[0] is 1.5"],
    [{ tuningSeeds: [] }, "tuningSeeds: none"],
    [{ tuningSeeds: [4, 4] }, "tuningSeeds: 4 is given twice"],
    [{ optimizers: [] }, "optimizers: none"],
    [{ batchSize: 1.5 }, "batchSize is 1.5"],
  ])("%j is refused", (options, words) => {
    expect(() => resolveCompareOptions(options)).toThrow(words);
  });

  it("may be the least there is", () => {
    expect(resolveCompareOptions({ epochs: 1, tuningEpochs: 1, trials: 0, batchSize: 1, seeds: [0] })).toMatchObject({
      ...{ epochs: 1, tuningEpochs: 1, trials: 0, batchSize: 1, seeds: [0], tuningSeeds: [1, 2] },
    });
  });
});

describe("those that take part", () => {
  const labels = (options: Parameters<typeof resolveCompareOptions>[0]) =>
    allContenders(resolveCompareOptions(options)).map(({ rule, label }) => label ?? rule);
  const [plain, adam] = [{ rule: "sgd" }, { rule: "adam" }];

  it("have plain gradient descent on the full batch beside them, where it is among them, wanted, and something else", () => {
    const beside = "gradient-descent, full batch";
    expect(labels({ optimizers: [adam, plain] })).toEqual(["adam", "sgd", beside]);
    expect(labels({ optimizers: [adam] })).toEqual(["adam"]);
    expect(labels({ optimizers: [plain], fullBatch: false })).toEqual(["sgd"]);
    expect(labels({ optimizers: [plain], batchSize: "full" })).toEqual(["sgd"]);
  });

  it("take the same batches, but for the one on the full batch, and the same trials, but where the rate is given", () => {
    const settings = resolveCompareOptions({
      optimizers: [plain, { rule: "adam", hyper: { lr: 1 } }],
      l2: 0.1,
      trials: 5,
    });
    const everyone = allContenders(settings);
    expect(everyone.map((each) => planFor(each, settings))).toEqual([
      { l2: 0.1, dtype: "f32", batchSize: 64 },
      { l2: 0.1, dtype: "f32", batchSize: 64 },
      { l2: 0.1, dtype: "f32", batchSize: "full" },
    ]);
    expect(everyone.map((each) => trialsFor(each, settings))).toEqual([5, 0, 5]);
  });
});

describe("a listener", () => {
  const event: CompareEvent = { kind: "progress", done: 1, total: 2 };

  it("whose promise is rejected ends the runs, and is heard of", async () => {
    const listening = new GuardedListener(async () => {
      throw new Error("later");
    });
    listening.emit(event);
    await new Promise((resolve) => setImmediate(resolve));
    expect(listening.signal.aborted).toBe(true);
    expect(() => listening.check()).toThrow("later");
  });

  it("hears nothing more once it has thrown, and the first that it threw counts", () => {
    let heard = 0;
    const listening = new GuardedListener(() => {
      heard++;
      throw new Error(`number ${heard}`);
    });
    listening.emit(event);
    listening.emit(event);
    expect(heard).toBe(1);
    expect(() => listening.check()).toThrow("number 1");
  });

  it("that throws nothing ends nothing; the caller's signal does", () => {
    const abort = new AbortController();
    const listening = new GuardedListener(() => {}, abort.signal);
    listening.emit(event);
    listening.check();
    expect(listening.signal.aborted).toBe(false);
    abort.abort();
    expect(listening.signal.aborted).toBe(true);
    listening.check();
  });
});
