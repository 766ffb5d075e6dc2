import { describe, expect, it } from "vitest";
import { moons } from "../../src/data/index.ts";
import { loadDataset } from "../../src/data/node/index.ts";
import { dense, dropout, mlp, sequential, softmaxCrossEntropy } from "../../src/nn/index.ts";
import {
  adam,
  gradientDescent,
  loadState,
  momentum,
  nadam,
  type Optimizer,
  rules,
  saveState,
  schedules,
  withAccumulation,
  withAveraging,
  withNormClipping,
  withSlowWeights,
  withWeightDecay,
} from "../../src/optimizers/index.ts";
import type { Training, TrainOptions, TrajectoryPoint } from "../../src/train/index.ts";
import { createTraining } from "../../src/train/node/train.ts";
import { bitsOf, type Told, timeless } from "./told.ts";

// 28 examples to train on: batches of 8, 8, 8 and 4.
const data = moons({ count: 40, seed: 3 });
const model = mlp([2, 4, 2]);
const images = await loadDataset("digits", { limit: 28 });

type Options = Partial<TrainOptions> & { readonly backend?: "onnx" | "reference" };
const create = (options: Options): Promise<Training> =>
  createTraining({ model, data, optimizer: adam(), batchSize: 8, epochs: 3, backend: "reference", ...options });

/** Where a trajectory is kept, its points are told between the events. */
const taking = ({ trajectory }: Options, told: Told[]): Options =>
  trajectory === undefined
    ? {}
    : { onPoint: ({ w, ...point }: TrajectoryPoint) => told.push({ event: point, w: bitsOf(w) }) };

async function throughout(options: Options): Promise<Told[]> {
  const told: Told[] = [];
  const training = await create({ ...options, ...taking(options, told) });
  for await (const event of training) told.push({ event: timeless(event), w: bitsOf(training.state.w) });
  return told;
}

/**
 * The same run by many trainings: each goes on from the bytes that the one before left, for one event. Only one that has
 * left an epoch in the middle goes on to the end: from there on another would begin with what is left of the epoch.
 */
async function inRelay(options: Options): Promise<Told[]> {
  const told: Told[] = [];
  let saved: Uint8Array | undefined;
  while (told.length < 200) {
    const { initial, ...others } = options;
    const resumed = { ...others, ...(saved ? { from: loadState(saved) } : { initial }) };
    const training: Training = await create({ ...resumed, ...taking(options, told) });
    for await (const event of training) {
      told.push({ event: timeless(event), w: bitsOf(training.state.w) });
      if (event.kind === "end") return told;
      saved = saveState(training.save());
      if (event.kind === "batch" || training.state.batch === 0) break;
    }
  }
  throw new Error("the run does not end");
}

/** A schedule for each rule that has a rate, so that its place in it counts. */
const withSchedule = (make: (typeof rules)[number]): Optimizer =>
  "lr" in make.spec.hyper ? make({ lr: schedules.cosine({ lr: 0.05, steps: 12 }) }) : make();

const plateau = schedules.reduceOnPlateau({ lr: 0.5, patience: 0, factor: 0.5, cooldown: 1, threshold: 0.5 });
const dropping = sequential(
  [2],
  [dense(6, { activation: "relu" }), dropout(0.3), dense(4, { activation: "tanh" }), dropout(0.2), dense(2)],
  {
    loss: softmaxCrossEntropy,
  },
);

