import { describe, expect, test } from "vitest";
import { KeptWeights, type Weights } from "../../src/compare/best-model.ts";
import { BestModel, FULL_BATCH } from "../../src/compare/index.ts";
import { jobContext, jobFor, runJob } from "../../src/compare/job.ts";
import { compare } from "../../src/compare/node/index.ts";
import { moons } from "../../src/data/index.ts";
import { nodeDevice } from "../../src/device/node/index.ts";
import { evaluate } from "../../src/metrics/index.ts";
import { mlp } from "../../src/nn/index.ts";
import { load, writeModel } from "../../src/nn/node/index.ts";
import { temporary } from "../report/small.ts";
import { runWith } from "./made-up.ts";

const data = moons({ count: 80 });
const request = {
  ...{ data, model: "mlp:4", batchSize: 16, epochs: 3, seeds: [1, 2, 3], trials: 0, workers: 0 },
  optimizers: [{ rule: "gradient-descent" }, { rule: "adam", hyper: { lr: 0.05 } }],
};

describe("the best model of a comparison", () => {
  test("is of the winner, with the weights that its run was tested with, and can be saved", async () => {
    const { best, ranking, runs } = await compare(request);
    const own = runs.filter(({ optimizer }) => optimizer === ranking[0].optimizer);
    const last = own.map(({ epochs }) => epochs[2].validation.loss ?? Number.NaN);
    const run = own[last.indexOf(Math.min(...last))];
    expect(best).toMatchObject({ optimizer: run.optimizer, seed: run.seed });
    if (best === null) throw new Error("there is no best model");
    const folder = temporary();
    writeModel(best, folder);
    const metrics = await evaluate(await load(folder), data);
    expect(metrics.task === "classification" && metrics.logLoss).toBeCloseTo(run.test.loss ?? Number.NaN, 6);
    expect(metrics.task === "classification" && metrics.accuracy).toBe(run.test.accuracy);
  });

  test("is a name alone as JSON", async () => {
    const result = await compare({ ...request, epochs: 1 });
    const { optimizer, seed } = result.best ?? {};
    expect(JSON.parse(JSON.stringify(result)).best).toEqual({ optimizer, seed });
    expect(JSON.stringify(result).length).toBeLessThan(50_000);
  });

  test("is missing where the winner's runs all diverged, or none was made", async () => {
    const optimizers = [{ rule: "momentum", hyper: { lr: 1e30 } }];
    expect((await compare({ ...request, optimizers })).best).toBeNull();
    expect((await compare({ ...request, signal: AbortSignal.abort() })).best).toBeNull();
  });
});

const weights = (value: number): Weights => ({ w: Float64Array.of(value), s: new Float64Array(0) });
const net = { model: mlp([2, 2]) };
const ranking = (optimizer: string) => ({ ranking: [{ ...LINE, optimizer }] });
const LINE = {
  ...{ rank: 1, lr: null, tuned: false, final: null, best: null, train: null, testAccuracy: null, testLoss: null },
  ...{ steps: null, seconds: null, runs: 1, reached: 0, diverged: 0 },
};

describe("kept weights", () => {
  const of = (...offers: readonly (readonly [losses: readonly number[], seed: number])[]) => {
    const kept = new KeptWeights();
    for (const [losses, seed] of offers) kept.offer(runWith(losses, { seed }), weights(seed));
    return kept.bestOf(ranking(runWith([1]).optimizer), net);
  };

  test("are those with the lowest loss after the last epoch, not of any epoch", () => {
    expect(of([[0.1, 0.5], 1], [[0.9, 0.4], 2], [[0.2, 0.45], 3])).toMatchObject({ seed: 2 });
    expect(of([[0.9, 0.4], 2])?.w).toEqual(Float64Array.of(2));
  });

  test("of equals are those with the smaller seed, in whatever order they come", () => {
    expect([of([[1], 1], [[1], 2])?.seed, of([[1], 2], [[1], 1])?.seed]).toEqual([1, 1]);
  });

  test("belong to the optimizer that is ranked first alone", () => {
    const kept = new KeptWeights();
    kept.offer({ ...runWith([1]), optimizer: "adam" }, weights(1));
    kept.offer({ ...runWith([2]), optimizer: "lion" }, weights(2));
    expect(kept.bestOf(ranking("lion"), net)).toBeInstanceOf(BestModel);
    expect(kept.bestOf(ranking("lion"), net)?.w).toEqual(Float64Array.of(2));
    expect(kept.bestOf(ranking("momentum"), net)).toBeNull();
  });
});

test("a worker hands on weights only where they can win: no worse than what it handed on, and not of a run that diverged", async () => {
  const context = jobContext({ data, model: mlp([2, 4, 2]), device: await nodeDevice({ threads: 1 }) });
  const handed = async (lr: number, epochs: number, label = "adam"): Promise<boolean> => {
    let got = false;
    const job = jobFor({ rule: "adam", label }, { epochs, batchSize: 16, seed: 1 }, lr);
    await runJob(context, job, { onWeights: () => (got = true) });
    return got;
  };
  try {
    expect(await handed(0.01, 8)).toBe(true);
    expect(await handed(0.01, 1)).toBe(false); // stopped sooner
    expect(await handed(0.01, 8)).toBe(true); // as good: the smaller seed is to win
    expect(await handed(0.01, 1, FULL_BATCH)).toBe(true); // another contender
    expect(await handed(1e300, 3, "third")).toBe(false);
  } finally {
    await context.engine.dispose();
  }
});
