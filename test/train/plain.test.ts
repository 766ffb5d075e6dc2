import { describe, expect, test } from "vitest";
import { compare } from "../../src/compare/node/index.ts";
import { blobs } from "../../src/data/index.ts";
import { nodeDevice } from "../../src/device/node/device.ts";
import { mlp } from "../../src/nn/index.ts";
import { Engine } from "../../src/objective/index.ts";
import { adam, optimizerFromData, scheduleFrom, withNormClipping, writeRule } from "../../src/optimizers/index.ts";
import { lbfgs } from "../../src/solvers/index.ts";
import { surfaces } from "../../src/surfaces/index.ts";
import { defaults, minimize, Recorder, type RunRecord, type TrainEvent, trainingOn } from "../../src/train/index.ts";
import { createTraining } from "../../src/train/node/index.ts";
import { hyperOf, lengthOf, nameOf, optionsFrom, type RunData, runHead } from "../../src/train/plain/index.ts";

const data = blobs({ count: 120, seed: 3 });
const model = mlp([2, 4, 3]);

async function losses(events: AsyncIterable<TrainEvent>): Promise<number[]> {
  const all: number[] = [];
  for await (const event of events) if (event.kind === "batch") all.push(event.loss);
  return all;
}

describe("an optimizer as plain data", () => {
  test("trains as the same optimizer made by hand, with its schedule over the run's steps", async () => {
    const common = { model, data, epochs: 3, batchSize: 16, seed: 2 };
    const hyper = { lr: 0.05, clip_norm: 0.5 };
    const plain = { rule: "adam+clip-norm", hyper, schedule: "cosine:warmup=10%" };
    const steps = 3 * Math.ceil(data.train.count / 16);
    expect(lengthOf({ ...common, optimizer: plain }, data.train.count)).toEqual({
      steps,
      stepsPerEpoch: steps / 3,
      batchSize: 16,
    });
    const lr = scheduleFrom("cosine:warmup=10%", { lr: 0.05, steps });
    const byHand = withNormClipping(adam)({ ...hyper, lr });
    const expected = await losses(await createTraining({ ...common, optimizer: byHand }));
    expect(expected).toHaveLength(steps);
    expect(await losses(await createTraining({ ...common, optimizer: plain }))).toEqual(expected);
  });

  test("may be a solver", async () => {
    const common = { model, data, epochs: 3 };
    const expected = await losses(await createTraining({ ...common, optimizer: lbfgs({ memory: 4 }) }));
    const plain = { solver: "l-bfgs", hyper: { memory: 4 } };
    expect(await losses(await createTraining({ ...common, optimizer: plain }))).toEqual(expected);
    expect(nameOf(plain)).toBe("lbfgs");
    expect(lengthOf({ ...common, optimizer: plain }, data.train.count)).toEqual({
      steps: 3,
      stepsPerEpoch: 1,
      batchSize: data.train.count,
    });
    const batches = { ...common, batchSize: 16, optimizer: plain };
    expect(() => optionsFrom(batches, { model, data })).toThrow(/lbfgs: batchSize is 16/);
  });

  test("has every hyper-parameter's value, those of wrappers among them", () => {
    expect(hyperOf({ rule: "sgd+decay", hyper: { weight_decay: 0.1 } })).toEqual({ lr: 0.01, weight_decay: 0.1 });
    expect(nameOf({ rule: "sgd+decay" })).toBe("gradient-descent+decay");
  });

  test.each<[object, RegExp]>([
    [{ rule: "adam", hypr: { lr: 1 } }, /optimizer: option "hypr" is not known; did you mean hyper/],
    [{ rule: "adam", solver: "lbfgs" }, /optimizer: option "rule" is not known/],
    [{ rule: "adam", hyper: { lr: () => 1 } }, /hyper: lr is .*; give a number, and a schedule as text/],
    [{ rule: 3 }, /optimizer: rule is 3; give a text/],
    [{ solver: "lbfgs", lr: 1 }, /optimizer: option "lr" is not known/],
    [{ solver: 3 }, /optimizer: solver is 3; give its name/],
  ])("is looked at where it comes in from outside: %o", async (optimizer, words) => {
    const request = Object.assign({ model, data, optimizer: adam() }, { optimizer });
    await expect(createTraining(request)).rejects.toThrow(words);
  });

  test("goes into its wrappers with a text of one's own, which may have their lines already", () => {
    const text = "hyper lr = 0.1\nw = w - lr*g";
    const hyper = { lr: 0.1, weight_decay: 0.01 };
    const wrapped = optimizerFromData({ rule: "mine+decay", text });
    expect([wrapped.name, wrapped.hyper]).toEqual(["mine+decay", hyper]);
    const written = optimizerFromData({ rule: "mine+decay", text: writeRule(wrapped.spec) });
    expect([written.name, written.hyper]).toEqual(["mine+decay", hyper]);
  });

  test("is not for minimize, which cannot wait for it", () => {
    const options = Object.assign({ optimizer: adam() }, { optimizer: { rule: "adam" } });
    expect(() => minimize(surfaces.beale, options)).toThrow(/optimizer is .*; give an update rule/);
  });

  test("a part of a run, whose length is not known yet, is not held against a number of steps", () => {
    const plain = { rule: "adam", schedule: "cosine:steps=50,warmup=10%" };
    expect(() => optimizerFromData(plain)).not.toThrow();
    expect(() => optimizerFromData(plain, 100)).not.toThrow();
    expect(() => optimizerFromData(plain, 500)).toThrow("warmup is 50; it must be from 0 to less than steps (50)");
  });

  test("is refused with the nearest name, or with what its rule lacks", () => {
    expect(() => optimizerFromData({ rule: "adam+clipnorm" })).toThrow(
      /wrapper "clipnorm" is not known; did you mean clip-norm/,
    );
    expect(() => optimizerFromData({ rule: "adam", hyper: { beta: 0.5 } })).toThrow(/beta1/);
    expect(() => optimizerFromData({ rule: "mine", text: "w = w - 0.1*g", schedule: "cosine" })).toThrow(
      "schedule: mine has no lr to apply it to",
    );
    expect(() => optimizerFromData({ rule: "lamb+decay" })).toThrow("lamb already has weight_decay");
  });
});

/** Everything but the clock, and what computed. */
const timeless = (record: RunRecord | undefined): unknown =>
  JSON.parse(JSON.stringify(record, (key, value) => (key === "seconds" ? undefined : value)));

test("a comparison's final run and the same run by itself are one to the bit, with nothing said but the optimizer", async () => {
  const contender = { rule: "adam", hyper: { lr: 0.01 } };
  const request = { data, model, optimizers: [contender], seeds: [1], trials: 0, fullBatch: false, workers: 0 };
  const { runs } = await compare(request);
  const run: RunData = { optimizer: contender };
  const device = await nodeDevice({ threads: 1 });
  const recorder = new Recorder(runHead({ data, model, device }, run, "adam lr=0.01"));
  const training = trainingOn(optionsFrom(run, { data, model }), new Engine(device));
  for await (const event of training) recorder.observe(event);
  expect(runs[0].epochs).toHaveLength(defaults.epochs);
  expect(timeless(recorder.record())).toEqual(timeless(runs[0]));
});
