import { median } from "../../src/compare/index.ts";
import { type Dataset, type Examples, shuffled } from "../../src/data/index.ts";
import { type Figure, figure, formatNumber, line, marker, panel } from "../../src/figure/index.ts";
import type { Device } from "../../src/index.ts";
import { initialize, parameterCount } from "../../src/nn/index.ts";
import { gradientDescent, type Optimizer } from "../../src/optimizers/index.ts";
import { extremeEigenvaluesAsync, NetObjective } from "../../src/solvers/index.ts";
import { Engine, Training } from "../../src/train/index.ts";
import { curvatureAlong } from "../curvature.ts";
import { allOf, firstExamples } from "../examples.ts";
import { about, near } from "../experiment.ts";
import { smallNet } from "../small-net.ts";
import { facts, numberTable } from "../told.ts";
import { dot } from "../vectors.ts";

const MOST_EXAMPLES = 1200;
const MINI_BATCH = 128;
const EPOCHS = 10;
/** Sizes that are trained with for the clock alone. */
const [BETWEEN, TIMED_EPOCHS] = [[4, 16], 4];
const SEED = 1;

/** The part of the steps at which the cost of the batch is above that of the batch before. */
export const rising = (costs: readonly number[]): number =>
  costs.filter((cost, i) => i > 0 && cost > costs[i - 1]).length / Math.max(1, costs.length - 1);

/** The steps of an epoch: with the last, smaller batch, and without it. */
export const stepsPerEpoch = (count: number, batchSize: number): readonly [number, number] => [
  shuffled({ count, batchSize }).batchesPerEpoch,
  shuffled({ count, batchSize, dropLast: true }).batchesPerEpoch,
];

/** What one size of batch does. */
interface Run {
  readonly batchSize: number;
  readonly steps: number;
  /** Of the batches as they came, each before its step. */
  readonly batchCosts: readonly number[];
  /** Over all examples, after each epoch. */
  readonly epochCosts: readonly number[];
  /** The median of its epochs. */
  readonly secondsPerEpoch: number;
  /** The weights after each epoch. */
  readonly weights: readonly Float64Array[];
}

const subjects = { rule: gradientDescent, extremes: extremeEigenvaluesAsync, steps: stepsPerEpoch, rising };
type Subjects = typeof subjects;

type Setting = Pick<Dataset, "name" | "inputShape" | "outputs" | "task"> & { readonly train: Examples };

/** With what to train, and for how long. */
interface Recipe {
  readonly optimizer: Optimizer;
  readonly batchSize: number;
  readonly epochs: number;
}

async function trained(data: Setting, device: Device, run: Recipe): Promise<Run> {
  const training = new Training(
    { model: smallNet(data), data: allOf(data, data.train), ...run, seed: SEED },
    new Engine(device),
  );
  const weights: Float64Array[] = [];
  const [batchCosts, epochCosts, seconds]: number[][] = [[], [], [0]];
  for await (const event of training) {
    if (event.kind === "batch") batchCosts.push(event.loss);
    if (event.kind !== "epoch") continue;
    epochCosts.push(event.validation.loss);
    weights.push(Float64Array.from(training.state.w));
    seconds.push(event.seconds);
  }
  return {
    batchSize: run.batchSize,
    steps: batchCosts.length,
    batchCosts,
    epochCosts,
    secondsPerEpoch: median(seconds.slice(1).map((end, i) => end - seconds[i])),
    weights,
  };
}

/** λmax of the Hessian of the cost over all examples at some weights, and the curvature along its eigenvector and the gradient. */
interface Sharpness {
  readonly value: number;
  readonly alongVector: number;
  readonly alongGradient: number;
}

async function landscape({ train, ...data }: Setting, device: Device, { extremes }: Subjects) {
  const model = smallNet(data);
  const objective = new NetObjective({ model, examples: train, device });
  const first = new Float64Array(parameterCount(model));
  initialize(model, first, SEED);
  const gradient = async (w: Float64Array): Promise<Float64Array> => {
    const g = new Float64Array(w.length);
    await objective.gradient(w, g);
    return g;
  };
  const sharpness = async (w: Float64Array): Promise<Sharpness> => {
    const [{ value, vector }] = (await extremes(objective, w, { steps: 30, accuracy: 1e-3 })).largest;
    const g = await gradient(w);
    const length = Math.sqrt(dot(g, g));
    const alongGradient = await curvatureAlong(
      objective,
      w,
      g.map((x) => x / length),
    );
    return { value, alongVector: await curvatureAlong(objective, w, vector), alongGradient };
  };
  return { first, gradient, sharpness, dispose: () => objective.dispose() };
}

