import { describe, expect, it } from "vitest";
import { type Dataset, moons } from "../../src/data/index.ts";
import { mean, mul, oneHot, pow, sub } from "../../src/expr/index.ts";
import {
  binaryCrossEntropy,
  functionModel,
  initializers,
  type Loss,
  type Model,
  meanSquaredError,
  mlp,
  softmaxCrossEntropy,
} from "../../src/nn/index.ts";
import { adam } from "../../src/optimizers/index.ts";
import { lbfgs } from "../../src/solvers/index.ts";
import { createTraining } from "../../src/train/node/train.ts";

const classes = moons({ count: 60, seed: 1 });
const numbers: Dataset = { ...classes, name: "heights", task: "regression", outputs: 1, classes: [] };

const begin = (model: Model, data: Dataset, optimizer = adam()) =>
  createTraining({ model, data, optimizer, backend: "reference" });
const net = (outputs: number, loss?: Loss) => mlp([2, 4, outputs], loss === undefined ? {} : { loss });

describe("a model that does not fit the data", () => {
  it("is refused where a softmax is trained on numbers", async () => {
    const words = "does not fit heights: softmax cross-entropy takes class labels, and the task is regression";
    await expect(begin(net(1), numbers)).rejects.toThrow(words);
    await expect(begin(net(1), numbers)).rejects.toThrow("take a loss such as meanSquaredError, with 1 output");
    const solver = { model: net(1), data: numbers, optimizer: lbfgs(), backend: "reference" as const };
    await expect(createTraining(solver)).rejects.toThrow(words);
  });

  it("is refused where there are not as many outputs as classes", async () => {
    await expect(begin(net(1), classes)).rejects.toThrow(
      "1 output for 2 classes; softmax cross-entropy needs 2 outputs, one for each class, or the loss binaryCrossEntropy with 1",
    );
    await expect(begin(net(5), classes)).rejects.toThrow("5 outputs for 2 classes");
  });

  it("is refused where outputs and targets are not as many", async () => {
    await expect(begin(net(2, meanSquaredError), classes)).rejects.toThrow(
      "2 outputs for 1 number in each target; mean squared error needs 1 output, or softmaxCrossEntropy with 2",
    );
    await expect(begin(net(2, binaryCrossEntropy), classes)).rejects.toThrow("binary cross-entropy needs 1 output");
    const three = { ...classes, outputs: 3 };
    await expect(begin(net(1, binaryCrossEntropy), three)).rejects.toThrow("take softmaxCrossEntropy, with 3 outputs");
  });

  it("is refused where a binary loss is trained on numbers beyond 0 to 1", async () => {
    const targets = numbers.train.targets.map((y) => 3 * y);
    const data = { ...numbers, train: { ...numbers.train, targets } };
    await expect(begin(net(1, binaryCrossEntropy), data)).rejects.toThrow("takes targets from 0 to 1, and one is 3");
  });
});

describe("a model that fits", () => {
  const labels = (outputs: Parameters<Loss["cost"]>[0], targets: Parameters<Loss["cost"]>[1]) =>
    mean(pow(sub(outputs, oneHot(targets, 2)), 2));

  it.each([
    ["a softmax on its classes", net(2, softmaxCrossEntropy), classes],
    ["a binary loss on 2 classes", net(1, binaryCrossEntropy), classes],
    ["a binary loss on numbers from 0 to 1", net(1, binaryCrossEntropy), numbers],
    ["numbers", net(1, meanSquaredError), numbers],
    ["labels as numbers", net(1, meanSquaredError), classes],
    ["a loss of one's own", net(2, { name: "brier", cost: labels }), classes],
    ["a loss spread from one of the house", net(2, { ...meanSquaredError, cost: labels }), classes],
  ])("is trained: %s", async (_, model, data) => {
    expect((await begin(model, data)).parameters).toBeGreaterThan(0);
  });

  it("is trained: a function of one's own, whose outputs have no axis of their own", async () => {
    const model = functionModel({
      inputShape: [2],
      parameters: [{ name: "a", shape: [], initialize: initializers.zeros }],
      loss: meanSquaredError,
      predict: ({ a }, x) => mul(a, mean(x, { axes: [1] })),
    });
    expect((await begin(model, numbers)).parameters).toBe(1);
  });
});
