import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { moons } from "../../src/data/index.ts";
import type { Device } from "../../src/device/device.ts";
import { referenceDevice } from "../../src/device/reference/interpreter.ts";
import { meanSquaredError, mlp, softmaxRegression } from "../../src/nn/index.ts";
import { Engine } from "../../src/objective/index.ts";
import { gradientDescent } from "../../src/optimizers/index.ts";
import { bfgs, findSolver, gaussNewton, kfac, lbfgs, newton, newtonCG, type Solver } from "../../src/solvers/index.ts";
import type { TrainEvent } from "../../src/train/index.ts";
import { type EndEvent, type EpochEvent, SolverTraining, type SolverTrainOptions } from "../../src/train/index.ts";
import { createTraining, train } from "../../src/train/node/train.ts";

interface Minimum {
  readonly inputs: readonly number[];
  readonly w: readonly number[];
  readonly cost: number;
}

/** Where SciPy, PyTorch and NumPy find the least cost. */
const goldens: {
  readonly sizes: readonly [inputs: number, classes: number];
  readonly classes: Minimum & { readonly labels: readonly number[]; readonly l2: number };
  readonly line: Minimum & { readonly targets: readonly number[] };
} = JSON.parse(readFileSync(new URL("../goldens/train/minima.json", import.meta.url), "utf8"));
const [INPUTS, CLASSES] = goldens.sizes;

function dataset(inputs: readonly number[], targets: readonly number[], task: "classification" | "regression") {
  const part = { count: targets.length, inputs: Float64Array.from(inputs), targets: Float64Array.from(targets) };
  const outputs = task === "classification" ? CLASSES : 1;
  return { name: "golden", task, inputShape: [INPUTS], outputs, train: part, validation: part, test: part };
}

const classes = {
  model: softmaxRegression(INPUTS, CLASSES),
  data: dataset(goldens.classes.inputs, goldens.classes.labels, "classification"),
  l2: goldens.classes.l2,
};
const line = {
  model: mlp([INPUTS, 1], { loss: meanSquaredError }),
  data: dataset(goldens.line.inputs, goldens.line.targets, "regression"),
};
const net = { model: mlp([2, 8, 2], { activation: "tanh" }), data: moons({ count: 200, seed: 3 }) };

async function eventsOf(options: SolverTrainOptions & { backend?: "onnx" | "reference" }): Promise<TrainEvent[]> {
  const events: TrainEvent[] = [];
  for await (const event of train(options)) events.push(event);
  return events;
}

/** A run to its end, and the weights there. */
async function finished(options: SolverTrainOptions) {
  const training = await createTraining(options);
  const events: TrainEvent[] = [];
  for await (const event of training) events.push(event);
  return { events, end: endOf(events), state: training.state };
}

const epochsOf = (events: readonly TrainEvent[]): EpochEvent[] => events.filter((event) => event.kind === "epoch");
function endOf(events: readonly TrainEvent[]): EndEvent {
  const last = events.at(-1);
  if (last?.kind !== "end") throw new Error("the run has no end");
  return last;
}
const furthest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (x, i) => Math.abs(x - b[i])));

