import { median } from "../../src/compare/index.ts";
import { shuffled } from "../../src/data/index.ts";
import { type Figure, figure, formatNumber, line, marker, panel } from "../../src/figure/index.ts";
import type { Device } from "../../src/index.ts";
import { initialize, parameterCount } from "../../src/nn/index.ts";
import { gradientDescent } from "../../src/optimizers/index.ts";
import { extremeEigenvaluesAsync } from "../../src/solvers/index.ts";
import { Engine, Training, type TrainOptions } from "../../src/train/index.ts";
import { gradientAt, isLargest, sharpnessAt, withObjective } from "../curvature.ts";
import { allOf, trainingSet } from "../examples.ts";
import { experiment, near } from "../experiment.ts";
import { curves } from "../plots/curves.ts";
import { inTurn } from "../retraining.ts";
import { smallNet } from "../small-net.ts";
import { columnsOf, facts, numberTable } from "../told.ts";
import { dot } from "../vectors.ts";

const MINI_BATCH = 128;
const EPOCHS = 10;
/** Batch sizes that are trained with for the clock alone. */
const [BETWEEN, TIMED_EPOCHS] = [[4, 16], 4];
const SEED = 1;

/** The share of the steps at which the loss of the batch is above that of the batch before. */
export const rising = (losses: readonly number[]): number =>
  losses.filter((loss, i) => i > 0 && loss > losses[i - 1]).length / Math.max(1, losses.length - 1);

/** The steps of an epoch: with the last, smaller batch, and without it. */
export const stepsPerEpoch = (count: number, batchSize: number): readonly [number, number] => [
  shuffled({ count, batchSize }).batchesPerEpoch,
  shuffled({ count, batchSize, dropLast: true }).batchesPerEpoch,
];

/** Training with one batch size. */
interface Run {
  readonly batchSize: number;
  readonly steps: number;
  /** Of the batches as they came, each before its step. */
  readonly batchLosses: readonly number[];
  /** Over all examples, after each epoch. */
  readonly epochLosses: readonly number[];
  /** The median of its epochs. */
  readonly secondsPerEpoch: number;
  /** The weights after each epoch. */
  readonly weights: readonly Float64Array[];
}

const subjects = { rule: gradientDescent, extremes: extremeEigenvaluesAsync, steps: stepsPerEpoch, rising };

async function trained(run: TrainOptions & { readonly batchSize: number }, device: Device): Promise<Run> {
  const training = new Training(run, new Engine(device));
  const weights: Float64Array[] = [];
  const [batchLosses, epochLosses, seconds]: number[][] = [[], [], [0]];
  for await (const event of training) {
    if (event.kind === "batch") batchLosses.push(event.loss);
    if (event.kind !== "epoch") continue;
    epochLosses.push(event.validation.loss);
    weights.push(Float64Array.from(training.state.w));
    seconds.push(event.seconds);
  }
  return {
    batchSize: run.batchSize,
    steps: batchLosses.length,
    batchLosses,
    epochLosses,
    secondsPerEpoch: median(seconds.slice(1).map((end, i) => end - seconds[i])),
    weights,
  };
}

