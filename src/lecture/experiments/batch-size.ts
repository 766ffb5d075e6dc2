import { median } from "../../compare/statistics.ts";
import { type Dataset, type Examples, shuffled } from "../../data/index.ts";
import { type Figure, figure, formatNumber, line, marker, panel } from "../../figure/index.ts";
import { initialize, parameterCount } from "../../nn/index.ts";
import { gradientDescent } from "../../optimizers/index.ts";
import { extremeEigenvaluesLater, NetObjective } from "../../solvers/index.ts";
import { type Means, Training } from "../../train/index.ts";
import type { Experiment } from "../experiment.ts";
import { firstExamples, smallNet } from "../small-net.ts";

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
  readonly w: Float64Array;
}

type Setting = Pick<Dataset, "name" | "inputShape" | "outputs" | "task"> & { readonly train: Examples };

async function trained(data: Setting, means: Means, lr: number, batchSize: number, epochs: number): Promise<Run> {
  // What it is validated on is what it is trained on: the cost over all examples is wanted.
  const parts = { ...data, validation: data.train, test: data.train };
  const optimizer = gradientDescent({ lr });
  const training = new Training(
    { model: smallNet(data), data: parts, optimizer, batchSize, epochs, seed: SEED },
    means,
  );
  const [batchCosts, epochCosts, seconds]: number[][] = [[], [], [0]];
  for await (const event of training) {
    if (event.kind === "batch") batchCosts.push(event.loss);
    if (event.kind !== "epoch") continue;
    epochCosts.push(event.validation.loss);
    seconds.push(event.seconds);
  }
  return {
    batchSize,
    steps: batchCosts.length,
    batchCosts,
    epochCosts,
    secondsPerEpoch: median(seconds.slice(1).map((end, i) => end - seconds[i])),
    w: Float64Array.from(training.state.w),
  };
}

/** The largest eigenvalue of the Hessian of the cost over all examples, at several weights. */
async function sharpness({ train, ...data }: Setting, { backend }: Means) {
  const model = smallNet(data);
  const objective = new NetObjective({ model, examples: train, compute: backend });
  const first = new Float64Array(parameterCount(model));
  initialize(model, first, SEED);
  const at = async (w: Float64Array): Promise<number> =>
    (await extremeEigenvaluesLater(objective, w, { steps: 30, accuracy: 1e-3 })).largest[0].value;
  return { atFirst: await at(first), at, dispose: () => objective.dispose() };
}

export const batchSize: Experiment = {
  id: "batch-size",
  title: "Full batch, mini-batch, one example at a time",
  claim:
    "At a rate below 2/λmax the cost of the full batch falls at every step, that of mini-batches jumps; but for the same number " +
    "of examples seen they take more steps, and get much further.",
  run: async (given) => {
    const [loaded, means] = [await given.data(), await given.means()];
    const data = { ...loaded, train: firstExamples(loaded, MOST_EXAMPLES, 2 * MINI_BATCH) };
    const { count } = data.train;
    const curvature = await sharpness(data, means);
    // A sixth of the edge: one example's own curvature is larger than that of the mean.
    const lr = 1 / (3 * curvature.atFirst);
    const runs: Run[] = [];
    for (const size of [count, MINI_BATCH, 1]) runs.push(await trained(data, means, lr, size, EPOCHS));
    const [full, mini, single] = runs;
    const between: Run[] = [];
    for (const size of BETWEEN) between.push(await trained(data, means, lr, size, TIMED_EPOCHS));
    const clocked = [single, ...between, mini, full];
    const edges = [curvature.atFirst, await curvature.at(full.w)].map((eigenvalue) => 2 / eigenvalue);
    await curvature.dispose();
    const numbers = {
      examples: count,
      epochs: EPOCHS,
      batchSizes: runs.map((run) => run.batchSize),
      stepsPerEpoch: runs.map(({ steps }) => steps / EPOCHS),
      stepsPerEpochOf60000By128: stepsPerEpoch(60_000, 128),
      lr,
      edgeAtFirstAndLastWeightsOfFullBatch: edges,
      costBefore: full.batchCosts[0],
      costAfterOneEpoch: runs.map(({ epochCosts }) => epochCosts[0]),
      costAfterAllEpochs: runs.map(({ epochCosts }) => epochCosts[EPOCHS - 1]),
      partOfStepsWithRisingCost: runs.map(({ batchCosts }) => rising(batchCosts)),
      timedBatchSizes: clocked.map((run) => run.batchSize),
      secondsPerEpoch: clocked.map(({ secondsPerEpoch }) => secondsPerEpoch),
    };
    const [fullRising, ...noisyRising] = numbers.partOfStepsWithRisingCost;
    const [fullCost, ...furtherCosts] = numbers.costAfterAllEpochs;
    const holds =
      runs.every(({ steps, batchSize: size }) => steps === EPOCHS * Math.ceil(count / size)) &&
      edges.every((edge) => lr < edge) &&
      full.epochCosts.every((cost, i) => cost < (i === 0 ? full.batchCosts[0] : full.epochCosts[i - 1])) &&
      fullRising === 0 &&
      noisyRising.every((part) => part > 0) &&
      furtherCosts.every((cost) => cost < fullCost / 2);
    return { holds, numbers, figure: drawing(runs, clocked) };
  },
};

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
