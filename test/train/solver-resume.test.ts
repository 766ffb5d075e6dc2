import { describe, expect, it } from "vitest";
import { moons } from "../../src/data/index.ts";
import type { Device } from "../../src/device/device.ts";
import { referenceDevice } from "../../src/device/reference/interpreter.ts";
import { mlp, softmaxRegression } from "../../src/nn/index.ts";
import { Engine } from "../../src/objective/index.ts";
import { adam, loadState, saveState } from "../../src/optimizers/index.ts";
import { bfgs, lbfgs, newtonCG, solvers } from "../../src/solvers/index.ts";
import { type SavedTraining, SolverTraining, type SolverTrainOptions } from "../../src/train/index.ts";
import { createTraining } from "../../src/train/node/train.ts";
import { bitsOf, type Told, timeless } from "./told.ts";

const data = moons({ count: 40, seed: 3 });
const model = mlp([2, 4, 2]);

type Options = Partial<SolverTrainOptions> & { readonly backend?: "onnx" | "reference" };
const create = (options: Options): Promise<SolverTraining> =>
  createTraining({ model, data, optimizer: lbfgs(), epochs: 6, backend: "reference", ...options });

const copied = (saved: SavedTraining): SavedTraining => loadState(saveState(saved));

/** What a training tells until, after an event of this kind, it is left. */
async function until(training: SolverTraining, kind: "batch" | "epoch" | "end"): Promise<Told[]> {
  const told: Told[] = [];
  for await (const event of training) {
    told.push({ event: timeless(event), w: bitsOf(training.state.w) });
    if (event.kind === kind) break;
  }
  return told;
}

const throughout = async (options: Options): Promise<Told[]> => until(await create(options), "end");

const isAtEnd = (told: readonly Told[]): boolean => told.some(({ event }) => "outcome" in event);

/** The same run by many trainings: each goes on from the bytes that the one before left, for one step. */
async function inRelay(options: Options): Promise<Told[]> {
  const told: Told[] = [];
  let from: SavedTraining | undefined;
  while (told.length < 200) {
    const training = await create({ ...options, from });
    told.push(...(await until(training, "epoch")));
    if (isAtEnd(told)) return told;
    from = copied(training.save());
  }
  throw new Error("the run does not end");
}

const cases: Readonly<Record<string, Options>> = {
  "early stopping with the best weights": { optimizer: bfgs(), patience: 2, epochs: 60 },
  "a target": { target: { accuracy: 0.85 }, epochs: 20 },
  "a target that ends the run": { target: { accuracy: 0.85 }, stopAtTarget: true, epochs: 20 },
  "L2 in float32": { l2: 0.01, dtype: "f32" },
  "ONNX Runtime": { backend: "onnx" },
  "a frozen layer": { freeze: ["layer1"], l2: 0.01 },
};

describe("a search on a net that stops at every step, is saved and goes on", () => {
  it.each(solvers.map((make) => [make.spec.name, make] as const))("is the same by %s", async (_, make) => {
    const options = { optimizer: make() };
    expect(await inRelay(options)).toEqual(await throughout(options));
  });

  it.each(Object.keys(cases))("is the same with %s", async (name) => {
    const whole = await throughout(cases[name]);
    expect(whole.length).toBeGreaterThan(3);
    expect(await inRelay(cases[name])).toEqual(whole);
  });
});

