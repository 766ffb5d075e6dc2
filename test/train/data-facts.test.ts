import { describe, expect, it } from "vitest";
import { meanSquaredError, softmaxCrossEntropy } from "../../src/nn/index.ts";
import { dataFacts } from "../../src/train/index.ts";

const set = (targets: readonly number[]) => ({
  count: targets.length,
  inputs: new Float64Array(targets.length),
  targets: Float64Array.from(targets),
});

describe("facts about a regression", () => {
  const heights = {
    ...{ task: "regression" as const, outputs: 1, classes: [] },
    ...{ train: set([10, 20]), validation: set([15]), test: set([1, 2, 3, 6]) },
  };
  const scaled = { ...heights, targetStandardization: { mean: [15], deviation: [2] } };

  it("are how targets were standardised, and the variance of the test set: of 1, 2, 3 and 6 it is (4 + 1 + 0 + 9)/4", () => {
    expect(dataFacts(scaled, meanSquaredError)).toEqual({
      ...{ task: "regression", counts: [2, 1, 4] },
      target: { mean: 15, deviation: 2, testVariance: 3.5 },
    });
    expect(dataFacts(heights, meanSquaredError).target).toEqual({ mean: 0, deviation: 1, testVariance: 3.5 });
  });

  it("are counts alone where the loss is no squared error, or outputs are several", () => {
    const counts = { task: "regression", counts: [2, 1, 4] };
    expect(dataFacts(scaled, { ...meanSquaredError, name: "own", value: (z) => z })).toEqual(counts);
    expect(dataFacts({ ...scaled, outputs: 2 }, meanSquaredError)).toEqual(counts);
  });

  it("have no variance without a test set", () => {
    expect(dataFacts({ ...heights, test: set([]) }, meanSquaredError).target?.testVariance).toBe(0);
  });
});

describe("facts about a classification", () => {
  const letters = {
    ...{ task: "classification" as const, outputs: 3, classes: ["a", "b", "c"] },
    ...{ train: set([0, 1, 1, 2, 1]), validation: set([]), test: set([1, 0, 1, 2]) },
  };

  it("are the most frequent class of the training set, and how often it is right elsewhere", () => {
    expect(dataFacts(letters, softmaxCrossEntropy)).toEqual({
      ...{ task: "classification", counts: [5, 0, 4] },
      majority: { class: "b", validation: null, test: 0.5 },
    });
  });

  it("say where another class is as frequent", () => {
    const tied = { ...letters, train: { ...letters.train, targets: Float32Array.of(1, 0, 0, 1, 2) } };
    expect(dataFacts(tied, softmaxCrossEntropy).majority).toMatchObject({ class: "b", isTied: true });
  });

  it("name a class by its number where it has no name", () => {
    expect(dataFacts({ ...letters, classes: [] }, softmaxCrossEntropy).majority?.class).toBe("1");
  });
});
