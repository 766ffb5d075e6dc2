import { type Dataset, moons, type Sampler, shuffled } from "../src/data/index.ts";
import { input, parseExpression } from "../src/expr/index.ts";
import type { Device } from "../src/index.ts";
import { dense, losses, sequential } from "../src/nn/index.ts";
import type { Optimizer } from "../src/optimizers/index.ts";
import { newton, solve } from "../src/solvers/index.ts";
import type { Surface } from "../src/surfaces/index.ts";
import { Engine, objectiveOf, type Path, Training } from "../src/train/index.ts";
import type { GradientAt } from "./formulas.ts";

/** Two half moons in the plane, hooked into each other and blurred: 700 examples to learn from. */
export const noisyMoons: Dataset = moons({ noise: 0.2, seed: 0 });

/** p(class 1) = σ(w₁·x₁ + w₂·x₂): logistic regression without a bias, so that its loss is a surface over the plane. */
const model = sequential([2], [dense(1, { bias: false })], {
  loss: losses["binary-cross-entropy"],
  name: "logistic regression",
});

const VARIABLES = ["w1", "w2"] as const;
const LOSS = "z = w1*x1 + w2*x2; mean(softplus(z) - y*z)";

/** The loss on all training examples as a surface over the weights. It is convex: Newton's method finds its minimum. */
export function moonsLoss({ train }: Dataset = noisyMoons): Surface {
  const { count, inputs, targets } = train;
  const data = {
    x1: Float64Array.from({ length: count }, (_, i) => inputs[2 * i]),
    x2: Float64Array.from({ length: count }, (_, i) => inputs[2 * i + 1]),
    y: Float64Array.from(targets),
  };
  const weights = VARIABLES.map((name) => [name, input(name)] as const);
  const columns = Object.keys(data).map((name) => [name, input(name, [count], "f64")] as const);
  const loss: Surface = {
    name: "noisy-moons",
    title: "Logistic regression on noisy moons",
    text: LOSS,
    variables: VARIABLES,
    expression: parseExpression(LOSS, new Map([...weights, ...columns])),
    data,
    domain: [
      [-3, 3],
      [-4.5, 0.5],
    ],
    start: [-2.5, 0],
    minima: [],
    maxima: [],
    saddles: [],
    complete: true,
    source: "the mean cross-entropy of logistic regression, as softplus(z) − y·z",
  };
  const { x, value } = solve(loss, { solver: newton(), start: [0, 0] });
  return { ...loss, minima: [{ at: [...x], value }] };
}

export interface BatchWalkOptions {
  readonly optimizer: Optimizer;
  readonly start: readonly number[];
  readonly steps: number;
  readonly batchSize: number | "full";
  /** Decides which examples come in which batch: the same for every optimizer. */
  readonly seed: number;
}

/** Trains on mini-batches: w after every step, and the loss there on all examples. */
export async function walkOnBatches(loss: Surface, options: BatchWalkOptions, device: Device): Promise<Path> {
  const { optimizer, start, steps, batchSize, seed } = options;
  const run = { model, data: noisyMoons, dtype: "f64", epochs: steps, maxSteps: steps } as const;
  const training = new Training({ ...run, optimizer, initial: start, batchSize, seed }, new Engine(device));
  const points = [...start];
  for await (const event of training) if (event.kind === "batch") points.push(...training.state.w);
  const taken = points.length / 2 - 1;
  return {
    dimension: 2,
    points: Float64Array.from(points),
    values: valuesAt(loss, points),
    outcome: { kind: taken < steps ? "diverged" : "completed", step: taken, reason: `${taken} steps were taken` },
  };
}

/** The mean gradient of a walk's next batch, by hand, where the walk stands or looks ahead: (σ(wᵀx) − y)·x. */
export function batchGradient(options: { batchSize: number; seed: number; ahead: number }): GradientAt {
  const { ahead, ...order } = options;
  const { count, inputs, targets } = noisyMoons.train;
  const batches = batchesOf(shuffled({ count, ...order }));
  return (points) => {
    const now = points[points.length - 1];
    const before = points[points.length - 2] ?? now;
    const [u, v] = now.map((x, i) => x + ahead * (x - before[i]));
    const batch = batches(points.length - 1);
    const sum = [0, 0];
    for (const i of batch) {
      const [x, y] = [inputs[2 * i], inputs[2 * i + 1]];
      const error = 1 / (1 + Math.exp(-(u * x + v * y))) - targets[i];
      sum[0] += (error * x) / batch.length;
      sum[1] += (error * y) / batch.length;
    }
    return sum;
  };
}

/** The batches of all epochs, one after the other, by their number. */
function batchesOf(sampler: Sampler): (t: number) => Uint32Array {
  const known: Uint32Array[] = [];
  return (t) => {
    while (known.length <= t) {
      const batches = sampler.batches(known.length / sampler.batchesPerEpoch);
      known.push(...Array.from(batches, (batch) => batch.slice()));
    }
    return known[t];
  };
}

function valuesAt(loss: Surface, points: readonly number[]): Float64Array {
  const objective = objectiveOf(loss);
  const g = new Float64Array(2);
  return Float64Array.from({ length: points.length / 2 }, (_, i) =>
    objective.gradient(Float64Array.of(points[2 * i], points[2 * i + 1]), g),
  );
}
