import { median } from "../../src/compare/index.ts";
import * as keras from "../../src/compat/keras.ts";
import { figure, line, marker, panel } from "../../src/figure/index.ts";
import { modelFor } from "../../src/nn/index.ts";
import type { Optimizer } from "../../src/optimizers/index.ts";
import { trainingSet } from "../examples.ts";
import { agree, experiment } from "../experiment.ts";
import { twoSteps, twoStepsExpected } from "../keras-steps.ts";
import { inTurn, retraining, type Train, type Trained } from "../retraining.ts";
import { facts, numberTable } from "../told.ts";

const EPOCHS = 8;
const SEEDS = [1, 2, 3];
/** Rates are compared on a seed of their own. */
const TUNING_SEED = 4;
const DECADES = [1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100];

/**
 * Keras's list, in its order. Two of it are not among them: Adafactor, which keeps sums over rows and columns in place of a
 * vector like w, and Muon, which is for matrices and needs another optimizer for the rest. Its LossScaleOptimizer is a wrapper.
 */
export const CONTENDERS: Readonly<Record<string, (given?: { learning_rate: number }) => Optimizer>> = {
  SGD: keras.SGD,
  RMSprop: keras.RMSprop,
  Adam: keras.Adam,
  AdamW: keras.AdamW,
  Adadelta: keras.Adadelta,
  Adagrad: keras.Adagrad,
  Adamax: keras.Adamax,
  Nadam: keras.Nadam,
  Ftrl: keras.Ftrl,
  Lion: keras.Lion,
  Lamb: keras.Lamb,
};

/** An optimizer at one learning rate: runs that differ in nothing but their seed. */
export interface Fared {
  readonly rate: number;
  readonly runs: readonly Pick<Trained, "losses" | "finalLoss">[];
}

export interface Contender {
  readonly name: string;
  readonly byDefault: Fared;
  readonly tuned: Fared;
}

/** The rate that is best on the tuning seed: of the decades, and then of its neighbours at half a decade. */
async function tunedRate(train: Train, make: (given: { learning_rate: number }) => Optimizer): Promise<number> {
  const tried: { rate: number; loss: number }[] = [];
  const best = (): number => tried.reduce((a, b) => (b.loss < a.loss ? b : a)).rate;
  const attempt = async (rate: number): Promise<void> => {
    const { finalLoss } = await train(make({ learning_rate: rate }), TUNING_SEED);
    tried.push({ rate, loss: finalLoss });
  };
  await inTurn(DECADES, attempt);
  const decade = best();
  await inTurn([decade / Math.sqrt(10), decade * Math.sqrt(10)], attempt);
  return best();
}

const fare = async (train: Train, optimizer: Optimizer, seeds: readonly number[]): Promise<Fared> => ({
  rate: Number(optimizer.hyper.lr),
  runs: await inTurn(seeds, async (seed) => {
    const { losses, finalLoss } = await train(optimizer, seed);
    return { losses, finalLoss };
  }),
});

/** The loss over all examples at the end, the median over the seeds. */
const finalLoss = ({ runs }: Fared): number => median(runs.map((run) => run.finalLoss));

/** Lowest and highest of the contenders' losses. */
const range = (contenders: readonly Contender[], of: (contender: Contender) => Fared): [number, number] => {
  const losses = contenders.map((contender) => finalLoss(of(contender)));
  return [Math.min(...losses), Math.max(...losses)];
};

const byDefault = (contender: Contender): Fared => contender.byDefault;
const tuned = (contender: Contender): Fared => contender.tuned;

/**
 * Whether every optimizer gains by its rate, so much that the worst of the tuned is better than the best of the others, and
 * they lie within a tenth of the distance; and whether Adadelta's default rate takes less than a tenth off the initial loss.
 */
export function supports(contenders: readonly Contender[], untrained: number): boolean {
  const [[bestDefault, worstDefault], [bestTuned, worstTuned]] = [
    range(contenders, byDefault),
    range(contenders, tuned),
  ];
  const adadelta = contenders.find(({ name }) => name === "Adadelta");
  return (
    worstTuned < bestDefault &&
    worstTuned - bestTuned < (worstDefault - bestDefault) / 10 &&
    adadelta !== undefined &&
    finalLoss(adadelta.byDefault) > 0.9 * untrained &&
    adadelta.tuned.rate >= 1
  );
}

/**
 * The defaults are those of Keras 3. Adadelta's paper (Zeiler 2012) has no rate, which is a rate of 1; Keras multiplies by
 * 0.001. Ftrl keeps no initial weights: its first step leaves a fraction 1 − √(n₀/(n₀ + g²)) of each, with n₀ = 0.1 nearly nothing,
 * so that at a small rate the net answers the same to everything, at a loss of log 10 for ten classes.
 */
const subjects = { contenders: CONTENDERS, seeds: SEEDS, twoSteps };