const cases: Readonly<Record<string, Options>> = {
  "a plateau schedule": { optimizer: gradientDescent({ lr: plateau }), epochs: 6 },
  "a plateau schedule behind a warm-up": {
    optimizer: momentum({ lr: schedules.warmup(plateau, { steps: 6 }) }),
    epochs: 4,
  },
  dropout: { model: dropping },
  "accumulation over the ends of epochs": { optimizer: withAccumulation(adam, 3)({ lr: 0.05 }), epochs: 4 },
  "an average of the weights": { optimizer: withAveraging(adam)({ lr: 0.05, average_decay: 0.9 }) },
  lookahead: { optimizer: withSlowWeights(adam, { every: 3 })({ lr: 0.05 }) },
  "weight decay, clipping and L2": { optimizer: withNormClipping(withWeightDecay(adam), 0.1)({ lr: 0.05 }), l2: 0.1 },
  "early stopping with the best weights": { optimizer: gradientDescent({ lr: 8 }), patience: 2, epochs: 12 },
  "early stopping with an average": {
    optimizer: withAveraging(gradientDescent)({ lr: 8, average_decay: 0.5 }),
    ...{ patience: 1, epochs: 12 },
  },
  "the best weights by accuracy": { optimizer: gradientDescent({ lr: 8 }), monitor: "accuracy", epochs: 8 },
  "a target": { optimizer: adam({ lr: 0.1 }), target: { loss: 0.5 }, epochs: 6 },
  "a target that ends the run": { optimizer: adam({ lr: 0.1 }), target: { loss: 0.5 }, stopAtTarget: true, epochs: 20 },
  "a limit in the middle of an epoch": { maxSteps: 6 },
  "samples with replacement": { sampler: "withReplacement", dropLast: true },
  "a divergence": { optimizer: gradientDescent({ lr: (t) => (t < 7 ? 0.05 : 1e30) }) },
  "augmented images": { data: images, model: mlp([64, 5, 10]), augment: { padCrop: 2, flip: true } },
  "a trajectory": { trajectory: { every: 3 } },
  "a trajectory of epochs": { trajectory: { every: 2, unit: "epochs" }, epochs: 5 },
  "a trajectory of every step that early stopping ends": {
    ...{ optimizer: gradientDescent({ lr: 8 }), patience: 2, epochs: 12, trajectory: { every: 1 } },
  },
  "a trajectory of frozen parameters that diverges": {
    ...{
      optimizer: gradientDescent({ lr: (t) => (t < 7 ? 0.05 : 1e30) }),
      freeze: ["layer1"],
      trajectory: { every: 2 },
    },
  },
  "ONNX Runtime": { model: dropping, backend: "onnx", epochs: 2 },
  "frozen parameters": {
    optimizer: withWeightDecay(adam)({ lr: 0.05 }),
    freeze: ["layer1", "layer2_bias"],
    patience: 2,
  },
  "frozen parameters that were given": {
    ...{ initial: Float64Array.from({ length: 22 }, (_, i) => Math.sin(i)), freeze: ["layer2"] },
  },
  "groups of parameters": {
    optimizer: withWeightDecay(nadam)({ lr: schedules.cosine({ lr: 0.05, steps: 12 }) }).grouped([
      { parameters: "biases", factors: { weight_decay: 0 } },
      { parameters: "layer1", factors: { lr: 0.1 } },
    ]),
  },
};

describe("a run that stops at every step, is saved and goes on", () => {
  describe.each(["f32", "f64"] as const)("in %s", (dtype) => {
    it.each(rules.map((make) => [make.spec.name, make] as const))("is the same by %s", async (_, make) => {
      const options = { optimizer: withSchedule(make), dtype, epochs: 2 };
      expect(await inRelay(options)).toEqual(await throughout(options));
    });

    it.each(Object.keys(cases))("is the same with %s", async (name) => {
      const options = { dtype, ...cases[name] };
      const whole = await throughout(options);
      expect(whole.length).toBeGreaterThan(3);
      expect(await inRelay(options)).toEqual(whole);
    });
  });
});

describe("a run that was cut short", () => {
  it("goes on from its end as if it had not been: after a limit, and after early stopping", async () => {
    for (const [short, long] of [
      [{ maxSteps: 6 }, {}],
      [{ epochs: 1 }, {}],
      [
        { patience: 1, epochs: 12 },
        { patience: 20, epochs: 12 },
      ],
    ]) {
      const options = { optimizer: gradientDescent({ lr: 8 }) };
      const first = await create({ ...options, ...short });
      for await (const _ of first);
      const second = await create({ ...options, ...long, from: first.save() });
      const whole = await create({ ...options, ...long });
      for await (const _ of whole);
      for await (const _ of second);
      expect(bitsOf(second.state.w)).toEqual(bitsOf(whole.state.w));
      expect(second.state.step).toBe(whole.state.step);
    }
  });

  it("goes on after an interruption in the middle of an epoch, which no schedule has seen", async () => {
    const optimizer = gradientDescent({ lr: plateau });
    const controller = new AbortController();
    const first = await create({ optimizer, signal: controller.signal });
    for await (const event of first) if (event.kind === "batch" && event.step === 6) controller.abort();
    expect(first.state.step).toBe(6);
    const second = await create({ optimizer, from: first.save() });
    for await (const _ of second);
    const whole = await create({ optimizer });
    for await (const _ of whole);
    expect(bitsOf(second.state.w)).toEqual(bitsOf(whole.state.w));
    expect(second.state.optimizer).toEqual(whole.state.optimizer);
  });
});

