import { describe, expect, it } from "vitest";
import { type Dataset, type Examples, moons, sourceOf } from "../../src/data/index.ts";
import { mean, mul, pow, sub } from "../../src/expr/index.ts";
import { type Loss, meanSquaredError, mlp, type StatedLoss } from "../../src/nn/index.ts";
import { adam, gradientDescent } from "../../src/optimizers/index.ts";
import { lbfgs } from "../../src/solvers/index.ts";
import type { TrainEvent, TrainOptions } from "../../src/train/index.ts";
import { createTraining } from "../../src/train/node/train.ts";

const untyped = (json: string) => JSON.parse(json);
const data = moons({ count: 80, seed: 2 });
const model = mlp([2, 4, 2]);

/** Weights that differ. */
const weighted = (examples: Examples): Examples => ({
  ...examples,
  weights: Float64Array.from({ length: examples.count }, (_, i) => i % 3),
});

type Options = Pick<TrainOptions, "data" | "batchSize">;
const run = async (options: Options, optimizer = adam()): Promise<TrainEvent[]> => {
  const training = await createTraining({ model, epochs: 2, optimizer, device: "reference", ...options });
  const events: TrainEvent[] = [];
  for await (const event of training) events.push(event);
  return events;
};
const lossesOf = (events: readonly TrainEvent[]) =>
  events.flatMap((event) => (event.kind === "epoch" ? [event.train.loss, event.validation.loss] : []));

describe("training on weighted examples", () => {
  it("reports the weighted mean loss of an epoch", async () => {
    const still = gradientDescent({ lr: 1e-30 });
    const full = await run({ data: { ...data, train: weighted(data.train) }, batchSize: "full" }, still);
    const inBatches = await run({ data: { ...data, train: weighted(data.train) }, batchSize: 7 }, still);
    expect(lossesOf(inBatches)[0]).toBeCloseTo(lossesOf(full)[0], 6);
    expect(Math.abs(lossesOf(await run({ data, batchSize: 7 }, still))[0] - lossesOf(full)[0])).toBeGreaterThan(1e-4);
  });

  it("weighs the validation and the test set where these have weights, and only there", async () => {
    const plain = await run({ data });
    const both = { ...data, validation: weighted(data.validation), test: weighted(data.test) };
    const events = await run({ data: both });
    const [a, b] = [lossesOf(plain), lossesOf(events)];
    expect(b[0]).toBe(a[0]);
    expect(b[1]).not.toBe(a[1]);
    const [c, d] = [plain.at(-1), events.at(-1)].map((event) => (event?.kind === "end" ? event.test : undefined));
    expect(d?.loss).not.toBe(c?.loss);
    expect(d?.accuracy).toBe(c?.accuracy);
  });

  it("takes a source with weights", async () => {
    const train = weighted(data.train);
    const fromSource = await run({ data: { ...data, train: sourceOf(train) } });
    expect(lossesOf(fromSource)).toEqual(lossesOf(await run({ data: { ...data, train } })));
  });
});

describe("weights that cannot be used", () => {
  const train = (weights: Float64Array) => ({ ...data, train: { ...data.train, weights } });
  const filled = (weight: number) => new Float64Array(data.train.count).fill(weight);
  it.each([
    [filled(1).subarray(1), "55 weights for 56 examples; give one for each"],
    [filled(1).fill(-0.5, 3, 4), "the weight of example 4 is -0.5; it must be a finite number, 0 or more"],
    [filled(1).fill(Number.NaN, 5), "the weight of example 6 is NaN"],
    [filled(Number.POSITIVE_INFINITY), "the weight of example 1 is Infinity"],
    [filled(0), "all weights are 0; at least one example must count"],
  ])("are refused at the door", async (weights, words) => {
    await expect(run({ data: train(weights) })).rejects.toThrow(RangeError);
    await expect(run({ data: train(weights) })).rejects.toThrow(words);
  });

  it("are refused if they are no vector", async () => {
    const list = { ...data, train: { ...data.train, weights: untyped('"many"') } };
    await expect(run({ data: list })).rejects.toThrow('weights are "many"; give a Float32Array');
  });
});

describe("a loss of one's own", () => {
  const own: Loss = { name: "own", value: (outputs, targets) => mean(pow(sub(outputs, targets), 2)) };
  const numbers: Dataset = { ...data, task: "regression", outputs: 1, train: weighted(data.train) };
  const begin = (loss: Loss, optimizer = adam()) =>
    createTraining({ model: mlp([2, 1], { loss }), data: numbers, optimizer, device: "reference" });

  it("that gives only a mean is refused with weights, and told what it lacks", async () => {
    await expect(begin(own)).rejects.toThrow(TypeError);
    await expect(begin(own)).rejects.toThrow("moons has weights: own gives only the mean of a batch");
    await expect(
      createTraining({ model: mlp([2, 1], { loss: own }), data: numbers, optimizer: lbfgs(), device: "reference" }),
    ).rejects.toThrow("add each: (outputs, targets) =>");
  });

  it("weighs by its own loss of each example", async () => {
    const each: Loss["each"] = (outputs, targets) => mean(pow(sub(outputs, targets), 2), { axes: 1 });
    await expect(begin({ ...own, each })).resolves.toBeDefined();
  });

  it("that was spread from another with a new value has lost its each", async () => {
    const spread: StatedLoss = {
      ...meanSquaredError,
      name: "spread",
      value: (o, t) => mul(2, meanSquaredError.value(o, t)),
    };
    await expect(begin(spread)).rejects.toThrow("spread gives only the mean of a batch");
  });

  it("whose each is no list of losses is refused", async () => {
    const training = await begin({ ...own, each: own.value });
    await expect(training[Symbol.asyncIterator]().next()).rejects.toThrow(
      "own: each gives shape [] for a batch of 56; it must give one loss for each example, [batch]",
    );
  });
});
