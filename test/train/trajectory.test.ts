import { describe, expect, it } from "vitest";
import { moons } from "../../src/data/index.ts";
import { batchNorm, dense, mlp, sequential, softmaxCrossEntropy } from "../../src/nn/index.ts";
import { adam, gradientDescent, loadState, saveState, withAveraging } from "../../src/optimizers/index.ts";
import { lbfgs } from "../../src/solvers/index.ts";
import {
  pointCount,
  type SolverTraining,
  type TrainEvent,
  type Training,
  type TrainRequest,
  type TrajectoryPoint,
} from "../../src/train/index.ts";
import { createTraining, crossValidate, lrRange, fit as trained } from "../../src/train/node/index.ts";

// 28 examples to train on: batches of 8, 8, 8 and 4.
const data = moons({ count: 40, seed: 3 });
const model = mlp([2, 4, 2]);
const plain = { model, data, optimizer: adam({ lr: 0.05 }), batchSize: 8, epochs: 3, backend: "reference" } as const;

type Run = Training | SolverTraining;

/** A run to its end: its events, the points that it gives, and both in their order. */
async function walked(options: object, hear: (event: TrainEvent) => void = () => {}) {
  const events: TrainEvent[] = [];
  const points: TrajectoryPoint[] = [];
  const order: string[] = [];
  const taking = "trajectory" in options && {
    onPoint: (point: TrajectoryPoint) => {
      points.push(point);
      order.push("point");
    },
  };
  const run: Run = await Reflect.apply(createTraining, undefined, [{ ...plain, ...options, ...taking }]);
  for await (const event of run) {
    hear(event);
    events.push(event);
    order.push(event.kind);
  }
  return { run, events, points, order, steps: points.map(({ step }) => step) };
}

const stepsWith = async (options: object): Promise<number[]> => (await walked(options)).steps;
const { batchSize: _, ...whole } = plain;

