import { describe, expect, it } from "vitest";
import { runComparison } from "../../src/compare/compare.ts";
import type { CompareEvent } from "../../src/compare/events.ts";
import { FULL_BATCH } from "../../src/compare/index.ts";
import type { Job } from "../../src/compare/job.ts";
import type { CompareOptions } from "../../src/compare/options.ts";
import { resolveCompareOptions } from "../../src/compare/settings.ts";
import { blobs } from "../../src/data/index.ts";
import { mlp } from "../../src/nn/index.ts";
import type { RunRecord } from "../../src/train/record.ts";
import { runWith } from "./made-up.ts";

const subject = { data: blobs({ count: 60, seed: 3 }), model: mlp([2, 3]) };

const options: CompareOptions = {
  optimizers: [{ rule: "sgd" }, { rule: "adam" }, { rule: "momentum", hyper: { lr: 0.5 } }],
  ...{
    epochs: 3,
    tuningEpochs: 2,
    trials: 3,
    seeds: [1, 2],
    tuningSeeds: [8, 9],
    batchSize: 16,
    l2: 0.1,
    dtype: "f64",
  },
};

const rateOf = ({ optimizer }: Job["run"]): number => Number(optimizer.hyper?.lr);

/** The best rate is 0.0032 for all, whatever they begin with. */
const madeUp = ({ label, run }: Job): RunRecord => {
  const loss = 0.01 + Math.log(rateOf(run) / 0.0032) ** 2;
  return runWith(new Array(run.epochs).fill(loss), { seed: run.seed, optimizer: label });
};

/** A comparison whose runs are made up, with the jobs that it asked for and what it told. */
async function compared(make: (job: Job) => RunRecord | undefined | Promise<RunRecord | undefined>, change = {}) {
  const jobs: Job[] = [];
  const events: CompareEvent[] = [];
  const pool = {
    run: async (job: Job) => {
      jobs.push(job);
      return make(job);
    },
    dispose: async () => {},
  };
  const settings = resolveCompareOptions({ ...options, ...change });
  const { seconds: _, ...result } = await runComparison(subject, settings, pool, (event) => events.push(event));
  return { jobs, events, result };
}

describe("a comparison asks of every optimizer", () => {
  it("one final run for each seed, all with the same seeds, epochs, batches, L2 term and type", async () => {
    const { jobs } = await compared(madeUp);
    const finals = jobs.filter(({ run }) => run.epochs === 3);
    for (const label of ["gradient-descent", "adam", "momentum lr=0.5"]) {
      const own = finals.filter((job) => job.label === label).map(({ run: { optimizer, ...plan } }) => plan);
      expect(own).toEqual([1, 2].map((seed) => ({ seed, epochs: 3, batchSize: 16, l2: 0.1, dtype: "f64" })));
    }
    const full = finals
      .filter(({ label }) => label === FULL_BATCH)
      .map(({ run: { seed, batchSize } }) => [seed, batchSize]);
    expect(full).toEqual([
      [1, "full"],
      [2, "full"],
    ]);
    expect(finals).toHaveLength(8);
  });

  it("the same number of trials on the same seeds, none where the rate is given", async () => {
    const { jobs } = await compared(madeUp);
    const trials = jobs.filter(({ run }) => run.epochs === 2);
    for (const label of ["gradient-descent", "adam", FULL_BATCH]) {
      const own = trials.filter((job) => job.label === label);
      expect(own.map(({ run }) => run.seed)).toEqual([8, 9, 8, 9, 8, 9]);
      expect(new Set(own.map(({ run }) => rateOf(run))).size).toBe(3);
    }
    expect(trials).toHaveLength(18);
  });

  it("its final runs at the best rate of its own trials, or at the one that was given", async () => {
    const { jobs, events, result } = await compared(madeUp, { trials: 6 });
    for (const label of ["gradient-descent", "adam", FULL_BATCH, "momentum lr=0.5"]) {
      const wanted = label === "momentum lr=0.5" ? 0.5 : 0.0032;
      const rates = jobs.filter((job) => job.label === label && job.run.epochs === 3).map(({ run }) => rateOf(run));
      expect(rates).toEqual([wanted, wanted]);
    }
    expect(events.filter(({ kind }) => kind === "tuned")).toHaveLength(3);
    expect(result.ranking.map(({ optimizer, lr, tuned }) => [optimizer, lr, tuned])).toEqual([
      ["gradient-descent", 0.0032, true],
      ["adam", 0.0032, true],
      ["momentum lr=0.5", 0.5, false],
    ]);
    expect(result.fullBatch?.lr).toBe(0.0032);
  });

  it("its own rate where nothing is searched for", async () => {
    const { jobs, result } = await compared(
      ({ label, run }) => runWith([1, 1, 1], { seed: run.seed, optimizer: label }),
      {
        ...{ trials: 0, optimizers: [{ rule: "adam" }] },
      },
    );
    expect(jobs.map(({ run }) => run.optimizer)).toEqual([{ rule: "adam" }, { rule: "adam" }]);
    expect(result.ranking[0]).toMatchObject({ lr: 0.001, tuned: false });
    expect(result.sensitivity).toEqual([]);
    expect(result.fullBatch).toBeNull();
  });
});