describe("a solver on a net arrives where other programs do", () => {
  it.each<[string, Solver]>([
    ["lbfgs", lbfgs()],
    ["bfgs", bfgs()],
    ["newton", newton()],
    ["newton-cg", newtonCG()],
    ["newton-trust-region", findSolver("newton-trust-region")()],
    ["levenberg-marquardt", findSolver("levenberg-marquardt")()],
    ["natural-gradient", findSolver("natural-gradient")()],
  ])("%s: softmax regression with L2, SciPy's minimum", async (_, optimizer) => {
    const { end, events, state } = await finished({ ...classes, optimizer, epochs: 200 });
    expect(end.outcome.kind).toBe("converged");
    const last = events.findLast((event) => event.kind === "batch");
    expect(furthest(state.w, goldens.classes.w)).toBeLessThan(1e-8);
    const { cost, l2, w } = goldens.classes;
    const penalty = (l2 / 2) * w.reduce((sum, x) => sum + x * x, 0);
    expect(end.test.loss).toBeCloseTo(cost - penalty, 10);
    expect(last?.kind === "batch" && last.loss).toBeCloseTo(cost, 8);
  });

  it("K-FAC comes near to it: its factors are drawn at random", async () => {
    const { events } = await finished({ ...classes, optimizer: kfac(), epochs: 60 });
    const last = events.findLast((event) => event.kind === "batch");
    expect(last?.kind === "batch" && last.loss - goldens.classes.cost).toBeLessThan(1e-4);
  });

  it.each<[string, Solver, number]>([
    ["newton", newton(), 1],
    ["gauss-newton", gaussNewton(), 10],
    ["lbfgs", lbfgs(), 30],
  ])("%s: linear regression, NumPy's least squares, in few steps", async (_, optimizer, most) => {
    const { end, state } = await finished({ ...line, optimizer, epochs: 200 });
    expect(end.outcome).toMatchObject({ kind: "converged" });
    expect(end.outcome.step).toBeLessThanOrEqual(most);
    expect(furthest(state.w, goldens.line.w)).toBeLessThan(1e-9);
    expect(end.test.loss).toBeCloseTo(goldens.line.cost, 13);
  });

  it("is the same by ONNX Runtime and by the reference interpreter", async () => {
    const options = { ...net, optimizer: lbfgs(), epochs: 15 };
    const [onnx, reference] = [
      await eventsOf({ ...options, backend: "onnx" }),
      await eventsOf({ ...options, backend: "reference" }),
    ];
    for (const [i, { train: measured }] of epochsOf(reference).entries())
      expect(epochsOf(onnx)[i].train.loss).toBeCloseTo(measured.loss, 8);
  });
});

describe("what a run by a solver tells", () => {
  it("each step is an epoch with one batch, whose cost is the one before the step, L2 with it", async () => {
    const events = await eventsOf({ ...classes, optimizer: lbfgs(), epochs: 5 });
    expect(events.map(({ kind }) => kind)).toEqual([
      ...Array.from({ length: 5 }, () => ["batch", "epoch"]).flat(),
      "end",
    ]);
    const losses = events.flatMap((event) => (event.kind === "batch" ? [event.loss] : []));
    // The weights begin at zero: all classes are equally likely, and there is nothing to penalise.
    expect(losses[0]).toBeCloseTo(Math.log(CLASSES), 12);
    expect(losses.every((loss, i) => i === 0 || loss < losses[i - 1])).toBe(true);
    expect(epochsOf(events).map(({ epoch, steps }) => [epoch, steps])).toEqual([1, 2, 3, 4, 5].map((i) => [i, i]));
    expect(endOf(events).outcome).toMatchObject({ kind: "completed", step: 5 });
  });

  it("the lengths of the gradient before the step and of the step", async () => {
    const training = await createTraining({ ...net, optimizer: lbfgs(), epochs: 1 });
    const before = training.state.w.slice();
    const solved: TrainEvent[] = [];
    for await (const event of training) solved.push(event);
    const moved = training.state.w.map((x, i) => x - before[i]);
    expect(epochsOf(solved)[0].updateRatio).toBeCloseTo(Math.hypot(...moved) / Math.hypot(...before), 12);
    const stepped: TrainEvent[] = [];
    const rule = { optimizer: gradientDescent(), batchSize: "full", dtype: "f64" } as const;
    for await (const event of train({ ...net, ...rule, epochs: 1 })) stepped.push(event);
    expect(epochsOf(solved)[0].gradientNorm).toBeCloseTo(epochsOf(stepped)[0].gradientNorm, 12);
  });

  it("nothing but the end, where there is no step to take", async () => {
    const none = await eventsOf({ ...net, optimizer: lbfgs(), epochs: 0 });
    expect(none.map(({ kind }) => kind)).toEqual(["end"]);
    expect(endOf(none).outcome).toMatchObject({ kind: "completed", step: 0 });
    const there = await finished({ ...line, optimizer: newton(), initial: goldens.line.w });
    expect([there.events.length, there.end.outcome.kind, there.end.outcome.step]).toEqual([1, "converged", 0]);
  });

  it("notes the target, and ends there when asked", async () => {
    const options = { ...net, optimizer: lbfgs(), epochs: 60, target: { accuracy: 0.85 } };
    const whole = endOf(await eventsOf(options));
    expect(whole.target?.step).toBeGreaterThan(0);
    const stopped = endOf(await eventsOf({ ...options, stopAtTarget: true }));
    expect(stopped.outcome).toMatchObject({ kind: "target", step: whole.target?.step });
  });

  it("stops early, and goes back to the best weights", async () => {
    const { end, events, state } = await finished({ ...net, optimizer: lbfgs(), epochs: 500, patience: 3 });
    expect(end.outcome.kind).toBe("stopped-early");
    const losses = epochsOf(events).map(({ validation }) => validation.loss);
    expect(state.best.loss).toBe(Math.min(...losses));
    expect(losses.length - 1 - losses.indexOf(state.best.loss)).toBe(3);
    expect([...state.w]).toEqual([...(state.best.w ?? [])]);
  });

  it("maxSteps is the most", async () => {
    expect(endOf(await eventsOf({ ...net, optimizer: lbfgs(), epochs: 60, maxSteps: 4 })).outcome.step).toBe(4);
  });

  it("a singular Hessian ends it, where the method has no safeguard", async () => {
    // An input that is always 0: nothing depends on its weight.
    const inputs = goldens.line.inputs.map((x, i) => (i % INPUTS === 0 ? 0 : x));
    const data = dataset(inputs, goldens.line.targets, "regression");
    const [pure, safe] = [
      await finished({ ...line, data, optimizer: findSolver("pure-newton")() }),
      await finished({ ...line, data, optimizer: newton() }),
    ];
    expect(pure.end.outcome).toMatchObject({ kind: "singular", step: 0 });
    expect(pure.end.outcome.reason).toContain("Hessian is singular");
    expect(safe.end.outcome.kind).toBe("converged");
    expect([...pure.state.w, pure.end.test.loss].every(Number.isFinite)).toBe(true);
  });
});

