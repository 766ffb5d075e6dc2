import { describe, expect, it } from "vitest";
import { assembleResult, FULL_BATCH } from "../../src/compare/assemble.ts";
import type { Contender } from "../../src/compare/contender.ts";
import type { Trial } from "../../src/compare/result.ts";
import { resolveCompareOptions } from "../../src/compare/settings.ts";
import { blobs } from "../../src/data/index.ts";
import { softmaxCrossEntropy } from "../../src/nn/index.ts";
import { dataFacts } from "../../src/train/data-facts.ts";
import type { RunRecord } from "../../src/train/record.ts";
import { runWith } from "./made-up.ts";

const data = blobs({ count: 60, seed: 3 });
const { inputShape, outputs, source, licence } = data;
const dataset = { ...dataFacts(data, softmaxCrossEntropy), inputShape, outputs, source, licence };

function assembled(optimizers: readonly Contender[], trials: readonly Trial[], runs: readonly RunRecord[]) {
  const settings = resolveCompareOptions({ optimizers, seeds: [1, 2, 10] });
  const head = { data: data.name, model: "mlp:2-3", parameters: 9, dataset, settings };
  return assembleResult(head, { trials, runs, outcome: "completed", seconds: 7 });
}

const trial = (optimizer: string, lr: number, loss: number | null): Trial => ({ optimizer, lr, loss });
const run = (optimizer: string, seed: number) => runWith([1, 0.5], { optimizer, seed });

describe("what was done, put together", () => {
  const optimizers = [{ rule: "momentum" }, { rule: "adam" }];
  const trials = [trial("adam", 0.1, 2), trial(FULL_BATCH, 0.2, 3), trial("momentum", 0.3, 1), trial("adam", 0.4, 1)];
  const runs = [run("adam", 10), run("momentum", 2), run("adam", 2), run(FULL_BATCH, 1), run("momentum", 1)];
  const result = assembled(optimizers, trials, runs);

  it("is in the order of the settings and the seeds, in whatever order it was done", () => {
    expect(result.runs.map(({ optimizer, seed }) => [optimizer, seed])).toEqual([
      ["momentum", 1],
      ["momentum", 2],
      ["adam", 2],
      ["adam", 10],
    ]);
    expect(result.sensitivity.map(({ optimizer, lr }) => [optimizer, lr])).toEqual([
      ["momentum", 0.3],
      ["adam", 0.1],
      ["adam", 0.4],
    ]);
  });

  it("has the full batch beside, with the best rate of its trials, and null where it did not run", () => {
    expect(result.fullBatch).toEqual({ lr: 0.2, sensitivity: [trials[1]], runs: [runs[3]] });
    const two = [run(FULL_BATCH, 10), run(FULL_BATCH, 2)];
    expect(assembled(optimizers, trials, two).fullBatch?.runs.map(({ seed }) => seed)).toEqual([2, 10]);
    expect(assembled(optimizers, trials, [run("adam", 1)]).fullBatch).toBeNull();
    expect(assembled(optimizers, [], [run(FULL_BATCH, 1)]).fullBatch?.lr).toBeNull();
  });

  it("has the rate of the best trial, or the one that was given, or the rule's own, or null where the rule has none", () => {
    const mine = { rule: "mine", text: "w = w - 0.1*g" };
    const given = [{ rule: "momentum" }, { rule: "adam" }, { rule: "sgd", hyper: { lr: 0.7 } }, mine];
    const labels = ["momentum", "adam", "gradient-descent lr=0.7", "mine"];
    const { ranking } = assembled(
      given,
      trials.filter(({ optimizer }) => optimizer === "adam"),
      labels.map((label) => run(label, 1)),
    );
    const rates = Object.fromEntries(ranking.map(({ optimizer, lr, tuned }) => [optimizer, [lr, tuned]]));
    // Momentum's default is 0.01.
    expect(rates).toEqual({
      ...{ momentum: [0.01, false], adam: [0.4, true] },
      ...{ "gradient-descent lr=0.7": [0.7, false], mine: [null, false] },
    });
  });

  it("does not rank what was interrupted, and keeps it", () => {
    const cut = runWith([1e-9], { optimizer: "adam", seed: 1, outcome: "interrupted" });
    const { ranking, runs: kept } = assembled(optimizers, [], [cut, run("momentum", 1)]);
    expect(ranking.map(({ optimizer }) => optimizer)).toEqual(["momentum"]);
    expect(kept).toHaveLength(2);
  });
});
