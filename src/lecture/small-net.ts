import { type Dataset, type Examples, inputSize, shuffled } from "../data/index.ts";
import type { Device } from "../device/device.ts";
import type { Vector } from "../expr/array.ts";
import { type Model, meanSquaredError, mlp, softmaxCrossEntropy } from "../nn/index.ts";
import { Engine } from "../objective/net/engine.ts";
import { gradientDescent } from "../optimizers/index.ts";

/** A net with one hidden layer of 32 units for a data set, quick enough to be asked for thousands of gradients. */
export const smallNet = (data: Pick<Dataset, "inputShape" | "outputs" | "task">): Model =>
  mlp([inputSize(data), 32, data.outputs], {
    loss: data.task === "classification" ? softmaxCrossEntropy : meanSquaredError,
  });

/** The first examples, so many at most. Throws a RangeError where there are fewer than are needed. */
export function firstExamples({ name, train }: Pick<Dataset, "name" | "train">, most: number, least = 1): Examples {
  if (train.count < least)
    throw new RangeError(`${name}: ${train.count} examples for training; this experiment needs ${least} at least`);
  const count = Math.min(most, train.count);
  const rows = (numbers: Vector): Vector => numbers.subarray(0, (numbers.length / train.count) * count);
  return { count, inputs: rows(train.inputs), targets: rows(train.targets) };
}

/** Works with an engine, in float64, for batches of these examples; releases it in the end. */
export async function withEngine<T>(
  model: Model,
  examples: Examples,
  device: Device,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const { count, targets } = examples;
  const sizes = { batchSize: count, targetSize: targets.length / count, slots: 0 };
  const engine = new Engine({ model, device, ...sizes, dtype: "f64", lookahead: false, seed: 0 });
  try {
    return await work(engine);
  } finally {
    await engine.dispose();
  }
}

/** Trains the engine's weights by gradient descent on shuffled batches of 32. */
export async function descend(engine: Engine, examples: Examples, epochs: number, lr = 0.1): Promise<void> {
  const { w, g, arena, layout } = engine.buffers;
  const optimizer = gradientDescent({ lr });
  const step = optimizer.bind(w, g, optimizer.init(w), { arena, layout, spare: g });
  const order = shuffled({ count: examples.count, batchSize: 32, seed: 1 });
  for (let epoch = 0; epoch < epochs; epoch++)
    for (const indices of order.batches(epoch)) {
      await engine.gradient(examples, indices, 0);
      step();
    }
}

/** The gradient over all examples, as a vector of its own. */
export async function fullGradient(engine: Engine, examples: Examples): Promise<Vector> {
  await engine.gradient(
    examples,
    Uint32Array.from({ length: examples.count }, (_, i) => i),
    0,
  );
  return engine.buffers.g.slice();
}

/** ‖a − b‖² */
export function squaredDistance(a: Vector, b: Vector): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += (a[i] - b[i]) ** 2;
  return total;
}

/** aᵀb */
export function product(a: Vector, b: Vector): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i] * b[i];
  return total;
}