describe("what is saved", () => {
  it.each([
    ["epoch", -1],
    ["epoch", 0.5],
    ["batch", Number.NaN],
    ["batch", 1e9],
    ["t", Number.NaN],
    ["best.waited", -1],
    ["optimizer.t", 0.5],
  ])("is refused where a count is none: %s %f", async (name, value) => {
    const saved = (await create({})).save();
    await expect(create({ from: { ...saved, [name]: value } })).rejects.toThrow(
      `from: the saved run does not fit: ${name} is ${value}; it must be a whole number, 0 or more`,
    );
  });

  it("keeps the bits of −0, NaN and infinities, and is a copy", async () => {
    const training = await create({});
    const events = training[Symbol.asyncIterator]();
    await events.next();
    const { m } = training.state.optimizer;
    if (typeof m === "number") throw new Error("m is a number");
    m.set([-0, Number.NaN, Number.NEGATIVE_INFINITY, 1e-45]);
    training.state.best = { ...training.state.best, loss: -0 };
    const saved = training.save();
    const wanted = bitsOf(m);
    m.fill(1);
    const { state } = await create({ from: loadState(saveState(saved)) });
    expect(bitsOf(state.optimizer.m instanceof Float32Array ? state.optimizer.m : m)).toEqual(wanted);
    expect(Object.is(state.best.loss, -0)).toBe(true);
    expect(Number.isNaN(state.updateRatio)).toBe(true);
    await events.return();
  });

  const { w: _w, ...headless } = { w: 0, t: 0 };
  it.each([
    [{ seed: 2 }, "its seed was 1, but this run's is 2; give the same options"],
    [{ batchSize: 4 }, "its batchSize was 8, but this run's is 4"],
    [{ dtype: "f64" }, "w is a Float32Array of length 22; this run's is a Float64Array of length 22"],
    [{ model: mlp([2, 5, 2]) }, 'its model was "mlp:2-4-2", but this run\'s is "mlp:2-5-2"'],
    [{ model: mlp([2, 4, 2], { activation: "tanh" }) }, "its model, mlp:2-4-2, had other layers"],
    [{ optimizer: momentum() }, 'its optimizer was "adam", but this run\'s is "momentum"'],
    [{ optimizer: nadam() }, 'its optimizer was "adam", but this run\'s is "nadam"'],
    [{ sampler: "sequential" }, 'its order was "shuffled", but this run\'s is "sequential"'],
    [{ dropLast: true }, 'this run\'s is "shuffled, without a smaller last batch"'],
    [{ data: moons({ count: 40, seed: 4 }) }, "its training examples had other values; give the same data, prepared"],
    [{ initial: new Array(22).fill(1) }, "from, initial: both set the initial weights"],
    [{ from: headless }, "seed is undefined; a number is needed"],
  ] as const)("is refused with other options: %o", async (options, words) => {
    const from = (await create({})).save();
    await expect(create({ from, ...options })).rejects.toThrow(words);
  });

  it("goes with its data: values that differ in the last digit are the same, and one other label is not", async () => {
    const saved = (await create({})).save();
    const changed = (change: (set: typeof data.train) => object) => ({
      ...data,
      train: { ...data.train, ...change(data.train) },
    });
    const rounded = changed(({ inputs }) => ({ inputs: inputs.map((x) => x * (1 + 1e-15)) }));
    await create({ data: rounded, from: saved });
    const relabelled = changed(({ targets }) => ({ targets: targets.map((y, i) => (i === 20 ? 1 - y : y)) }));
    await expect(create({ data: relabelled, from: saved })).rejects.toThrow("its training examples had other values");
    const swapped = changed(({ inputs }) => ({ inputs: inputs.map((_, i) => inputs[i ^ 1]) }));
    await expect(create({ data: swapped, from: saved })).rejects.toThrow("its training examples had other values");
  });

  it("is taken from versions that did not keep a sketch of the data", async () => {
    const { "data.magnitude": _, "data.signed": __, ...older } = (await create({})).save();
    expect("words" in older).toBe(true);
    await create({ data: moons({ count: 40, seed: 4 }), from: older });
  });
});