describe("the points of a trajectory", () => {
  it("are the start, every so many steps or epochs, and the end", async () => {
    expect(await stepsWith({})).toEqual([]);
    expect(await stepsWith({ trajectory: { every: 5 } })).toEqual([0, 5, 10, 12]);
    expect(await stepsWith({ trajectory: { every: 6 } })).toEqual([0, 6, 12]);
    expect(await stepsWith({ trajectory: { every: 1, unit: "epochs" } })).toEqual([0, 4, 8, 12]);
    expect(await stepsWith({ trajectory: { every: 2, unit: "epochs" } })).toEqual([0, 8, 12]);
    expect(await stepsWith({ trajectory: { every: 100 } })).toEqual([0, 12]);
    expect(await stepsWith({ trajectory: { every: 1, unit: "epochs" }, maxSteps: 6 })).toEqual([0, 4, 6]);
    expect(await stepsWith({ trajectory: { every: 3 }, maxSteps: 6 })).toEqual([0, 3, 6]);
  });

  it("is one point where no step is taken", async () => {
    expect(await stepsWith({ trajectory: { every: 1 }, epochs: 0 })).toEqual([0]);
  });

  it("are as many as is said beforehand", async () => {
    for (const trajectory of [{ every: 1 }, { every: 5 }, { every: 2, unit: "epochs" }, { every: 99 }] as const)
      for (const [epochs, maxSteps] of [
        [3, 12],
        [3, 6],
        [0, 0],
      ])
        expect(await stepsWith({ trajectory, epochs, maxSteps })).toHaveLength(
          pointCount(trajectory, { steps: maxSteps, stepsPerEpoch: 4 }),
        );
  });

  it("hold copies of the weights as they were, and change nothing", async () => {
    const seen = new Map<number, number[]>();
    const bare = await createTraining(plain);
    seen.set(0, [...bare.state.w]);
    for await (const event of bare) if (event.kind === "batch") seen.set(event.step, [...bare.state.w]);
    const { run, points } = await walked({ trajectory: { every: 5 } });
    for (const { step, w } of points) expect([...w]).toEqual(seen.get(step));
    expect([...run.state.w]).toEqual([...bare.state.w]);
    expect([...(points.at(-1)?.w ?? [])]).toEqual([...run.trained.w]);
  });

  it("come before the batch or the epoch that led there", async () => {
    const { order } = await walked({ epochs: 1, trajectory: { every: 2 } });
    expect(order).toEqual([...["point", "batch", "point", "batch", "batch", "batch", "point", "epoch", "end"]]);
  });

  it("have the validation loss where an epoch ends, and a solver's training loss", async () => {
    const { events, points } = await walked({ trajectory: { every: 2 } });
    const epochs = events.filter((event) => event.kind === "epoch");
    for (const point of points) {
      const epoch = epochs.find(({ steps }) => steps === point.step);
      expect([point.epoch, point.validation, point.train]).toEqual([epoch?.epoch, epoch?.validation, undefined]);
    }
    const solved = await walked({ optimizer: lbfgs(), batchSize: "full", trajectory: { every: 2 } });
    expect(solved.steps).toEqual([0, 2, 3]);
    const [, second] = solved.points;
    const after = solved.events.find((event) => event.kind === "epoch" && event.epoch === 2);
    expect(after).toMatchObject({ train: second.train, validation: second.validation });
    expect(second.train?.loss).toBeGreaterThan(0);
  });

  it("hold frozen parameters, too, and the model's state", async () => {
    const [frozen] = (await walked({ freeze: ["layer1"], trajectory: { every: 99 } })).points;
    const [all] = (await walked({ trajectory: { every: 99 } })).points;
    expect([...frozen.w]).toEqual([...all.w]);
    const normed = sequential([2], [dense(4), batchNorm(), dense(2)], { loss: softmaxCrossEntropy });
    const { run, points } = await walked({ model: normed, batchSize: 7, trajectory: { every: 99 } });
    const [first, last] = points;
    expect([...last.s]).toEqual([...run.state.s]);
    expect([...first.s]).not.toEqual([...last.s]);
  });

  it("are averages where the optimizer evaluates an average", async () => {
    const optimizer = withAveraging(adam)({ lr: 0.05, average_decay: 0.9 });
    const { run, points } = await walked({ optimizer, trajectory: { every: 99 } });
    expect([...(points.at(-1)?.w ?? [])]).toEqual([...run.trained.w]);
    expect([...run.trained.w]).not.toEqual([...run.state.w]);
  });
});

describe("the last point of a trajectory", () => {
  it("is where the way had led, though early stopping restores better weights", async () => {
    const options = { optimizer: gradientDescent({ lr: 8 }), patience: 2, epochs: 12 };
    const { run, events, points, steps } = await walked({ ...options, trajectory: { every: 1000 } });
    const end = events.at(-1);
    if (end?.kind !== "end") throw new Error("the run has no end");
    expect(end.kept?.steps).toBeLessThan(end.outcome.step);
    expect(steps).toEqual([0, end.outcome.step]);
    expect([...(points.at(-1)?.w ?? [])]).not.toEqual([...run.trained.w]);
  });

  it("is that of the last finite loss where the run diverges, unless the way is past it", async () => {
    const optimizer = gradientDescent({ lr: (t) => (t < 7 ? 0.05 : 1e30) });
    const { run, points, steps } = await walked({ optimizer, trajectory: { every: 4 } });
    expect(steps).toEqual([0, 4, 6]);
    expect([...(points.at(-1)?.w ?? [])]).toEqual([...run.trained.w]);
    // The seventh step was kept before its loss was known.
    expect(await stepsWith({ optimizer, trajectory: { every: 7 } })).toEqual([0, 7]);
  });

  it("is where an interruption ended it; the run that goes on keeps each later point once", async () => {
    const controller = new AbortController();
    const options = { trajectory: { every: 4 } };
    const { run, steps } = await walked({ ...options, signal: controller.signal }, (event) => {
      if (event.kind === "batch" && event.step === 6) controller.abort();
    });
    expect(steps).toEqual([0, 4, 6]);
    expect(await stepsWith({ ...options, from: loadState(saveState(run.save())) })).toEqual([8, 12]);
  });

  it("of an interrupted evaluation is not kept again", async () => {
    const controller = new AbortController();
    const options = { trajectory: { every: 1, unit: "epochs" } };
    const { run, steps } = await walked({ ...options, signal: controller.signal }, (event) => {
      if (event.kind === "batch" && event.step === 8) controller.abort();
    });
    expect([...steps, ...(await stepsWith({ ...options, from: run.save() }))]).toEqual([0, 4, 8, 12]);
  });

  it("is followed by the start of a run that goes on without having kept any", async () => {
    const { run } = await walked({ epochs: 1 });
    expect(await stepsWith({ trajectory: { every: 5 }, from: run.save() })).toEqual([4, 5, 10, 12]);
  });
});

