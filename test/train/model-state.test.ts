import { describe, expect, it } from "vitest";
import { type Examples, shuffled, type Vector } from "../../src/data/index.ts";
import { referenceDevice } from "../../src/device/reference/interpreter.ts";
import { add, mean, mul, sub } from "../../src/expr/index.ts";
import { lossAlongLine } from "../../src/landscape/index.ts";
import { dense, initializers, layer, meanSquaredError, sequential } from "../../src/nn/index.ts";
import { Engine, NetObjective } from "../../src/objective/index.ts";
import { gradientDescent } from "../../src/optimizers/index.ts";
import { Random } from "../../src/random/index.ts";
import { lbfgs } from "../../src/solvers/index.ts";
import { type EpochEvent, SolverTraining, Training, type TrainOptions } from "../../src/train/index.ts";

const RATE = 0.25;

/** x less its mean over the batch in training, less a running mean of these otherwise. */
const centred = layer({
  kind: "centred",
  title: "x less its mean",
  options: [],
  inputs: "row",
  outputs: null,
  read: () => ({}),
  build: (_, inputShape) => ({
    outputShape: inputShape,
    parameters: {},
    state: { mean: { shape: inputShape, initialize: initializers.constant(1) } },
    multiplyAdds: 0,
    role: { kind: "other" },
    forward: (x, _w, { training, state }) => {
      if (!training) return { outputs: sub(x, state.mean), state };
      const now = mean(x, { axes: 0 });
      return { outputs: sub(x, now), state: { mean: add(mul(1 - RATE, state.mean), mul(RATE, now)) } };
    },
  }),
}).with({});

const model = sequential([2], [centred, dense(1)], { loss: meanSquaredError, name: "centred" });

function examplesOf(count: number, seed: number): Examples {
  const random = new Random(seed, "centred");
  const inputs = Float64Array.from({ length: 2 * count }, () => 2 + random.normal());
  const targets = Float64Array.from({ length: count }, (_, i) => inputs[2 * i] - 3 * inputs[2 * i + 1]);
  return { count, inputs, targets };
}

const data = {
  name: "centred",
  task: "regression",
  inputShape: [2],
  outputs: 1,
  train: examplesOf(23, 1),
  validation: examplesOf(11, 2),
  test: examplesOf(9, 3),
} as const;

/** What the model is trained to, written as plain loops. */
interface Plain {
  readonly w: number[];
  readonly s: number[];
}

const outputs = ({ w: [a, b, bias] }: Plain, { inputs, count }: Examples, [m, n]: readonly number[]): number[] =>
  Array.from({ length: count }, (_, i) => a * (inputs[2 * i] - m) + b * (inputs[2 * i + 1] - n) + bias);

function lossOf(net: Plain, examples: Examples): number {
  const errors = outputs(net, examples, net.s).map((z, i) => (z - examples.targets[i]) ** 2);
  return errors.reduce((sum, e) => sum + e, 0) / examples.count;
}

/** The net after a step of gradient descent on a batch. */
function stepped(net: Plain, { inputs, targets }: Examples, batch: Uint32Array, lr: number): Plain {
  const rows = [...batch].flatMap((i) => [inputs[2 * i], inputs[2 * i + 1]]);
  const now = [0, 1].map((k) => rows.reduce((sum, x, i) => (i % 2 === k ? sum + x : sum), 0) / batch.length);
  const part: Examples = {
    count: batch.length,
    inputs: Float64Array.from(rows),
    targets: Float64Array.from(batch, (i) => targets[i]),
  };
  const g = [0, 0, 0];
  for (const [i, z] of outputs(net, part, now).entries()) {
    const slope = (2 * (z - part.targets[i])) / part.count;
    g[0] += slope * (part.inputs[2 * i] - now[0]);
    g[1] += slope * (part.inputs[2 * i + 1] - now[1]);
    g[2] += slope;
  }
  return { w: net.w.map((x, i) => x - lr * g[i]), s: net.s.map((m, k) => (1 - RATE) * m + RATE * now[k]) };
}

const options = (more: Partial<TrainOptions> = {}): TrainOptions => ({
  model,
  data,
  optimizer: gradientDescent({ lr: 0.1 }),
  batchSize: 5,
  epochs: 4,
  dtype: "f64",
  initial: [0.5, 0.2, -0.1],
  ...more,
});