/** Whether λmax is the curvature along its own eigenvector, and no direction that was tried is more curved. */
const isLargest = ({ value, alongVector, alongGradient }: Sharpness): boolean =>
  near(alongVector, value, 1e-3) && alongGradient <= value * (1 + 1e-3);

export const batchSize = about(subjects, {
  id: "batch-size",
  title: "Full batch, mini-batch, one example at a time",
  claim:
    "At a learning rate below 2/λmax the cost of the full batch falls at every step, while that of mini-batches jumps; but for " +
    "the same number of examples seen, mini-batches take more steps and get much further.",
  run: async (given, subjects) => {
    const [loaded, device] = [await given.data(), await given.device()];
    const data = { ...loaded, train: firstExamples(loaded, MOST_EXAMPLES, 2 * MINI_BATCH) };
    const { count } = data.train;
    const { first, gradient, sharpness, dispose } = await landscape(data, device, subjects);
    const sharpnessAtFirst = await sharpness(first);
    // A sixth of the edge: one example's own curvature is larger than that of the mean.
    const lr = 1 / (3 * sharpnessAtFirst.value);
    const optimizer = subjects.rule({ lr });
    const runs: Run[] = [];
    for (const size of [count, MINI_BATCH, 1])
      runs.push(await trained(data, device, { optimizer, batchSize: size, epochs: EPOCHS }));
    const [full, mini, single] = runs;
    const between: Run[] = [];
    for (const size of BETWEEN)
      between.push(await trained(data, device, { optimizer, batchSize: size, epochs: TIMED_EPOCHS }));
    const clocked = [single, ...between, mini, full];
    const sharpnesses = [sharpnessAtFirst, await sharpness(full.weights[EPOCHS - 1])];
    const edges = sharpnesses.map(({ value }) => 2 / value);
    // Each step of the full batch over its gradient: lr in all weights, to what float32 keeps of so small a change.
    const stepsOverGradient: number[] = [];
    for (const [t, w] of full.weights.entries()) {
      const before = full.weights[t - 1] ?? first;
      const slope = await gradient(before);
      const moved = before.map((x, i) => x - w[i]);
      stepsOverGradient.push(dot(moved, slope) / dot(slope, slope));
    }
    await dispose();
    const numbers = {
      examples: count,
      epochs: EPOCHS,
      batchSizes: runs.map((run) => run.batchSize),
      stepsPerEpoch: runs.map(({ steps }) => steps / EPOCHS),
      stepsPerEpochOf60000By128: subjects.steps(60_000, 128),
      lr,
      stepsOverGradient,
      edgeAtFirstAndLastWeightsOfFullBatch: edges,
      costBefore: full.batchCosts[0],
      costAfterOneEpoch: runs.map(({ epochCosts }) => epochCosts[0]),
      costAfterAllEpochs: runs.map(({ epochCosts }) => epochCosts[EPOCHS - 1]),
      partOfStepsWithRisingCost: runs.map(({ batchCosts }) => subjects.rising(batchCosts)),
      timedBatchSizes: clocked.map((run) => run.batchSize),
      secondsPerEpoch: clocked.map(({ secondsPerEpoch }) => secondsPerEpoch),
    };
    const [fullRising, ...noisyRising] = numbers.partOfStepsWithRisingCost;
    const [fullCost, ...furtherCosts] = numbers.costAfterAllEpochs;
    const holds =
      runs.every(({ steps, batchSize: size }) => steps === EPOCHS * Math.ceil(count / size)) &&
      // With the last, smaller batch, and without it: 60,000/128 = 468.75.
      numbers.stepsPerEpochOf60000By128.join(" ") === "469 468" &&
      sharpnesses.every(isLargest) &&
      stepsOverGradient.every((step) => near(step, lr, 1e-4)) &&
      edges.every((edge) => lr < edge) &&
      full.epochCosts.every((cost, i) => cost < (i === 0 ? full.batchCosts[0] : full.epochCosts[i - 1])) &&
      fullRising === 0 &&
      // Costs that fall or rise by chance rise at half of the steps; falling on the whole, at fewer.
      noisyRising.every(
        (part) => part > 0.1 && part < 0.5 + 4 * Math.sqrt(0.25 / (EPOCHS * Math.ceil(count / MINI_BATCH))),
      ) &&
      furtherCosts.every((cost) => cost < fullCost / 2);
    const told = [
      facts({
        examples: count,
        epochs: EPOCHS,
        "learning rate": lr,
        "steps of the full batch over their gradients, from": Math.min(...stepsOverGradient),
        "steps of the full batch over their gradients, to": Math.max(...stepsOverGradient),
        "largest stable rate, 2/λmax, at the first weights": edges[0],
        "largest stable rate at the last weights of the full batch": edges[1],
        "cost before training": numbers.costBefore,
        "steps per epoch, 60,000 examples in batches of 128": numbers.stepsPerEpochOf60000By128[0],
        "without the last, smaller batch": numbers.stepsPerEpochOf60000By128[1],
      }),
      numberTable("By batch size", {
        "batch size": numbers.batchSizes,
        "steps per epoch": numbers.stepsPerEpoch,
        "cost after 1 epoch": numbers.costAfterOneEpoch,
        [`after ${EPOCHS} epochs`]: numbers.costAfterAllEpochs,
        "share of steps at which the cost rises": numbers.partOfStepsWithRisingCost,
      }),
      numberTable("On the clock", {
        "batch size": numbers.timedBatchSizes,
        "seconds per epoch": numbers.secondsPerEpoch,
      }),
    ];
    return { holds, numbers, told, figure: drawing(runs, clocked) };
  },
});