describe("a comparison", () => {
  it("comes to the same in whatever order its runs end", async () => {
    const { result } = await compared(madeUp);
    let turn = 0;
    const shuffled = await compared(async (job) => {
      for (let left = (turn++ * 7) % 5; left > 0; left--) await new Promise((resolve) => setImmediate(resolve));
      return madeUp(job);
    });
    expect(shuffled.result).toEqual(result);
    expect(result.runs.map(({ optimizer, seed }) => [optimizer, seed])).toEqual(
      ["gradient-descent", "adam", "momentum lr=0.5"].flatMap((label) => [
        [label, 1],
        [label, 2],
      ]),
    );
    expect(result.outcome).toBe("completed");
  });

  it("says what it was about", async () => {
    const { events, result } = await compared(madeUp);
    const about = { data: "blobs", model: "mlp:2-3", parameters: 9, dataset: { inputShape: [2], outputs: 3 } };
    expect(result).toMatchObject(about);
    const optimizers = ["gradient-descent", "adam", "momentum lr=0.5", FULL_BATCH];
    expect(events[0]).toMatchObject({ kind: "begin", optimizers, trials: 3, seeds: [1, 2], ...about });
  });

  it("keeps a run that was interrupted after an epoch and does not rank it; one before its first epoch is gone", async () => {
    const { result } = await compared(
      ({ label, run }) => {
        const kind = run.seed === 2 ? "interrupted" : "completed";
        const losses = label === "adam" || run.seed === 1 ? [1] : [];
        return runWith(losses, { seed: run.seed, optimizer: label, outcome: run.epochs === 3 ? kind : "completed" });
      },
      { trials: 0 },
    );
    expect(result.runs.map(({ optimizer, seed }) => [optimizer, seed])).toEqual([
      ["gradient-descent", 1],
      ["adam", 1],
      ["adam", 2],
      ["momentum lr=0.5", 1],
    ]);
    expect(result.ranking.map(({ runs }) => runs)).toEqual([1, 1, 1]);
    expect(result.outcome).toBe("interrupted");
  });

  it("gives no final runs to an optimizer whose search was cut short", async () => {
    const { jobs, result } = await compared((job) => (job.run.seed === 9 ? undefined : madeUp(job)), {
      optimizers: [{ rule: "adam" }],
    });
    expect(jobs.filter(({ run }) => run.epochs === 3)).toEqual([]);
    expect(result).toMatchObject({ runs: [], ranking: [], target: null, outcome: "interrupted" });
  });

  it("runs an optimizer all of whose trials diverged at the smallest rate that was tried", async () => {
    const diverge = ({ label, run }: Job) => runWith([], { seed: run.seed, optimizer: label, outcome: "diverged" });
    const { result } = await compared(diverge, { optimizers: [{ rule: "adam" }] });
    const smallest = Math.min(...result.sensitivity.map(({ lr }) => lr));
    expect(result.ranking[0]).toMatchObject({ lr: smallest, diverged: 2, final: null, steps: null });
    expect(result.target).toBeNull();
  });
});