/** Counts the runs of programs: of those that give a gradient, and of those that only evaluate. */
function counted() {
  const runs = { gradient: 0, evaluation: 0 };
  const backend: Device = {
    ...referenceDevice,
    prepare: async (outputs, views) => {
      const { bind, run, dispose } = await referenceDevice.prepare(outputs, views);
      const names = Object.keys(outputs);
      const kind = names.some((name) => name.startsWith("gradient_of_"))
        ? "gradient"
        : names.includes("loss")
          ? "evaluation"
          : undefined;
      const counting = (): Promise<void> => {
        if (kind !== undefined) runs[kind]++;
        return run();
      };
      return { bind, run: counting, dispose };
    },
  };
  return { runs, backend };
}

describe("an epoch's training loss and accuracy", () => {
  const searches = ["lbfgs", "bfgs", "conjugate-gradient", "steepest-descent", "kfac"];

  it.each(searches)("come with the gradient by %s: no program runs for them", async (name) => {
    const { runs, backend } = counted();
    const training = new SolverTraining({ ...net, optimizer: findSolver(name)(), epochs: 8 }, new Engine(backend));
    const events: TrainEvent[] = [];
    for await (const event of training) events.push(event);
    expect(epochsOf(events)).toHaveLength(8);
    // The validation part once an epoch, the test part at the end.
    expect(runs.evaluation).toBe(8 + 1);
    expect(runs.gradient).toBeGreaterThan(8);
  });

  it.each(["f64", "f32"] as const)("are those of an evaluation, without L2, in %s", async (dtype) => {
    const { train: part } = net.data;
    const data = { ...net.data, validation: part };
    const events = await eventsOf({ ...net, data, dtype, optimizer: lbfgs(), l2: 0.01, epochs: 12 });
    for (const { train: measured, validation } of epochsOf(events)) {
      expect(measured.loss).toBeCloseTo(validation.loss, dtype === "f64" ? 13 : 6);
      expect(measured.accuracy).toBe(validation.accuracy);
    }
    const losses = events.flatMap((event) => (event.kind === "batch" ? [event.loss] : []));
    expect(losses[5] - epochsOf(events)[4].train.loss).toBeGreaterThan(1e-4);
  });

  it("are of all chunks", async () => {
    const many = moons({ count: 5000, seed: 3 });
    const data = { ...many, validation: many.train };
    const [{ train: measured, validation }] = epochsOf(await eventsOf({ ...net, data, optimizer: lbfgs(), epochs: 1 }));
    expect(measured.accuracy).toBe(validation.accuracy);
    expect(measured.loss).toBeCloseTo(validation.loss, 12);
  });

  it("are a loss alone where nothing is right or wrong", async () => {
    const [{ train: measured }] = epochsOf(await eventsOf({ ...line, optimizer: lbfgs(), epochs: 1 }));
    expect(Object.keys(measured)).toEqual(["loss"]);
  });
});

