import { type Dataset, type Examples, inOrderOf, inputSize, sourceOf, type Vector } from "../src/data/index.ts";
import type { Device } from "../src/index.ts";
import { type Model, meanSquaredError, mlp, softmaxCrossEntropy } from "../src/nn/index.ts";
import { gradientDescent } from "../src/optimizers/index.ts";
import { Engine, type GradientSource, Training, type TrainOptions, type Workspace } from "../src/train/index.ts";

/** A net with one hidden layer of 32 units for a data set, quick enough to be asked for thousands of gradients. */
export const smallNet = (data: Pick<Dataset, "inputShape" | "outputs" | "task">): Model =>
  mlp([inputSize(data), 32, data.outputs], {
    loss: data.task === "classification" ? softmaxCrossEntropy : meanSquaredError,
  });

/** A net in float64 at some weights, which are changed in place. */
export interface NetAtWork extends Pick<Workspace, "w" | "g"> {
  /** Leaves the gradient over these of the examples, at w, in g. */
  gradient(indices: Uint32Array): Promise<void>;
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
  const { w, g } = engine.begin({ model, dtype: "f64", batchSize, targetSize });
  const gradient = async (indices: Uint32Array): Promise<void> => {
    await engine.gradient(source, indices, { step: 0 });
  };
  try {
    return await work({ w, g, gradient });
  } finally {
    await engine.dispose();
  }
}

/** The net's weights in float64 after gradient descent on shuffled batches of 32. */
export async function descended(run: Pick<TrainOptions, "model" | "data" | "epochs">, device: Device): Promise<Vector> {
  const optimizer = gradientDescent({ lr: 0.1 });
  const training = new Training({ ...run, optimizer, batchSize: 32, dtype: "f64", seed: 1 }, new Engine(device));
  for await (const _ of training);
  return training.state.w;
}

/** An engine for a run, whose gradients are shown as they come, before a step writes over them. */
export function observed(engine: Engine, look: (g: Vector) => void): GradientSource {
  const source = engine.lend();
  let g: Vector | undefined;
  return {
    ...source,
    begin: (plan) => {
      const run = source.begin(plan);
      g = run.g;
      return run;
    },
    gradient: async (examples, indices, turn) => {
      const result = await source.gradient(examples, indices, turn);
      if (g !== undefined) look(g);
      return result;
    },
  };
}

/** The gradient over all examples, as a new vector. */
export async function fullGradient(net: NetAtWork, { count }: Examples): Promise<Vector> {
  for (const all of inOrderOf(count, count)) await net.gradient(all);
  return net.g.slice();
}