describe("a solver's trajectory that is broken off at every event", () => {
  it("has each point once", async () => {
    const steps: number[] = [];
    const trajectory = { every: 2 };
    const onPoint = ({ step }: TrajectoryPoint) => steps.push(step);
    const options: TrainRequest = { ...whole, optimizer: lbfgs(), epochs: 6, trajectory, onPoint };
    let from: ReturnType<Training["save"]> | undefined;
    for (let ended = false; !ended; ) {
      const run: Run = await createTraining({ ...options, ...(from && { from }) });
      for await (const event of run) {
        ended = event.kind === "end";
        from = run.save();
        // A step whose two events were not both reported is taken again.
        if (event.kind === "epoch") break;
      }
    }
    expect(steps).toEqual([0, 2, 4, 6]);
  });
});

describe("the option trajectory", () => {
  it.each([
    [{ every: 0 }, "trajectory: every is 0; it must be a whole number, 1 or more"],
    [{ every: 1.5 }, "trajectory: every is 1.5"],
    [{ every: 5, unit: "epoch" }, 'trajectory: unit "epoch" is not known; did you mean epochs'],
    [{ evry: 5 }, 'trajectory: option "evry" is not known; did you mean every'],
    [50, "trajectory"],
  ])("refuses %o", async (trajectory, words) => {
    const options: object = { ...plain, trajectory, onPoint: () => {} };
    await expect(Reflect.apply(createTraining, undefined, [options])).rejects.toThrow(words);
  });

  it("is refused without onPoint, and onPoint without it", async () => {
    const create = (options: object) => Reflect.apply(createTraining, undefined, [{ ...plain, ...options }]);
    await expect(create({ trajectory: { every: 5 } })).rejects.toThrow(
      "trajectory: nobody takes the points; give onPoint",
    );
    await expect(create({ onPoint: () => {} })).rejects.toThrow(
      "onPoint: there are no points to take; give trajectory",
    );
    await expect(create({ trajectory: { every: 5 }, onPoint: 3 })).rejects.toThrow("onPoint is 3; give a function");
  });

  it("is not one of a fold or of a range test, which keep no run", async () => {
    const { epochs: __, ...range } = plain;
    for (const [keeper, options] of [
      [crossValidate, plain],
      [lrRange, range],
    ] as const) {
      const given: object = { ...options, trajectory: { every: 5 } };
      await expect(Reflect.apply(keeper, undefined, [given])).rejects.toThrow('option "trajectory" is not known');
    }
  });

  it("is one of fit, too", async () => {
    const steps: number[] = [];
    const net = await trained({ ...plain, trajectory: { every: 6 }, onPoint: ({ step }) => steps.push(step) });
    await net.dispose();
    expect(steps).toEqual([0, 6, 12]);
  });
});