describe("an interruption", () => {
  it("between two steps keeps what was done", async () => {
    const controller = new AbortController();
    const events: TrainEvent[] = [];
    for await (const event of train({ ...net, optimizer: lbfgs(), epochs: 60, signal: controller.signal })) {
      events.push(event);
      if (event.kind === "epoch" && event.epoch === 3) controller.abort();
    }
    expect(endOf(events).outcome).toMatchObject({ kind: "interrupted", step: 3 });
  });

  it("within a step ends it, and the weights are those before", async () => {
    const controller = new AbortController();
    let runs = 0;
    const counting: Device = {
      ...referenceDevice,
      prepare: async (outputs, views) => {
        const runnable = await referenceDevice.prepare(outputs, views);
        const run = (): Promise<void> => {
          runs++;
          // Somewhere among the products of a Newton step.
          if (runs === 20) controller.abort();
          return runnable.run();
        };
        return { bind: runnable.bind, run, dispose: runnable.dispose };
      },
    };
    const training = new SolverTraining(
      { ...net, optimizer: newtonCG(), epochs: 60, signal: controller.signal },
      new Engine(counting),
    );
    const events: TrainEvent[] = [];
    for await (const event of training) events.push(event);
    const { outcome, test } = endOf(events);
    expect(outcome).toMatchObject({ kind: "interrupted", step: epochsOf(events).length });
    expect([test.loss, ...training.state.w].every(Number.isFinite)).toBe(true);
  });
});

describe("what is refused", () => {
  it.each<[string, Partial<SolverTrainOptions>, RegExp]>([
    ["dropout", { model: mlp([2, 8, 2], { dropout: 0.2 }) }, /lbfgs: mlp:2-8-2 has dropout/],
    ["few epochs", { epochs: -1 }, /epochs is -1/],
    ["a penalty below 0", { l2: -1 }, /l2 is -1/],
    ["too few weights", { initial: [1, 2] }, /2 values were given; the model has 42/],
    ["weights with a hole", { initial: new Float64Array(42).fill(Number.NaN, 7, 8) }, /initial\[7\] is NaN/],
    ["other inputs", { model: mlp([3, 2]) }, /an example has shape \[2\], but mlp:3-2 takes \[3\]/],
  ])("%s", async (_, options, message) => {
    await expect(eventsOf({ ...net, optimizer: lbfgs(), ...options })).rejects.toThrow(message);
  });

  it("small batches, where types do not see to it", async () => {
    const options = JSON.parse('{ "batchSize": 32 }');
    await expect(eventsOf({ ...net, optimizer: lbfgs(), ...options })).rejects.toThrow(
      /lbfgs: batchSize is 32; a solver takes all examples/,
    );
  });

  it("a Hessian that is too large, in its first step", async () => {
    const large = { ...net, model: mlp([2, 200, 2]), optimizer: findSolver("saddle-free-newton")() };
    await expect(eventsOf(large)).rejects.toThrow(/too large/);
  });
});
