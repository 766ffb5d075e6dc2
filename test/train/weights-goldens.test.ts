import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type ClassWeights, type Dataset, type Examples, withClassWeights } from "../../src/data/index.ts";
import { binaryCrossEntropy, dense, type Model, meanSquaredError, mlp, sequential } from "../../src/nn/index.ts";
import { gradientDescent } from "../../src/optimizers/index.ts";
import { newton } from "../../src/solvers/index.ts";
import { createTraining } from "../../src/train/node/train.ts";

interface Goldens {
  readonly sizes: [number, number];
  readonly inputs: number[];
  readonly labels: number[];
  readonly values: number[];
  readonly sampleWeight: number[];
  readonly start: number[];
  readonly lr: number;
  readonly balanced: number[];
  readonly balancedByWeight: number[];
  readonly keras: { batchSize: number; epochs: number; classWeight: number[]; sampleWeight: number[] };
  readonly torch: { losses: number[]; weights: number[] };
  readonly logistic: { l2: number; intercept: boolean; classWeights: "balanced" | null; weights: number[] }[];
  readonly linear: number[];
  readonly ridge: { alpha: number; weights: number[] };
}

/** Made by scripts/goldens/weights.py. */
const goldens: Goldens = JSON.parse(readFileSync(new URL("../goldens/train/weights.json", import.meta.url), "utf8"));
const [INPUTS, CLASSES] = goldens.sizes;
const own = Float64Array.from(goldens.sampleWeight);
const total = own.reduce((a, b) => a + b);

/** The golden examples with these targets in all three sets. */
function dataset(targets: readonly number[], classes: number, weights?: Float64Array): Dataset {
  const all: Examples = {
    ...{ count: targets.length, inputs: Float64Array.from(goldens.inputs), targets: Float64Array.from(targets) },
    ...(weights && { weights }),
  };
  return {
    ...{ name: "golden", task: classes === 0 ? "regression" : "classification", inputShape: [INPUTS] },
    ...{ outputs: Math.max(1, classes), classes: Array.from({ length: classes }, (_, i) => `${i}`) },
    ...{ train: all, validation: all, test: all, source: "golden", licence: "none" },
    standardization: { mean: [0], deviation: [1] },
  };
}

const close = (found: ArrayLike<number>, wanted: readonly number[], digits = 10): void => {
  expect(found.length).toBe(wanted.length);
  for (const [i, value] of wanted.entries()) expect(found[i]).toBeCloseTo(value, digits);
};

describe("balanced class weights", () => {
  const weightsOf = (weights?: Float64Array) =>
    withClassWeights(dataset(goldens.labels, CLASSES, weights), "balanced").classWeights ?? [];

  it("are scikit-learn's", () => close(weightsOf(), goldens.balanced, 12));
  it("count examples by their own weights, as scikit-learn does", () =>
    close(weightsOf(own), goldens.balancedByWeight, 12));
});

describe("steps of gradient descent with weights", () => {
  const descend = async (data: Dataset, batchSize: number | "full", epochs: number) => {
    const training = await createTraining({
      ...{ model: mlp([INPUTS, CLASSES]), data, optimizer: gradientDescent({ lr: goldens.lr }), batchSize, epochs },
      ...{ initial: goldens.start, sampler: "sequential", dtype: "f64", device: "reference" },
    });
    const losses: number[] = [];
    for await (const event of training) if (event.kind === "batch") losses.push(event.loss);
    return { losses, w: training.state.w };
  };
  // Keras holds weights in float32.
  const { batchSize, epochs, ...keras } = goldens.keras;

  it("of classes, in mini-batches, are Keras's", async () => {
    const data = withClassWeights(dataset(goldens.labels, CLASSES), "balanced");
    close((await descend(data, batchSize, epochs)).w, keras.classWeight, 7);
  });

  it("of examples, in mini-batches, are Keras's with weights of mean 1", async () => {
    close((await descend(dataset(goldens.labels, CLASSES, own), batchSize, epochs)).w, keras.sampleWeight, 7);
  });

  it("of classes, on the full batch, are PyTorch's", async () => {
    const named: ClassWeights = Object.fromEntries(goldens.balanced.map((weight, i) => [`${i}`, weight]));
    const data = withClassWeights(dataset(goldens.labels, CLASSES), named);
    const { losses, w } = await descend(data, "full", goldens.torch.losses.length);
    close(losses, goldens.torch.losses);
    close(w, goldens.torch.weights);
  });
});

describe("minima of weighted losses are scikit-learn's", () => {
  const minimum = async (model: Model, data: Dataset, l2: number) => {
    const training = await createTraining({ model, data, optimizer: newton(), l2, epochs: 100, device: "reference" });
    for await (const event of training) if (event.kind === "end") expect(event.outcome.kind).toBe("converged");
    return training.state.w;
  };
  const linear = (bias: boolean, loss: Model["loss"]) => sequential([INPUTS], [dense(1, { bias })], { loss });
  const binary = goldens.labels.map((label) => Math.min(label, 1));

  it.each(goldens.logistic)("LogisticRegression with class weights $classWeights, l2 $l2", async (golden) => {
    const data = withClassWeights(dataset(binary, 2, own), golden.classWeights ?? undefined);
    close(await minimum(linear(golden.intercept, binaryCrossEntropy), data, golden.l2), golden.weights, 7);
  });

  it("LinearRegression", async () => {
    const data = dataset(goldens.values, 0, own);
    close(await minimum(linear(true, meanSquaredError), data, 0), goldens.linear, 8);
  });

  it("Ridge", async () => {
    const { alpha, weights } = goldens.ridge;
    const data = dataset(goldens.values, 0, own);
    close(await minimum(linear(false, meanSquaredError), data, (2 * alpha) / total), weights, 8);
  });
});