export const batchSize = experiment({
  id: "batch-size",
  title: "Full batch, mini-batch, one example at a time",
  claim:
    "At a learning rate below 2/λmax the loss of the full batch falls at every step, while that of mini-batches jumps; but for " +
    "the same number of examples seen, mini-batches take more steps and get much further.",
  subjects,
  async measure(given, subjects) {
    const { data, examples, device } = await trainingSet(given, { least: 2 * MINI_BATCH });
    const { count } = examples;
    const model = smallNet(data);
    const first = new Float64Array(parameterCount(model));
    initialize(model, first, SEED);
    return withObjective({ model, examples, device }, async (objective) => {
      const atFirst = await sharpnessAt(objective, first, subjects.extremes);
      // A sixth of the edge: one example's own curvature is larger than that of the mean.
      const lr = 1 / (3 * atFirst.value);
      const train = (batchSize: number, epochs: number): Promise<Run> =>
        trained(
          { model, data: allOf(data, examples), optimizer: subjects.rule({ lr }), batchSize, epochs, seed: SEED },
          device,
        );
      const runs = await inTurn([count, MINI_BATCH, 1], (size) => train(size, EPOCHS));
      const [full, mini, single] = runs;
      const clocked = [single, ...(await inTurn(BETWEEN, (size) => train(size, TIMED_EPOCHS))), mini, full];
      const sharpnesses = [atFirst, await sharpnessAt(objective, full.weights[EPOCHS - 1], subjects.extremes)];
      // Each step of the full batch over its gradient: lr in all weights, to what float32 keeps of so small a change.
      const stepsOverGradient = await inTurn(full.weights.entries(), async ([t, w]) => {
        const before = full.weights[t - 1] ?? first;
        const g = await gradientAt(objective, before);
        return (
          dot(
            before.map((x, i) => x - w[i]),
            g,
          ) / dot(g, g)
        );
      });
      const numbers = {
        examples: count,
        epochs: EPOCHS,
        batchSizes: runs.map((run) => run.batchSize),
        stepsPerEpoch: runs.map(({ steps }) => steps / EPOCHS),
        stepsPerEpochOf60000By128: subjects.steps(60_000, 128),
        lr,
        stepsOverGradient,
        edgeAtFirstAndLastWeightsOfFullBatch: sharpnesses.map(({ value }) => 2 / value),
        lossBefore: full.batchLosses[0],
        lossAfterOneEpoch: runs.map(({ epochLosses }) => epochLosses[0]),
        lossAfterAllEpochs: runs.map(({ epochLosses }) => epochLosses[EPOCHS - 1]),
        partOfStepsWithRisingLoss: runs.map(({ batchLosses }) => subjects.rising(batchLosses)),
        timedBatchSizes: clocked.map((run) => run.batchSize),
        secondsPerEpoch: clocked.map(({ secondsPerEpoch }) => secondsPerEpoch),
      };
      return { numbers, sharpnesses, runs: runs.map(({ weights: _, ...drawn }) => drawn) };
    });
  },
  holds({ numbers, sharpnesses, runs }) {
    const { examples: count, lr } = numbers;
    const [full] = runs;
    const [fullRising, ...noisyRising] = numbers.partOfStepsWithRisingLoss;
    const [fullLoss, ...furtherLosses] = numbers.lossAfterAllEpochs;
    return (
      runs.every(({ steps, batchSize: size }) => steps === EPOCHS * Math.ceil(count / size)) &&
      // With the last, smaller batch, and without it: 60,000/128 = 468.75.
      numbers.stepsPerEpochOf60000By128.join(" ") === "469 468" &&
      sharpnesses.every(isLargest) &&
      numbers.stepsOverGradient.every((step) => near(step, lr, 1e-4)) &&
      numbers.edgeAtFirstAndLastWeightsOfFullBatch.every((edge) => lr < edge) &&
      full.epochLosses.every((loss, i) => loss < (i === 0 ? numbers.lossBefore : full.epochLosses[i - 1])) &&
      fullRising === 0 &&
      // Losses that fall or rise by chance rise at half of the steps; falling on the whole, at fewer.
      noisyRising.every(
        (share) => share > 0.1 && share < 0.5 + 4 * Math.sqrt(0.25 / (EPOCHS * Math.ceil(count / MINI_BATCH))),
      ) &&
      furtherLosses.every((loss) => loss < fullLoss / 2)
    );
  },
  told: ({ numbers }) => [
    facts({
      examples: numbers.examples,
      epochs: EPOCHS,
      "learning rate": numbers.lr,
      "steps of the full batch over their gradients, smallest": Math.min(...numbers.stepsOverGradient),
      "steps of the full batch over their gradients, largest": Math.max(...numbers.stepsOverGradient),
      "largest stable learning rate, 2/λmax, at the initial weights": numbers.edgeAtFirstAndLastWeightsOfFullBatch[0],
      "largest stable learning rate at the last weights of the full batch":
        numbers.edgeAtFirstAndLastWeightsOfFullBatch[1],
      "loss before training": numbers.lossBefore,
      "steps per epoch, 60,000 examples in batches of 128": numbers.stepsPerEpochOf60000By128[0],
      "steps per epoch without the last, smaller batch": numbers.stepsPerEpochOf60000By128[1],
    }),
    numberTable("By batch size", {
      "batch size": numbers.batchSizes,
      "steps per epoch": numbers.stepsPerEpoch,
      "loss after 1 epoch": numbers.lossAfterOneEpoch,
      [`loss after ${EPOCHS} epochs`]: numbers.lossAfterAllEpochs,
      "share of steps at which the loss rises": numbers.partOfStepsWithRisingLoss,
    }),
    numberTable("On the clock", {
      "batch size": numbers.timedBatchSizes,
      "seconds per epoch": numbers.secondsPerEpoch,
    }),
  ],
  plot: ({ numbers, runs }) =>
    drawing(
      runs,
      numbers.timedBatchSizes.map((size, i) => [size, 1000 * numbers.secondsPerEpoch[i]]),
    ),
});

