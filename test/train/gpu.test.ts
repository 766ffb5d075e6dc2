import { describe, expect, test } from "vitest";
import { type Dataset, moons } from "../../src/data/index.ts";
import { batchNorm, conv2d, dense, dropout, flatten, maxPool, mlp, sequential } from "../../src/nn/index.ts";
import { createTraining, loadDataset, type TrainEvent, type TrainOptions } from "../../src/node/index.ts";
import {
  adam,
  gradientDescent,
  lamb,
  nesterov,
  optimizerFromData,
  type ParameterGroup,
  rules,
  schedules,
  withAveraging,
} from "../../src/optimizers/index.ts";
import { deviceWithMemory } from "../device/own-memory.ts";
import { gpu } from "../device/webgpu/gpu.ts";

type Options = Omit<TrainOptions, "data"> & { readonly data: Dataset };
type DeviceName = "cpu" | "webgpu";

/** A run's events, and its state at the end. */
async function run(options: Options, device: DeviceName) {
  const training = await createTraining({ ...options, device });
  const events: TrainEvent[] = [];
  for await (const event of training) events.push(event);
  return { events, training };
}

/** All losses, accuracies, norms and ratios of a run. */
const numbersOf = (events: readonly TrainEvent[]): number[] =>
  events.flatMap((event) => {
    if (event.kind === "batch") return [event.loss, event.gradientNorm];
    if (event.kind === "end") return [event.test.loss];
    return [event.train.loss, event.validation.loss, event.gradientNorm, event.updateRatio];
  });

function expectAlike(given: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-4): void {
  expect(given.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++)
    expect(Math.abs(given[i] - expected[i]), `number ${i}`).toBeLessThan(
      tolerance * Math.max(1, Math.abs(expected[i])),
    );
}

async function expectSame(options: Options, tolerance = 1e-4): Promise<void> {
  const [there, here] = [await run(options, "webgpu"), await run(options, "cpu")];
  expectAlike(numbersOf(there.events), numbersOf(here.events), tolerance);
  expect(there.events.at(-1)).toMatchObject({ outcome: { kind: "completed" } });
  expectAlike(there.training.state.w, here.training.state.w, tolerance);
  expectAlike(there.training.state.s, here.training.state.s, tolerance);
}

const digits = await loadDataset("digits");
/** The digits as images of one channel. */
const images: Dataset = { ...digits, inputShape: [1, 8, 8] };
const points = moons({ count: 120, seed: 1 });
const small = { model: mlp([2, 6, 2]), data: points, batchSize: 20, epochs: 2, seed: 3 };

describe("training in a device's own memory", () => {
  const options: Options = { ...small, optimizer: adam({ lr: 0.01 }) };

  test("gives what training in the processor's gives", async () => {
    const { device, counts, alive } = deviceWithMemory();
    const training = await createTraining({ ...options, device });
    const events: TrainEvent[] = [];
    for await (const event of training) events.push(event);
    const here = await run(options, "cpu");
    expectAlike(numbersOf(events), numbersOf(here.events));
    expectAlike(training.state.w, here.training.state.w);
    expect(counts.uploads).toBeGreaterThan(0);
    expect(alive()).toBe(0);
  });

  test("copies nothing but batches while nobody looks, and frees what no step needs", async () => {
    const { device, counts } = deviceWithMemory();
    const training = await createTraining({ ...options, batchSize: 1, device });
    for await (const event of training)
      if (event.kind === "batch" && event.step === 70) {
        // w and two slots, and nothing of the 70 steps.
        expect(counts).toMatchObject({ uploads: 3, downloads: 0 });
        // Beside the new vectors the old ones, and w from before the last step.
        expect(counts.most).toBeLessThanOrEqual(7);
        break;
      }
  });

  test("says what to do where the device cannot be waited for", async () => {
    const { device } = deviceWithMemory({ canWait: false });
    const training = await createTraining({ ...options, device });
    for await (const event of training) {
      if (event.kind !== "batch" || event.step !== 2) continue;
      for (const look of [() => training.state.w, () => training.trained, () => training.save()])
        expect(look).toThrow("call await training.settle() first");
      await training.settle();
      expect(training.save()).toMatchObject({ t: 2 });
    }
    expect(training.trained.w).toHaveLength(32);
  });

  test("leaves the state readable if somebody breaks off", async () => {
    const { device, alive } = deviceWithMemory({ canWait: false });
    const training = await createTraining({ ...options, device });
    for await (const event of training) if (event.kind === "batch" && event.step === 3) break;
    expect(training.state.optimizer.t).toBe(3);
    expect(alive()).toBe(0);
  });
});

