import { type Dataset, type Examples, inOrderOf, inputSize, shuffled, sourceOf } from "../data/index.ts";
import type { Device } from "../device/device.ts";
import type { Vector } from "../expr/array.ts";
import { type Model, meanSquaredError, mlp, softmaxCrossEntropy } from "../nn/index.ts";
import type { Workspace } from "../objective/index.ts";
import { Engine } from "../objective/index.ts";
import { gradientDescent } from "../optimizers/index.ts";

/** A net with one hidden layer of 32 units for a data set, quick enough to be asked for thousands of gradients. */
export const smallNet = (data: Pick<Dataset, "inputShape" | "outputs" | "task">): Model =>
  mlp([inputSize(data), 32, data.outputs], {
    loss: data.task === "classification" ? softmaxCrossEntropy : meanSquaredError,
  });

/** A net in float64 and what it learns from: w and the gradient lie in a workspace. */
export interface NetAtWork extends Workspace {
  /** Leaves the gradient over these of the examples, at w, in g. */
  gradient(indices: Uint32Array): Promise<void>;
  /** The loss over all examples, at w. */
  loss(): Promise<number>;
}

/** Works with a net on batches of these examples; releases what computes it in the end. */
export async function withNet<T>(
  model: Model,
  examples: Examples,
  device: Device,
  work: (net: NetAtWork) => Promise<T>,
): Promise<T> {
  const engine = new Engine(device);
  const source = sourceOf(examples);
  const { count: batchSize, targetSize } = source;
  const workspace = engine.begin({ model, dtype: "f64", batchSize, targetSize });
  try {
    return await work({
      ...workspace,
      gradient: async (indices) => {
        await engine.gradient(source, indices, { step: 0 });
      },
      loss: async () => (await engine.evaluate(source)).loss,
    });
  } finally {
    await engine.dispose();
  }
}

/** Trains the net's weights by gradient descent on shuffled batches of 32. */
export async function descend(net: NetAtWork, { count }: Examples, epochs: number, lr = 0.1): Promise<void> {
  const { w, g, arena, layout } = net;
  const optimizer = gradientDescent({ lr });
  const step = optimizer.bind(w, g, optimizer.init(w), { arena, layout, spare: g });
  const order = shuffled({ count, batchSize: 32, seed: 1 });
  for (let epoch = 0; epoch < epochs; epoch++)
    for (const indices of order.batches(epoch)) {
      await net.gradient(indices);
      step();
    }
}

/** The gradient over all examples, as a vector of its own. */
export async function fullGradient(net: NetAtWork, { count }: Examples): Promise<Vector> {
  for (const all of inOrderOf(count, count)) await net.gradient(all);
  return net.g.slice();
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
