import { describe, expect, it } from "vitest";
import { type Examples, moons, type Source, sourceOf } from "../../src/data/index.ts";
import { referenceDevice } from "../../src/device/reference/interpreter.ts";
import { mlp } from "../../src/nn/index.ts";
import { Engine } from "../../src/objective/index.ts";
import { adam } from "../../src/optimizers/index.ts";
import { lbfgs } from "../../src/solvers/index.ts";
import { SolverTraining, type TrainEvent, Training } from "../../src/train/index.ts";

const data = moons({ count: 90, seed: 3 });
const model = mlp([2, 4, 2], { dropout: 0.2 });
const plan = { model, batchSize: 16, epochs: 2, seed: 4 } as const;

/** As a file would give them: rows are not there at once. */
const late = (examples: Examples): Source => ({
  ...sourceOf(examples),
  gather: async (...batch) => {
    await new Promise((resolve) => setImmediate(resolve));
    await sourceOf(examples).gather(...batch);
  },
});
const lateData = { ...data, train: late(data.train), validation: late(data.validation), test: late(data.test) };

async function eventsOf(training: Training | SolverTraining): Promise<unknown[]> {
  const events: unknown[] = [];
  for await (const event of training) events.push(withoutTimes(event));
  return [...events, ...training.state.w];
}

const withoutTimes = (event: TrainEvent): unknown => ({ ...event, seconds: 0, stepsPerSecond: 0 });

describe("training on a source that takes its time", () => {
  it("gives the same bits", async () => {
    const [now, later] = [data, lateData].map((data) => ({ ...plan, data, optimizer: adam() }));
    expect(await eventsOf(new Training(later, new Engine(referenceDevice)))).toEqual(
      await eventsOf(new Training(now, new Engine(referenceDevice))),
    );
  });

  it("gives the same bits by a solver", async () => {
    const [now, later] = [data, lateData].map((data) => ({
      model: mlp([2, 4, 2]),
      data,
      optimizer: lbfgs(),
      epochs: 3,
    }));
    expect(await eventsOf(new SolverTraining(later, new Engine(referenceDevice)))).toEqual(
      await eventsOf(new SolverTraining(now, new Engine(referenceDevice))),
    );
  });
});

describe("runs on one engine", () => {
  it("are those on engines of their own, whatever was run before", async () => {
    const shared = new Engine(referenceDevice);
    const plans = [
      { ...plan, data, optimizer: adam() },
      { ...plan, data, optimizer: adam(), batchSize: "full", dtype: "f64", l2: 0.1 },
      { ...plan, data, optimizer: adam(), seed: 5 },
      { ...plan, data, optimizer: adam() },
    ] as const;
    for (const each of plans)
      expect(await eventsOf(new Training(each, shared.lend()))).toEqual(
        await eventsOf(new Training(each, new Engine(referenceDevice))),
      );
  });

  it("can be many: what one's loops take of the memory is given back", () => {
    const shared = new Engine(referenceDevice);
    const optimizer = adam();
    for (let k = 0; k < 500; k++) new Training({ ...plan, data, optimizer }, shared.lend());
  });
});
