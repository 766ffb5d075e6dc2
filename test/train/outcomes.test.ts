import { describe, expect, it } from "vitest";
import { type Dataset, moons } from "../../src/data/index.ts";
import type { Device } from "../../src/device/device.ts";
import { referenceDevice } from "../../src/device/reference/interpreter.ts";
import { inOrder } from "../../src/expr/index.ts";
import { mlp } from "../../src/nn/index.ts";
import { Engine } from "../../src/objective/index.ts";
import { adam, gradientDescent, rule } from "../../src/optimizers/index.ts";
import { lbfgs } from "../../src/solvers/index.ts";
import type { EndEvent, TrainEvent } from "../../src/train/index.ts";
import { createTraining } from "../../src/train/node/train.ts";
import { earlyEnd, recordEpoch } from "../../src/train/run-state.ts";
import { SolverTraining } from "../../src/train/solver-training.ts";
import { Training } from "../../src/train/training.ts";

const data = moons({ count: 200, seed: 3 });
const model = mlp([2, 16, 2]);

/** All events of a run, and its end. */
async function walked(
  run: AsyncIterable<TrainEvent>,
  hear: (event: TrainEvent) => void = () => {},
): Promise<{ events: TrainEvent[]; end: EndEvent }> {
  const events: TrainEvent[] = [];
  for await (const event of run) {
    hear(event);
    events.push(event);
  }
  const end = events.at(-1);
  if (end?.kind !== "end") throw new Error("the run has no end");
  return { events, end };
}

const steps = (events: readonly TrainEvent[]): number => events.filter(({ kind }) => kind === "batch").length;

describe("weights that would leave the finite numbers", () => {
  const plain = { model, data, batchSize: 16, epochs: 5 };
  const inputs = Float32Array.from(data.test.inputs).fill(3.4e38, 2, 4);
  const spoilt: Dataset = { ...data, test: { ...data.test, inputs } };

  it.each([
    ["f32", gradientDescent({ lr: 1e308 })],
    ["f32", gradientDescent({ lr: 1e39 })],
    ["f32", gradientDescent({ lr: 1e30 })],
    ["f64", gradientDescent({ lr: 1e308 })],
    ["f64", gradientDescent({ lr: 1e200 })],
    ["f32", adam({ lr: 1e39 })],
  ] as const)("in %s with %o are not kept: the last ones with a finite loss are", async (dtype, optimizer) => {
    const training = await createTraining({ ...plain, dtype, optimizer });
    const first = training.state.w.slice();
    const { events, end } = await walked(training);
    expect(end.outcome.kind).toBe("diverged");
    expect(end.outcome.step).toBe(steps(events));
    expect(end.outcome.reason).toMatch(/at step \d+/);
    expect(training.state.w.every(Number.isFinite)).toBe(true);
    expect(end.test.loss).toBeLessThan(1e30);
    // The very first step is the one that is too long.
    expect(training.state.w).toEqual(first);
  });

  it("are noticed where it is the last step that makes them", async () => {
    const spoiling = rule({ name: "spoiling", hyper: { lr: 0.1 }, update: "w = w - (g - g)/(g - g)" });
    const training = await createTraining({ ...plain, optimizer: spoiling(), maxSteps: 1 });
    const { end } = await walked(training);
    expect(end.outcome).toMatchObject({ kind: "diverged", step: 0 });
    expect(Number.isFinite(end.test.loss)).toBe(true);
  });

  it("are noticed where they are finite after the last step, and their loss is not", async () => {
    const training = await createTraining({ ...plain, optimizer: gradientDescent({ lr: 1e30 }), maxSteps: 1 });
    const first = training.state.w.slice();
    const { end } = await walked(training);
    expect(end.outcome).toMatchObject({ kind: "diverged", step: 1 });
    expect(end.outcome.reason).toContain("after step 1; the weights are those from before step 1");
    expect(training.state.w).toEqual(first);
    expect(Number.isFinite(end.test.loss)).toBe(true);
  });

  it("are not suspected where it is a number of the test set that is too large", async () => {
    const [sound, other] = await Promise.all([
      createTraining({ ...plain, optimizer: adam({ lr: 0.05 }) }),
      createTraining({ ...plain, data: spoilt, optimizer: adam({ lr: 0.05 }) }),
    ]);
    const { end: expected } = await walked(sound);
    const { end } = await walked(other);
    expect(Number.isFinite(end.test.loss)).toBe(false);
    expect(end.outcome).toEqual(expected.outcome);
    expect(other.state.w).toEqual(sound.state.w);
  });

  it("are not blamed on such a number where training itself diverged", async () => {
    const optimizer = gradientDescent({ lr: 1e30 });
    const { end: expected } = await walked(await createTraining({ ...plain, optimizer }));
    const { end } = await walked(await createTraining({ ...plain, data: spoilt, optimizer }));
    expect(expected.outcome.reason).toBe("the loss is NaN at step 2; the weights are those from before step 1");
    expect(Number.isFinite(end.test.loss)).toBe(false);
    expect(end.outcome).toEqual(expected.outcome);
  });

  it("are those from before the last of several steps", async () => {
    // The third step is the one that explodes.
    const lr = (t: number): number => (t < 3 ? 0.1 : 1e30);
    const training = await createTraining({ ...plain, optimizer: gradientDescent({ lr }) });
    const twoSteps = await createTraining({ ...plain, optimizer: gradientDescent({ lr: 0.1 }), maxSteps: 2 });
    await walked(twoSteps);
    const { end } = await walked(training);
    expect(end.outcome.reason).toMatch(/at step 4; the weights are those from before step 3/);
    expect(training.state.w).toEqual(twoSteps.state.w);
  });

  it("leave the best ones where early stopping keeps them, and the reason and the epoch say so", async () => {
    const lr = (t: number): number => (t < 12 ? 0.05 : 1e30);
    const training = await createTraining({ ...plain, optimizer: gradientDescent({ lr }), patience: 9 });
    const { events, end } = await walked(training);
    expect(end.outcome.reason).toBe(
      "the loss is NaN at step 13; the weights are the best ones, which early stopping kept",
    );
    expect(training.state.w).toEqual(training.state.best.w);
    // The twelfth step was taken back: the epoch is that of the weights that were evaluated.
    expect(events.filter((event) => event.kind === "epoch").map(({ steps }) => steps)).toEqual([9, 11]);
  });

  it("where a state overflows, though the weights do not", async () => {
    const growing = rule({
      name: "growing",
      hyper: { lr: 0.1 },
      slots: ["s"],
      update: `
        s = (s + 1) * 1e30
        w = w - lr*g
      `,
    });
    const training = await createTraining({ ...plain, optimizer: growing() });
    const { end } = await walked(training);
    expect(end.outcome).toMatchObject({ kind: "diverged", step: 1 });
    expect(end.outcome.reason).toContain("at step 2");
  });
});

