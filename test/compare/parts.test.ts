import { describe, expect, test } from "vitest";
import { atRate } from "../../src/compare/contender.ts";
import { type Contender, defaultContenders, labelOf, resolveCompareOptions } from "../../src/compare/index.ts";
import { softmaxCrossEntropy } from "../../src/nn/index.ts";
import { optimizerFromData, scheduleNames } from "../../src/optimizers/index.ts";
import { dataFacts, Recorder } from "../../src/train/index.ts";

describe("a contender", () => {
  test("is called by its rule and what is set", () => {
    expect(labelOf({ rule: "sgd" })).toBe("gradient-descent");
    expect(labelOf({ rule: "adam", hyper: { beta1: 0.5 }, schedule: "cosine" })).toBe("adam beta1=0.5 cosine");
  });

  test("may be a rule of one's own", () => {
    const own: Contender = { rule: "mine", text: "hyper lr = 0.1\nw = w - lr*g" };
    expect(optimizerFromData(atRate(own, 0.2), 10).hyper).toEqual({ lr: 0.2 });
    expect(labelOf(own)).toBe("mine");
  });

  test.each(scheduleNames)("takes the schedule %s over its steps, from the rate that was found", (name) => {
    const { lr } = optimizerFromData(atRate({ rule: "adam", schedule: name }, 0.5), 100).hyper;
    const rates = Array.from({ length: 100 }, (_, i) => (typeof lr === "function" ? lr(i + 1) : lr));
    expect(Math.max(...rates)).toBeCloseTo(0.5, 2);
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(0);
    if (name !== "constant" && name !== "plateau") expect(rates[99]).toBeLessThan(0.06);
  });

  test("of an unknown name is refused with the nearest", () => {
    expect(() => labelOf({ rule: "adma" })).toThrow("adam");
    expect(() => optimizerFromData({ rule: "adam", schedule: "cosin" }, 10)).toThrow("cosine");
  });
});

describe("the settings of a comparison", () => {
  test("have the lecture's optimizers, and trials on seeds that the final runs do not use", () => {
    const { optimizers, seeds, tuningSeeds, tuningEpochs, epochs } = resolveCompareOptions({ seeds: [3, 9] });
    expect(optimizers).toBe(defaultContenders);
    expect([seeds, tuningSeeds, tuningEpochs]).toEqual([[3, 9], [10, 11], epochs]);
  });

  test.each([
    [{ epochs: 0 }, "epochs is 0"],
    [{ trials: 1.5 }, "trials is 1.5"],
    [{ seeds: [] }, "seeds: none"],
    [{ seeds: [1, 1] }, "1 is given twice"],
    [{ optimizers: [{ rule: "sgd" }, { rule: "gradient-descent" }] }, "gradient-descent is given twice"],
    [{ optimizers: [{ rule: "adam", hyper: { beta1: 1 } }] }, "beta1 is 1"],
    [{ batchSize: 0 }, "batchSize is 0"],
  ])("%j is refused", (options, words) => {
    expect(() => resolveCompareOptions(options)).toThrow(words);
  });
});

describe("the recorder", () => {
  const head = { data: "d", model: "m", optimizer: "o", hyper: {}, seed: 1, batchSize: 1, parameters: 1 };
  const outcome = { kind: "completed", step: 10_000, reason: "all steps were taken" } as const;

  test("keeps every k-th batch of a long run, k a power of two, the first one always", () => {
    const recorder = new Recorder(head);
    for (let step = 1; step <= 10_000; step++)
      recorder.observe({ kind: "batch", step, epoch: 1, loss: step, gradientNorm: 1 });
    recorder.observe({ kind: "end", outcome, seconds: 1, test: { loss: 1 } });
    const { every, losses } = recorder.record().batches;
    expect(losses.length).toBeGreaterThanOrEqual(150);
    expect(losses.length).toBeLessThanOrEqual(300);
    expect(losses).toEqual(losses.map((_, i) => 1 + i * every));
    expect(losses.length).toBe(Math.ceil(10_000 / every));
  });

  test("names the epoch whose weights the run says that it went back to", () => {
    const told = (kept?: { epoch: number; steps: number }) => {
      const recorder = new Recorder(head);
      recorder.observe({ kind: "end", outcome, seconds: 1, test: { loss: 1 }, ...(kept && { kept }) });
      return recorder.record().kept;
    };
    expect(told({ epoch: 2, steps: 10 })).toEqual({ epoch: 2, steps: 10 });
    expect(told()).toBeUndefined();
  });

  test("keeps the outcome that it is told, and writes no NaN", () => {
    const recorder = new Recorder(head);
    recorder.observe({ kind: "end", outcome, seconds: 1, test: { loss: Number.NaN, accuracy: 0.1 } });
    const record = recorder.record();
    expect(record.outcome).toEqual(outcome);
    expect(record.test).toEqual({ loss: null, nonFinite: "NaN", accuracy: 0.1 });
  });

  test("asks for the end", () => {
    expect(() => new Recorder(head).record()).toThrow("has not ended");
  });
});

describe("the facts of a data set", () => {
  test("a class that no other outnumbers, counted on each part", () => {
    const examples = (targets: readonly number[]) => ({
      count: targets.length,
      inputs: new Float64Array(),
      targets: Float64Array.from(targets),
    });
    const data = {
      ...({ task: "classification", classes: ["a", "b"], outputs: 2 } as const),
      ...{ train: examples([0, 1, 1]), validation: examples([0, 0, 0, 1]), test: examples([]) },
    };
    expect(dataFacts(data, softmaxCrossEntropy)).toEqual({
      task: "classification",
      counts: [3, 4, 0],
      majority: { class: "b", validation: 0.25, test: null },
    });
  });
});