function drawing(runs: readonly Run[], clocked: readonly Run[]): Figure {
  const [full, mini, single] = runs;
  const [start] = full.batchCosts;
  const labels = [`full batch, ${full.batchSize}`, `mini-batch, ${mini.batchSize}`, "one example"];
  const [end, miniEnd, singleEnd] = runs.map(({ epochCosts }) => formatNumber(epochCosts[EPOCHS - 1], 3));
  const times = clocked.map((run) => [run.batchSize, 1000 * run.secondsPerEpoch] as const);
  return figure({
    title: "The same passes over the data, in batches of three sizes",
    description:
      `After ${EPOCHS} epochs the cost, ${formatNumber(start, 3)} at first, is ${end} with the full batch, ${miniEnd} with mini-batches and ` +
      `${singleEnd} with one example at a time. From batch to batch the full batch's falls smoothly, the mini-batches' jumps, that of ` +
      `single examples leaps between 0 and large values. An epoch takes ${formatNumber(times[0][1], 2)} ms with single examples and ` +
      `${formatNumber(times[times.length - 2][1], 2)} ms with mini-batches.`,
    width: 1080,
    panels: [
      panel({
        title: "By epoch",
        x: { label: "epoch" },
        y: { label: "cost over all examples", scale: "log" },
        marks: runs.map(({ epochCosts }, i) => line({ y: [start, ...epochCosts], label: labels[i], weight: "bold" })),
      }),
      panel({
        title: "By batch",
        x: { label: "epoch", domain: [0, 4] },
        y: { label: "cost of the batch", domain: [0, 1.5 * start] },
        marks: [
          line({ ...byBatch(single), series: 2, weight: "thin", dash: "solid" }),
          line({ ...byBatch(mini), label: labels[1], series: 1, weight: "bold" }),
          line({ ...byBatch(full), label: labels[0], series: 0, weight: "bold" }),
        ],
      }),
      panel({
        title: "On the clock",
        x: { label: "batch size", scale: "log" },
        y: { label: "milliseconds an epoch", scale: "log" },
        marks: [line({ points: times, color: "ink", dash: "solid" }), marker({ points: times, color: "ink" })],
      }),
    ],
  });
}

/** Costs over the part of the epochs that was seen before. */
const byBatch = ({ batchCosts, steps }: Run) => ({ x: batchCosts.map((_, k) => (k * EPOCHS) / steps), y: batchCosts });