export const kerasOptimizers = experiment({
  id: "keras-optimizers",
  title: "The optimizers of Keras, side by side",
  claim:
    "At Keras's default learning rates its optimizers end far apart, and Adadelta has hardly moved; with the rates tuned, the range " +
    "of their losses is less than a tenth as wide, and the worst of them beats the best default.",
  subjects,
  async measure(given, { contenders: all, seeds, twoSteps }) {
    const { data, examples, device } = await trainingSet(given);
    const model = modelFor("mlp:32", data);
    const setup = { model, data, examples: () => examples, batchSize: 64, epochs: EPOCHS };
    return retraining(setup, device, async (train) => {
      const untrained = await inTurn(
        seeds,
        async (seed) => (await train(keras.SGD({ learning_rate: 0 }), seed)).finalLoss,
      );
      const contenders = await inTurn(Object.entries(all), async ([name, make]) => ({
        name,
        byDefault: await fare(train, make(), seeds),
        tuned: await fare(train, make({ learning_rate: await tunedRate(train, make) }), seeds),
      }));
      const numbers = {
        missing: "Adafactor, Muon",
        seeds,
        untrainedLoss: median(untrained),
        lossesByDefault: range(contenders, byDefault),
        lossesTuned: range(contenders, tuned),
        firstTwoSteps: Object.values(all).map((make) => twoSteps(make())),
        firstTwoStepsExpected: contenders.map(({ name, byDefault: { rate } }) => twoStepsExpected[name](rate)),
      };
      return {
        numbers: {
          columns: "default rate, final loss, tuned rate, final loss (medians over the seeds)",
          ...Object.fromEntries(contenders.map((each) => [each.name, rowOf(each)])),
          ...numbers,
        },
        contenders,
        ofAll: numbers,
      };
    });
  },
  holds: ({ ofAll: { firstTwoSteps, firstTwoStepsExpected, untrainedLoss }, contenders }) =>
    agree(
      firstTwoSteps.flatMap((two, i) => two.map((step, k) => step / firstTwoStepsExpected[i][k])),
      contenders.flatMap(() => [1, 1]),
      1e-9,
    ) && supports(contenders, untrainedLoss),
  told: ({ ofAll, contenders }) => [
    facts({ "loss of the untrained net": ofAll.untrainedLoss, "optimizers left out": ofAll.missing }),
    numberTable("Medians over the runs", {
      optimizer: contenders.map(({ name }) => name),
      "default rate": contenders.map(({ byDefault: { rate } }) => rate),
      "final loss": contenders.map(({ byDefault }) => finalLoss(byDefault)),
      "tuned rate": contenders.map(({ tuned: { rate } }) => rate),
      "final loss, tuned": contenders.map(({ tuned }) => finalLoss(tuned)),
      "first step from 2 at gradient 1": ofAll.firstTwoSteps.map(([first]) => first),
      "by its formula": ofAll.firstTwoStepsExpected.map(([first]) => first),
      "second step": ofAll.firstTwoSteps.map(([, second]) => second),
      "second, by its formula": ofAll.firstTwoStepsExpected.map(([, second]) => second),
    }),
    numberTable("Range of the final losses", {
      rate: ["default", "tuned"],
      lowest: [ofAll.lossesByDefault[0], ofAll.lossesTuned[0]],
      highest: [ofAll.lossesByDefault[1], ofAll.lossesTuned[1]],
    }),
  ],
  plot: ({ contenders }) => drawing(contenders),
});

const rowOf = ({ byDefault, tuned }: Contender): number[] =>
  [byDefault, tuned].flatMap((fared) => [fared.rate, finalLoss(fared)]);

function drawing(contenders: readonly Contender[]) {
  const names = contenders.map(({ name }) => name);
  const [[best, worst], [bestTuned, worstTuned]] = [range(contenders, byDefault), range(contenders, tuned)];
  const gain = ({ byDefault, tuned }: Contender): number => finalLoss(byDefault) / finalLoss(tuned);
  const { name: winner } = contenders.reduce((most, each) => (gain(each) > gain(most) ? each : most));
  const dots = (of: (contender: Contender) => Fared) =>
    contenders.flatMap((contender) => of(contender).runs.map((run) => [run.finalLoss, contender.name] as const));
  return figure({
    title: "The optimizers of Keras, side by side",
    description:
      `At their default rates the optimizers end at losses of ${best.toPrecision(2)} to ${worst.toPrecision(2)}; with the rate ` +
      `tuned, of ${bestTuned.toPrecision(2)} to ${worstTuned.toPrecision(2)}. ${winner} gains most.`,
    panels: [
      panel({
        title: `Loss after ${EPOCHS} epochs`,
        x: { label: "loss over the examples", scale: "log" },
        y: { scale: "band", domain: names },
        marks: [
          marker({ points: dots(byDefault), label: "Keras's default rate", shape: "circle" }),
          marker({ points: dots(tuned), label: "rate tuned", shape: "diamond" }),
        ],
      }),
      panel({
        title: "With the rate tuned",
        x: { label: "epoch", whole: true },
        y: { label: "mean loss of the epoch", scale: "log" },
        marks: contenders.map(({ name, tuned }, i) =>
          line({
            x: tuned.runs[0].losses.map((_, epoch) => epoch + 1),
            y: tuned.runs[0].losses.map((_, epoch) => median(tuned.runs.map(({ losses }) => losses[epoch]))),
            label: name,
            series: i + 2,
          }),
        ),
      }),
    ],
  });
}