const first: Plain = { w: [0.5, 0.2, -0.1], s: [1, 1] };

/** The nets after each epoch of a plain loop. */
function plainly(epochs: number, lr: number): Plain[] {
  const order = shuffled({ count: data.train.count, batchSize: 5, seed: 1 });
  const nets: Plain[] = [];
  for (let epoch = 0, net = first; epoch < epochs; epoch++) {
    for (const batch of order.batches(epoch)) net = stepped(net, data.train, batch, lr);
    nets.push(net);
  }
  return nets;
}

async function trained(training: Training): Promise<EpochEvent[]> {
  const epochs: EpochEvent[] = [];
  for await (const event of training) if (event.kind === "epoch") epochs.push(event);
  return epochs;
}

function expectClose(vector: Vector, numbers: readonly number[]): void {
  expect(vector.length).toBe(numbers.length);
  for (const [i, x] of numbers.entries()) expect(vector[i]).toBeCloseTo(x, 12);
}

describe("a model's state", () => {
  it("is trained beside w, and evaluations read it: as by a plain loop", async () => {
    const training = new Training(options(), new Engine(referenceDevice));
    expectClose(training.state.s, first.s);
    const epochs = await trained(training);
    const nets = plainly(4, 0.1);
    expectClose(training.state.w, nets[3].w);
    expectClose(training.state.s, nets[3].s);
    for (const [i, { validation }] of epochs.entries())
      expect(validation.loss).toBeCloseTo(lossOf(nets[i], data.validation), 12);
  });

  it("goes back with w to the best weights of an early stop", async () => {
    // A high rate at first helps and then drives the loss up.
    const training = new Training(
      options({ epochs: 30, patience: 1, optimizer: gradientDescent({ lr: rising }) }),
      engine(),
    );
    await trained(training);
    const { best, w, s } = training.state;
    expect(best.waited).toBe(1);
    expect([...w]).toEqual([...(best.w ?? [])]);
    expect([...s]).toEqual([...(best.s ?? [])]);
    expect(lossOf({ w: [...w], s: [...s] }, data.validation)).toBeCloseTo(best.loss, 12);
  });

  it("is taken back with a step that led too far", async () => {
    // The loss overflows two steps after the rate does.
    const lr = (t: number): number => (t === 7 ? 1e200 : 0.1);
    const training = new Training(options({ optimizer: gradientDescent({ lr }) }), engine());
    await trained(training);
    const order = shuffled({ count: data.train.count, batchSize: 5, seed: 1 });
    const batches = [...order.batches(0), ...order.batches(1)];
    const before = batches.slice(0, 6).reduce((net, batch) => stepped(net, data.train, batch, 0.1), first);
    expectClose(training.state.w, before.w);
    expectClose(training.state.s, before.s);
  });

  it("stays as it is in an objective, which has to be told it", async () => {
    const given = { model, examples: data.validation, device: referenceDevice };
    const objective = new NetObjective({ ...given, state: [1.5, 2.5] });
    const net = { w: [1, -2, 0.5], s: [1.5, 2.5] };
    expect(await objective.value(Float64Array.from(net.w))).toBeCloseTo(lossOf(net, data.validation), 12);
    const { losses } = await lossAlongLine(objective, Float64Array.from(first.w), Float64Array.from(net.w), {
      points: 2,
    });
    expect(losses[0]).toBeCloseTo(lossOf({ ...net, w: first.w }, data.validation), 12);
    expect(() => new NetObjective(given)).toThrow(
      /its state \(layer1_mean\) has 2 values, but 0 were given; pass it as state, such as training.state.s/,
    );
    const plain = sequential([2], [dense(1)], { loss: meanSquaredError });
    expect(() => new NetObjective({ ...given, model: plain, state: [1] })).toThrow(/the model has no state/);
  });

  it("is nothing for a solver to train", () => {
    expect(() => new SolverTraining({ model, data, optimizer: lbfgs() }, engine())).toThrow(
      /lbfgs: centred has a state, layer1_mean, which only training batches update; use an update rule/,
    );
  });
});

const engine = (): Engine => new Engine(referenceDevice);
const rising = (t: number): number => 0.02 * 1.2 ** t;
