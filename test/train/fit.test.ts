import { describe, expect, it } from "vitest";
import { type Dataset, type Examples, moons, type Source, sourceOf } from "../../src/data/index.ts";
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
import type { TrainEvent } from "../../src/train/index.ts";
import { createTraining } from "../../src/train/node/train.ts";
import { isSolver } from "../../src/train/options.ts";

const classes = moons({ count: 60, seed: 1 });
const numbers: Dataset = { ...classes, name: "heights", task: "regression", outputs: 1, classes: [] };

const begin = (model: Model, data: Dataset, optimizer = adam()) =>
  createTraining({ model, data, optimizer, backend: "reference" });
async function eventsOf(training: AsyncIterable<TrainEvent>): Promise<TrainEvent[]> {
  const events: TrainEvent[] = [];
  for await (const event of training) events.push(event);
  return events;
}

const net = (outputs: number, loss?: Loss) => mlp([2, 4, outputs], loss === undefined ? {} : { loss });

describe("a model that does not fit the data", () => {
  it("is refused where a softmax is trained on numbers", async () => {
    const words = "does not fit heights: softmax cross-entropy takes class labels, but the task is regression";
    await expect(begin(net(1), numbers)).rejects.toThrow(words);
    await expect(begin(net(1), numbers)).rejects.toThrow("use a loss such as meanSquaredError, with 1 output");
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
    await expect(begin(net(1, binaryCrossEntropy), three)).rejects.toThrow("use softmaxCrossEntropy, with 3 outputs");
  });

  it("is refused where a binary loss is trained on numbers beyond 0 to 1", async () => {
    const targets = numbers.train.targets.map((y) => 3 * y);
    const data = { ...numbers, train: { ...numbers.train, targets } };
    await expect(begin(net(1, binaryCrossEntropy), data)).rejects.toThrow(
      "takes targets from 0 to 1, but example 2 of the training set has 3",
    );
  });
});

describe("data whose labels are no classes of the model's", () => {
  const labelled = (labels: readonly number[], part: "train" | "validation" | "test" = "train"): Dataset => {
    const targets = Float32Array.from(classes[part].targets, (_, i) => labels[i % labels.length]);
    return { ...classes, name: "own", [part]: { ...classes[part], targets } };
  };

  it.each([
    [[1, 2], "training set", "train", 2, 2],
    [[0, -1], "validation set", "validation", -1, 2],
    [[0, 1, 0.5], "test set", "test", 0.5, 3],
    [[Number.NaN], "training set", "train", Number.NaN, 1],
  ] as const)("are refused at once in memory: %j in the %s", async (labels, words, part, one, at) => {
    const message = `softmax cross-entropy takes class labels from 0, with 2 outputs a whole number from 0 to 1, but example ${at} of the ${words} has ${one}`;
    await expect(begin(net(2), labelled(labels, part))).rejects.toThrow(message);
    const solver = { model: net(2), data: labelled(labels, part), optimizer: lbfgs(), backend: "reference" as const };
    await expect(createTraining(solver)).rejects.toThrow(message);
  });

  it("are refused when they come from a source", async () => {
    const late = (examples: Examples): Source => ({
      ...sourceOf(examples),
      gather: async (...batch) => sourceOf(examples).gather(...batch),
    });
    const own = labelled([0, 1, 99]);
    for (const train of [late(own.train), { ...sourceOf(own.train) }])
      for (const optimizer of [adam(), lbfgs()]) {
        const data = { ...own, train };
        const options = { model: net(2), data, backend: "reference" as const };
        const training = isSolver(optimizer)
          ? await createTraining({ ...options, optimizer })
          : await createTraining({ ...options, optimizer });
        await expect(eventsOf(training)).rejects.toThrow(
          /^mlp:2-4-2: the target of example \d+ is 99; for softmax cross-entropy it must be a whole number from 0 to 1$/,
        );
      }
  });

  it("may be any numbers for a loss of one's own", async () => {
    const value: Loss["value"] = (outputs, targets) => mean(pow(sub(mean(outputs, { axes: [1] }), targets), 2));
    await eventsOf(await begin(net(2, { name: "own", value }), labelled([1, 99])));
  });
});

describe("examples of another size than they say", () => {
  const resized = (part: "train" | "validation" | "test", changes: object): Dataset => ({
    ...{ ...numbers, name: "own" },
    [part]: { ...numbers[part], ...changes },
  });
  const { count } = numbers.train;

  it.each([
    [
      "train",
      { inputs: new Float64Array(count) },
      `the training set has ${count} input values; ${count} examples of 2 each need ${2 * count}`,
    ],
    ["train", { inputs: new Float64Array(2.5 * count) }, `the training set has ${2.5 * count} input values`],
    ["validation", { inputs: new Float32Array(3) }, "the validation set has 3 input values"],
    [
      "train",
      { targets: new Float64Array(1.5 * count) },
      `the training set has ${1.5 * count} target values; ${count} examples need equally many each`,
    ],
    ["test", { targets: new Float64Array(3) }, "the test set has 3 target values"],
    ["test", { count: 2.5 }, "the test set's count is 2.5; it must be a whole number, 0 or more"],
    ["train", { inputs: [1, 2] }, "the training set's inputs are [1,2]; give a Float32Array or Float64Array"],
  ] as const)("are refused: %s %#", async (part, changes, words) => {
    await expect(begin(net(1, meanSquaredError), resized(part, changes))).rejects.toThrow(`own: ${words}`);
  });

  it("are refused from sources", async () => {
    const source = sourceOf(numbers.train);
    const data = (part: "train" | "test", changes: object) => resized(part, { ...source, ...changes });
    const model = net(1, meanSquaredError);
    await expect(begin(model, data("train", { inputSize: 1 }))).rejects.toThrow(
      "own: the training set has 1 input values for each example; the model takes 2",
    );
    await expect(begin(model, data("test", { inputSize: 3 }))).rejects.toThrow(
      "the test set has 3 input values for each example",
    );
    await expect(begin(model, data("test", { targetSize: 2 }))).rejects.toThrow(
      "the test set has 2 target values for each example; the training set has 1",
    );
    await expect(begin(model, data("train", { targetSize: 0 }))).rejects.toThrow("targetSize is 0");
  });

  it("are refused where a class has several numbers", async () => {
    const two = (part: Examples) => ({ ...part, targets: new Float64Array(2 * part.count) });
    const { train, validation, test } = classes;
    const data = { ...classes, train: two(train), validation: two(validation), test: two(test) };
    await expect(begin(net(2), data)).rejects.toThrow("takes one class label for each example, but there are 2");
  });
});

describe("a model that fits", () => {
  const labels = (outputs: Parameters<Loss["value"]>[0], targets: Parameters<Loss["value"]>[1]) =>
    mean(pow(sub(outputs, oneHot(targets, 2)), 2));

  it.each([
    ["a softmax on its classes", net(2, softmaxCrossEntropy), classes],
    ["a binary loss on 2 classes", net(1, binaryCrossEntropy), classes],
    ["a binary loss on numbers from 0 to 1", net(1, binaryCrossEntropy), numbers],
    ["numbers", net(1, meanSquaredError), numbers],
    ["labels as numbers", net(1, meanSquaredError), classes],
    ["a loss of one's own", net(2, { name: "brier", value: labels }), classes],
    ["a loss spread from one of the house", net(2, { ...meanSquaredError, value: labels }), classes],
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