describe("patience", () => {
  const after = (losses: readonly number[], patience: number): number => {
    const none = new Float64Array(0);
    const state = {
      w: new Float64Array(1),
      s: none,
      step: 0,
      seconds: 0,
      best: { loss: Number.POSITIVE_INFINITY, waited: 0 },
    };
    const ends = (loss: number): boolean => {
      recordEpoch(state, { epoch: 1, steps: 1, validation: { loss }, weights: state.w }, { patience });
      return earlyEnd(state, { patience }) !== undefined;
    };
    return losses.findIndex(ends) + 1;
  };

  it.each([
    [[3, 2, 4, 4, 4, 4, 4], 3, 5],
    [[3, 2, 4, 4, 1, 4, 4, 4, 4], 3, 8],
    [[3, 2, 4, 4], 1, 3],
    [[3, 2, 4, 4], 0, 3],
    [[4, 3, 2, 1], 0, 0],
    [[1, 2, 2], 3, 0],
  ])("over losses %j of %i ends after epoch %i, as Keras does (0: not at all)", (losses, patience, epoch) => {
    expect(after(losses, patience)).toBe(epoch);
  });

  it("of 0 epochs has the effect of 1", async () => {
    const options = { model, data, optimizer: adam({ lr: 0.5 }), epochs: 200 };
    const [none, one] = [
      await createTraining({ ...options, patience: 0 }),
      await createTraining({ ...options, patience: 1 }),
    ];
    const [{ end }, { end: expected }] = [await walked(none), await walked(one)];
    expect(expected.outcome.step).toBeLessThan(100);
    expect(end.outcome).toMatchObject({ kind: "stopped-early", step: expected.outcome.step });
    expect(none.state.w).toEqual(one.state.w);
  });

  it("is counted alike in a run and in its words", async () => {
    const training = await createTraining({ model, data, optimizer: adam({ lr: 0.5 }), epochs: 200, patience: 3 });
    const { events, end } = await walked(training);
    const losses = events.flatMap((event) => (event.kind === "epoch" ? [event.validation.loss] : []));
    expect(end.outcome.reason).toBe("the validation loss has not improved for 3 epochs");
    expect(losses.length).toBe(losses.indexOf(Math.min(...losses)) + 1 + 3);
  });
});