describe("a search that was cut short", () => {
  it.each(solvers.map((make) => [make.spec.name, make] as const))("ends again as it ended: %s", async (_, make) => {
    const options = { model: softmaxRegression(2, 2), l2: 0.01, optimizer: make(), epochs: 40 };
    const first = await create(options);
    const whole = await until(first, "end");
    expect(await throughout({ ...options, from: copied(first.save()) })).toEqual(whole.slice(-1));
  });

  it("goes on from its end as if it had not been: after a limit, and after early stopping", async () => {
    for (const [short, long] of [
      [{ maxSteps: 3 }, {}],
      [
        { patience: 1, epochs: 60 },
        { patience: 6, epochs: 60 },
      ],
    ]) {
      const first = await create({ optimizer: bfgs(), ...short });
      const told = await until(first, "end");
      const whole = await throughout({ optimizer: bfgs(), ...long });
      expect(whole.length).toBeGreaterThan(told.length);
      const rest = await throughout({ optimizer: bfgs(), ...long, from: first.save() });
      expect(rest).toEqual(whole.slice(told.length - 1));
    }
  });

  it("takes the step again that it was left in, between its events or in the middle", async () => {
    const options = { optimizer: newtonCG() };
    const whole = await throughout(options);
    const first = await create(options);
    const steps = first[Symbol.asyncIterator]();
    for (const _ of [1, 2, 3]) await steps.next();
    const rest = await throughout({ ...options, from: first.save() });
    expect(rest).toEqual(whole.slice(2));
    await steps.return();
    for (let run = 1; run < 30; run += 4) {
      const { told, saved } = await interrupted(run);
      expect(told.at(-1)?.event).toMatchObject({ outcome: { kind: "interrupted" } });
      expect(await throughout({ ...options, from: copied(saved) })).toEqual(whole.slice(told.length - 1));
    }
  });

  it("begins anew where it had not begun", async () => {
    const first = await create({ seed: 5 });
    expect(await throughout({ seed: 5, from: copied(first.save()) })).toEqual(await throughout({ seed: 5 }));
  });

  it("takes the step again whose validation was cut off", async () => {
    const validation = moons({ count: 1000, seed: 4 }).train;
    const controller = new AbortController();
    const options = { model, data: { ...data, validation }, optimizer: lbfgs(), epochs: 4 };
    const device = watched(async () => {
      // One of these is longer than what an interruption leaves to measure.
      if (controller.signal.aborted) await new Promise((resolve) => setTimeout(resolve, 1100));
    });
    const first = new SolverTraining({ ...options, signal: controller.signal }, new Engine(device));
    const told: object[] = [];
    for await (const event of first) {
      told.push(event);
      if (event.kind === "batch" && event.step === 2) controller.abort();
    }
    expect(told[3]).toMatchObject({ epoch: 2, validation: { cutOff: true } });
    const whole = await throughout(options);
    expect(await throughout({ ...options, from: copied(first.save()) })).toEqual(whole.slice(2));
  });
});

/** The interpreter; each run of a program is told of before. */
const watched = (before: () => Promise<void>): Device => ({
  ...referenceDevice,
  prepare: async (outputs, views) => {
    const runnable = await referenceDevice.prepare(outputs, views);
    const run = async (): Promise<void> => {
      await before();
      await runnable.run();
    };
    return { ...runnable, run };
  },
});

/** A search by Newton-CG that is interrupted while a program runs, the so-and-so-many-th. */
async function interrupted(last: number) {
  const controller = new AbortController();
  let runs = 0;
  const device = watched(async () => {
    if (++runs === last) controller.abort();
  });
  const options = { model, data, optimizer: newtonCG(), epochs: 6, signal: controller.signal };
  const training = new SolverTraining(options, new Engine(device));
  return { told: await until(training, "end"), saved: training.save() };
}

describe("what is saved", () => {
  it("is a copy, which going on does not change", async () => {
    const first = await create({});
    await until(first, "epoch");
    const [saved, again] = [first.save(), copied(first.save())];
    await throughout({ from: saved });
    expect(saved).toEqual(again);
  });

  it.each<[string, Options]>([
    ["its seed was 1, but this run's is 2; give the same options", { seed: 2 }],
    ["w is a Float64Array of length 22; this run's is a Float32Array of length 22", { dtype: "f32" }],
    ['its model was "mlp:2-4-2", but this run\'s is "mlp:2-5-2"', { model: mlp([2, 5, 2]) }],
    ["its examples was 28, but this run's is 42", { data: moons({ count: 60, seed: 3 }) }],
    ['its optimizer was "lbfgs", but this run\'s is "bfgs"', { optimizer: bfgs() }],
    ["from, initial: both set the initial weights", { initial: new Array(22).fill(1) }],
  ])("is refused with other options: %s", async (words, options) => {
    const first = await create({});
    await until(first, "epoch");
    await expect(create({ from: first.save(), ...options })).rejects.toThrow(words);
  });

  it("is refused where it is not whole", async () => {
    const first = await create({});
    await until(first, "epoch");
    const { "search.0": _, ...torn } = first.save();
    const spoilt = { ...first.save(), "search.text": Float32Array.of(123) };
    for (const from of [torn, spoilt])
      await expect(create({ from })).rejects.toThrow(/^from: the saved run does not fit: its search cannot be read: /);
  });

  it("goes from solver to solver, and from update rule to update rule", async () => {
    const bySolver = await create({});
    await until(bySolver, "epoch");
    const rule = { model, data, optimizer: adam(), batchSize: "full", backend: "reference" } as const;
    const byRule = await createTraining(rule);
    await expect(create({ from: byRule.save() })).rejects.toThrow("it is a run by an update rule; lbfgs, a solver");
    await expect(createTraining({ ...rule, from: bySolver.save() })).rejects.toThrow(
      "it is a run by a solver; adam, an update rule",
    );
  });
});