// SwiftShader takes seconds to compile the kernels of a net, and far longer on a busy machine.
describe.skipIf(gpu === undefined)("training on a GPU", { timeout: 300_000 }, () => {
  test("has the processor's losses: digits by Adam", async () => {
    await expectSame({ model: mlp([64, 32, 10]), data: digits, optimizer: adam(), batchSize: 64, epochs: 2, seed: 1 });
  });

  // Without biases before the normalisation: their gradients are rounding errors, which Adam makes as large as others.
  test("has them with convolutions, batch normalisation, overlapping maxima and dropout", async () => {
    const layers = [
      ...[
        conv2d(4, 3, { padding: "same", activation: "relu", bias: false }),
        batchNorm(),
        maxPool(3, { stride: 2, padding: 1 }),
      ],
      ...[conv2d(6, 3, { padding: 1, stride: 2, bias: false }), batchNorm(), flatten(), dropout(0.3), dense(10)],
    ];
    const model = sequential([1, 8, 8], layers);
    await expectSame({
      model,
      data: images,
      optimizer: adam({ lr: 0.003 }),
      batchSize: 60,
      dropLast: true,
      maxSteps: 30,
      seed: 2,
    });
  });

  test("repeats bit for bit, and so does a run that was saved in the middle of an epoch", async () => {
    const model = mlp([64, 24, 10], { dropout: 0.2 });
    const options: Options = {
      model,
      data: digits,
      optimizer: adam(),
      batchSize: 100,
      dropLast: true,
      maxSteps: 16,
      seed: 4,
    };
    const first = await run(options, "webgpu");
    expect(numbersOf((await run(options, "webgpu")).events)).toEqual(numbersOf(first.events));
    const stopped = await run({ ...options, maxSteps: 6 }, "webgpu");
    const resumed = await run({ ...options, from: stopped.training.save() }, "webgpu");
    expect(resumed.training.state.w).toEqual(first.training.state.w);
    expect(resumed.training.state.optimizer).toEqual(first.training.state.optimizer);
  });

  test("brings the state back whenever somebody looks, and goes on from what is there then", async () => {
    const options: Options = { ...small, optimizer: adam({ lr: 0.01 }) };
    const undisturbed = await run(options, "webgpu");
    const training = await createTraining({ ...options, device: "webgpu" });
    const here = await createTraining({ ...options, device: "cpu" });
    const others = here[Symbol.asyncIterator]();
    const saved: unknown[] = [];
    for await (const event of training) {
      await others.next();
      if (event.kind === "batch" && event.step % 4 === 0) {
        expectAlike(training.state.w, here.state.w);
        expect(training.state.optimizer.t).toBe(event.step);
        expectAlike(training.trained.w, here.state.w);
      }
      if (event.kind === "batch" && event.step === 5) saved.push(training.save());
      await training.settle();
    }
    expect(saved).toEqual([expect.objectContaining({ t: 5 })]);
    expect(training.state.w).toEqual(undisturbed.training.state.w);
    const changed = await createTraining({ ...options, device: "webgpu" });
    for await (const event of changed) if (event.kind === "batch" && event.step === 3) changed.state.w.fill(0.5);
    expect(Math.max(...changed.state.w)).toBeGreaterThan(0.4);
  });

  test.each(rules.map((rule) => [rule.spec.name, rule] as const))("takes the steps of %s", async (_, rule) => {
    await expectSame({ ...small, optimizer: rule(), epochs: 1 });
  });

  test.each([
    ["a schedule and groups", nesterov({ lr: schedules.cosine({ lr: 0.1, steps: 12 }) }).grouped(biasesSlower())],
    ["clipping and decay", optimizerFromData({ rule: "adam+decay+clip-norm", hyper: { lr: 0.02, clip_norm: 0.1 } })],
    ["accumulation", optimizerFromData({ rule: "momentum+accumulate", hyper: { lr: 0.1, accumulate: 3 } })],
    ["slow weights", optimizerFromData({ rule: "lamb+lookahead", hyper: { lr: 0.02 } })],
    ["an average, which is evaluated", withAveraging(lamb, 0.9)({ lr: 0.02 })],
  ])("has the processor's losses with %s", async (_, optimizer) => {
    await expectSame({ ...small, optimizer });
  });

  test("has them with weights of examples, an L2 term and frozen parameters", async () => {
    const weights = Float32Array.from({ length: points.train.count }, (_, i) => (i % 3) / 2 + 0.5);
    const data: Dataset = { ...points, train: { ...points.train, weights } };
    await expectSame({ ...small, data, optimizer: adam({ lr: 0.02 }), l2: 0.01, freeze: ["layer1_bias"] });
  });

  test("restores the best weights of early stopping", async () => {
    const options: Options = { ...small, epochs: 12, patience: 2, optimizer: gradientDescent({ lr: 40 }) };
    const [there, here] = [await run(options, "webgpu"), await run(options, "cpu")];
    expect(there.events.at(-1)).toMatchObject({ kept: Object(here.events.at(-1)).kept });
    expectAlike(there.training.state.w, here.training.state.w, 1e-3);
  });

  test.each([1e10, 1e20, 1e38])("ends as on the processor if it diverges: rate %s", async (lr) => {
    const options: Options = { ...small, optimizer: gradientDescent({ lr }) };
    const [there, here] = [await run(options, "webgpu"), await run(options, "cpu")];
    const [end, expected] = [there, here].map(({ events }) => Object(events.at(-1)).outcome);
    expect(end).toEqual(expected);
    expect(end.kind).toBe("diverged");
    expectAlike(there.training.state.w, here.training.state.w);
  });

  test("keeps its memory over a thousand steps", async () => {
    // Without disposing, an eighth of a megabyte would stay at each step.
    const options: Options = {
      ...{ model: mlp([64, 140, 10]), data: digits, batchSize: 20 },
      ...{ optimizer: adam(), epochs: 100, maxSteps: 1000, seed: 3 },
    };
    const training = await createTraining({ ...options, device: "webgpu" });
    const sizes: number[] = [];
    for await (const event of training)
      if (event.kind === "batch" && event.step % 200 === 0) sizes.push(process.memoryUsage().rss / 2 ** 20);
    expect(sizes).toHaveLength(5);
    expect(sizes[4] - sizes[0]).toBeLessThan(40);
  });
});

function biasesSlower(): ParameterGroup[] {
  return [{ parameters: "biases", factors: { lr: 0.1 } }];
}