describe("compiling", () => {
  it("waits for an epoch's smaller last batch until that comes, and its time is no training's", async () => {
    const log: string[] = [];
    const backend: Device = {
      ...referenceDevice,
      prepare: async (outputs, views) => {
        const rows = inOrder(Object.values(outputs)).find(
          (node) => node.kind === "input" && node.name === "batch_inputs",
        );
        log.push(`${"gradients" in outputs ? "training" : "evaluation"} ${rows?.shape[0]}`);
        if (rows?.shape[0] === 4) await new Promise((resolve) => setTimeout(resolve, 300));
        return referenceDevice.prepare(outputs, views);
      },
    };
    const data = moons({ count: 40, seed: 1 });
    const train = {
      ...data.train,
      count: 20,
      inputs: data.train.inputs.slice(0, 40),
      targets: data.train.targets.slice(0, 20),
    };
    const options = { model, data: { ...data, train }, optimizer: adam(), batchSize: 8, epochs: 2 };
    const training = new Training(options, new Engine(backend));
    for await (const event of training) log.push(event.kind === "batch" ? `step ${event.step}` : event.kind);
    expect(log.slice(0, 5)).toEqual(["training 8", "step 1", "step 2", "training 4", "step 3"]);
    expect(log.filter((line) => line.startsWith("training"))).toEqual(["training 8", "training 4"]);
    expect(training.state.seconds).toBeLessThan(0.3);
  });
});

describe("an interruption of a slow backend", () => {
  /** Each run of a program takes half a second of a clock that the test turns. */
  const many: Dataset = moons({ count: 20_000, seed: 1 });

  /** The interpreter, with a count of runs, and a signal that is given at one of them. */
  function counting(at: number) {
    const controller = new AbortController();
    const count = { runs: 0 };
    const backend: Device = {
      ...referenceDevice,
      prepare: async (outputs, views) => {
        const runnable = await referenceDevice.prepare(outputs, views);
        const run = async (): Promise<void> => {
          if (++count.runs === at) controller.abort();
          // Long enough for the grace to be over after one or two.
          if (controller.signal.aborted) await new Promise((resolve) => setTimeout(resolve, 600));
          await runnable.run();
        };
        return { ...runnable, run };
      },
    };
    return { backend, count, signal: controller.signal };
  }

  it("cuts the evaluations off, says so, and keeps what was done", async () => {
    const { backend, count, signal } = counting(3);
    const options = { model, data: many, optimizer: adam(), batchSize: 16, epochs: 2, signal };
    const { events, end } = await walked(new Training(options, new Engine(backend)));
    expect(end.outcome).toMatchObject({ kind: "interrupted", step: 3 });
    expect(end.test).toEqual({ loss: Number.NaN, cutOff: true });
    expect(events.find(({ kind }) => kind === "epoch")).toMatchObject({ validation: { cutOff: true } });
    // Validation and test set take six evaluations each.
    expect(count.runs).toBeLessThan(3 + 4);
  });

  it("ends a run that has taken all its steps while the test set is measured", async () => {
    const { backend, signal } = counting(8);
    const options = { model, data: many, optimizer: adam(), batchSize: 16, epochs: 2, maxSteps: 1, signal };
    const { end } = await walked(new Training(options, new Engine(backend)));
    expect(end.outcome).toMatchObject({ kind: "interrupted", step: 1 });
    expect(end.outcome.reason).toContain("test loss");
  });

  it("does the same with a solver", async () => {
    const { backend, signal } = counting(12);
    const options = { model, data: many, optimizer: lbfgs(), epochs: 2, signal };
    const { end } = await walked(new SolverTraining(options, new Engine(backend)));
    expect(end.outcome.kind).toBe("interrupted");
    expect(end.test.cutOff).toBe(true);
  });

  it("is heard within a step, which is not taken", async () => {
    const controller = new AbortController();
    const big = mlp([2, 800, 800, 2]);
    const options = { model: big, data: many, optimizer: adam(), batchSize: 64, epochs: 1, signal: controller.signal };
    const training = new Training(options, new Engine(referenceDevice));
    const first = training.state.w.slice();
    setTimeout(() => controller.abort(), 100);
    const { end } = await walked(training);
    expect(end.outcome).toMatchObject({ kind: "interrupted", step: 0 });
    expect(training.state.w).toEqual(first);
  });

  it("is heard while the interpreter computes without a break", async () => {
    const controller = new AbortController();
    const options = { model, data: many, optimizer: adam(), batchSize: 128, epochs: 1000, signal: controller.signal };
    setTimeout(() => controller.abort(), 100);
    const { end } = await walked(new Training(options, new Engine(referenceDevice)));
    expect(end.outcome.kind).toBe("interrupted");
  });
});