/** The part of a run that is saved and drawn. */
type Drawn = Omit<Run, "weights">;

/** `times`: batch sizes, and the milliseconds that an epoch takes. */
function drawing(runs: readonly Drawn[], times: readonly (readonly [number, number])[]): Figure {
  const [full, mini, single] = runs;
  const [start] = full.batchLosses;
  const labels = [`full batch, ${formatNumber(full.batchSize)}`, `mini-batch, ${mini.batchSize}`, "one example"];
  // A run that diverged has fewer epochs.
  const ends = runs.map(({ epochLosses }) => epochLosses.at(EPOCHS - 1) ?? Number.POSITIVE_INFINITY);
  const [end, miniEnd, singleEnd] = ends.map((loss) => formatNumber(loss, 3));
  return figure({
    title: "The same passes over the data, in batches of three sizes",
    description:
      `After ${EPOCHS} epochs the loss, ${formatNumber(start, 3)} at first, is ${end} with the full batch, ${miniEnd} with mini-batches and ` +
      `${singleEnd} with one example at a time. From batch to batch, the loss of the full batch falls smoothly, that of mini-batches jumps, and that of ` +
      `single examples leaps between 0 and large values. An epoch takes ${formatNumber(times[0][1], 2)} ms with single examples and ` +
      `${formatNumber(times[times.length - 2][1], 2)} ms with mini-batches.`,
    width: 1080,
    panels: [
      panel({
        title: "By epoch",
        x: { label: "epoch" },
        y: { label: "loss over all examples", scale: "log" },
        marks: curves(
          columnsOf(
            labels,
            runs.map(({ epochLosses }) => [start, ...epochLosses]),
          ),
        ),
      }),
      panel({
        title: "By batch",
        x: { label: "epoch", domain: [0, 4] },
        y: { label: "loss of the batch", domain: [0, 1.5 * start] },
        marks: [
          line({ ...byBatch(single), series: 2, weight: "thin", dash: "solid" }),
          line({ ...byBatch(mini), label: labels[1], series: 1, weight: "bold" }),
          line({ ...byBatch(full), label: labels[0], series: 0, weight: "bold" }),
        ],
      }),
      panel({
        title: "On the clock",
        x: { label: "batch size", scale: "log" },
        y: { label: "milliseconds per epoch", scale: "log" },
        marks: [line({ points: times, color: "ink", dash: "solid" }), marker({ points: times, color: "ink" })],
      }),
    ],
  });
}

/** Losses of batches, over the epochs that were seen before each. */
const byBatch = ({ batchLosses, steps }: Drawn) => ({
  x: batchLosses.map((_, k) => (k * EPOCHS) / steps),
  y: batchLosses,
});
