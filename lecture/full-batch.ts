import { type Dataset, type Examples, inputSize, sourceOf, type Vector } from "../src/data/index.ts";
import { mean, mul, pow, reshape, sub } from "../src/expr/index.ts";
import type { Device } from "../src/index.ts";
import { dense, initializers, type Loss, type Model, sequential, softmaxCrossEntropy } from "../src/nn/index.ts";
import type { Optimizer } from "../src/optimizers/index.ts";
import { Engine, Training } from "../src/train/index.ts";
import { observed } from "./small-net.ts";

/** The hidden layers of the net that is trained on the full batch. */
export const HIDDEN = [32, 32];

/** ½‖output − target‖², the mean over the examples: the squared error of Cohen et al. 2021. */
export const halfSquaredError: Loss = {
  name: "half squared error",
  value: (outputs, targets) => mul(outputs.shape[1] / 2, mean(pow(sub(outputs, reshape(targets, outputs.shape)), 2))),
};

/** What a net is trained on, and by which loss. */
export interface Task {
  readonly model: Model;
  readonly data: Pick<Dataset, "name" | "inputShape" | "outputs" | "task">;
  readonly examples: Examples;
}

type Given = Pick<Dataset, "name" | "inputShape" | "outputs" | "task">;

/** A tanh net on the squared error: classes are vectors of zeros with a one. */
export function squaredErrorTask(data: Given, examples: Examples): Task {
  const { count, targets } = examples;
  const inputs = standardized(examples);
  const vectors = data.task === "classification" ? oneHot(targets, data.outputs) : targets;
  return { data, model: tanhNet(data, halfSquaredError), examples: { count, inputs, targets: vectors } };
}

/** The same net on softmax and cross-entropy. Throws a RangeError for data without classes. */
export function crossEntropyTask(data: Given, examples: Examples): Task {
  if (data.task !== "classification")
    throw new RangeError(`${data.name} has no classes; this experiment needs some, as cross-entropy does`);
  const { count, targets } = examples;
  const model = tanhNet(data, softmaxCrossEntropy);
  return { data, model, examples: { count, inputs: standardized(examples), targets } };
}

/** First weights and biases are uniform within ±1/√(inputs of the layer), PyTorch's default. */
function tanhNet(data: Given, loss: Loss): Model {
  const sizes = [inputSize(data), ...HIDDEN, data.outputs];
  const layers = sizes.slice(1).map((units, i) => {
    const bound = 1 / Math.sqrt(sizes[i]);
    const drawn = initializers.uniform(-bound, bound);
    const last = i === HIDDEN.length;
    return dense(units, { ...(last ? {} : { activation: "tanh" }), weights: drawn, biases: drawn });
  });
  return sequential([sizes[0]], layers, { name: `mlp:${HIDDEN.join("-")}:tanh`, loss });
}

/** Inputs with mean 0 and deviation 1 in each column; a column whose values are all the same becomes 0. */
function standardized({ count, inputs }: Examples): Float64Array {
  const width = inputs.length / count;
  const result = Float64Array.from(inputs);
  for (let column = 0; column < width; column++) {
    let [sum, squares] = [0, 0];
    for (let at = column; at < inputs.length; at += width) sum += inputs[at];
    for (let at = column; at < inputs.length; at += width) squares += (inputs[at] - sum / count) ** 2;
    const deviation = Math.sqrt(squares / count);
    for (let at = column; at < inputs.length; at += width)
      result[at] = deviation === 0 ? 0 : (inputs[at] - sum / count) / deviation;
  }
  return result;
}

/** count × classes: a one at each label. */
function oneHot(labels: Vector, classes: number): Float64Array {
  const vectors = new Float64Array(labels.length * classes);
  for (const [i, label] of labels.entries()) vectors[i * classes + label] = 1;
  return vectors;
}

/** A step on all examples. */
export interface FullStep {
  /** Steps taken before. */
  readonly taken: number;
  /** The loss, the weights and the gradient before the step. */
  readonly loss: number;
  readonly w: Float64Array;
  readonly g: Float64Array;
  /** The weights after it. */
  readonly next: Float64Array;
}

/** A run has diverged, too, when its loss is so many times what it was at first: far out, products of the Hessian are not finite. */
const LOST = 1e6;

/** A net's training on all examples at once, in float32, step by step; it ends early where it diverges. */
export async function* fullBatchSteps(
  { model, data, examples }: Task,
  run: { readonly optimizer: Optimizer; readonly steps: number; readonly seed: number },
  device: Device,
): AsyncGenerator<FullStep, void> {
  const { optimizer, steps, seed } = run;
  const train = sourceOf(examples);
  // The loss after each step is known from the next one: one example takes the least time.
  const one = { ...train, count: 1 };
  let g = new Float64Array();
  const engine = observed(new Engine(device), (seen) => {
    g = Float64Array.from(seen);
  });
  const training = new Training(
    {
      ...{ model, optimizer, seed, epochs: steps, batchSize: "full", sampler: "sequential", dtype: "f32" },
      data: { ...data, train, validation: one, test: one },
    },
    engine,
  );
  let w = Float64Array.from(training.state.w);
  let first: number | undefined;
  for await (const event of training) {
    if (event.kind !== "batch") continue;
    first ??= event.loss;
    if (!(event.loss <= LOST * first)) return;
    const next = Float64Array.from(training.state.w);
    yield { taken: event.step - 1, loss: event.loss, w, g, next };
    w = next;
  }
}
