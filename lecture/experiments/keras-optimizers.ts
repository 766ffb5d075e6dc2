import { median } from "../../src/compare/index.ts";
import * as keras from "../../src/compat/keras.ts";
import { figure, line, marker, panel } from "../../src/figure/index.ts";
import { modelFor } from "../../src/nn/index.ts";
import type { Optimizer } from "../../src/optimizers/index.ts";
import { firstExamples } from "../examples.ts";
import { about, agree } from "../experiment.ts";
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

/** How an optimizer fared at one rate: runs that differ in nothing but their seed. */
export interface Fared {
  readonly rate: number;
  readonly runs: readonly Pick<Trained, "costs" | "finalCost">[];
}

export interface Contender {
  readonly name: string;
  readonly byDefault: Fared;
  readonly tuned: Fared;
}

/** The rate that is best on the tuning seed: of the decades, and then of its neighbours at half a decade. */
async function tunedRate(train: Train, make: (given: { learning_rate: number }) => Optimizer): Promise<number> {
  const tried: { rate: number; cost: number }[] = [];
  const best = (): number => tried.reduce((a, b) => (b.cost < a.cost ? b : a)).rate;
  const attempt = async (rate: number): Promise<void> => {
    const { finalCost } = await train(make({ learning_rate: rate }), TUNING_SEED);
    tried.push({ rate, cost: finalCost });
  };
  await inTurn(DECADES, attempt);
  const decade = best();
  await inTurn([decade / Math.sqrt(10), decade * Math.sqrt(10)], attempt);
  return best();
}

const fare = async (train: Train, optimizer: Optimizer, seeds: readonly number[]): Promise<Fared> => ({
  rate: Number(optimizer.hyper.lr),
  runs: await inTurn(seeds, (seed) => train(optimizer, seed)),
});

/** The cost over all examples at the end, the median over the seeds. */
const finalCost = ({ runs }: Fared): number => median(runs.map((run) => run.finalCost));

/** Lowest and highest of the contenders' costs. */
const range = (contenders: readonly Contender[], of: (contender: Contender) => Fared): [number, number] => {
  const costs = contenders.map((contender) => finalCost(of(contender)));
  return [Math.min(...costs), Math.max(...costs)];
};

const byDefault = (contender: Contender): Fared => contender.byDefault;
const tuned = (contender: Contender): Fared => contender.tuned;

/**
 * Whether every optimizer gains by its rate, so much that the worst of the tuned is better than the best of the others, and
 * they lie within a tenth of the distance; and whether Adadelta's default rate loses less than a tenth of the first cost.
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
    finalCost(adadelta.byDefault) > 0.9 * untrained &&
    adadelta.tuned.rate >= 1
  );
}

/**
 * The defaults are those of Keras 3. Adadelta's paper (Zeiler 2012) has no rate, which is a rate of 1; Keras multiplies by
 * 0.001. Ftrl keeps no first weights: its first step leaves a part 1 − √(n₀/(n₀ + g²)) of each, with n₀ = 0.1 nearly nothing,
 * so that at a small rate the net answers the same to everything, at a cost of log 10 for ten classes.
 */
const subjects = { contenders: CONTENDERS, seeds: SEEDS, twoSteps };

export const kerasOptimizers = about(subjects, {
  id: "keras-optimizers",
  title: "The optimizers of Keras, side by side",
  claim:
    "At Keras's default learning rates its optimizers end far apart, and Adadelta has hardly moved; with the rate tuned they end " +
    "close together, and the worst of them is better than the best was by default.",
  run: async (given, { contenders: all, seeds, twoSteps }) => {
    const [data, device] = await Promise.all([given.data(), given.device()]);
    const model = modelFor("mlp:32", data);
    const examples = firstExamples(data, 1200);
    const setup = { model, data, examples: () => examples, batchSize: 64, epochs: EPOCHS };
    return retraining(setup, device, async (train) => {
      const untrained = await inTurn(
        seeds,
        async (seed) => (await train(keras.SGD({ learning_rate: 0 }), seed)).finalCost,
      );
      const contenders = await inTurn(Object.entries(all), async ([name, make]) => ({
        name,
        byDefault: await fare(train, make(), seeds),
        tuned: await fare(train, make({ learning_rate: await tunedRate(train, make) }), seeds),
      }));
      const numbers = {
        columns: "default rate, final cost, tuned rate, final cost (medians over the seeds)",
        ...Object.fromEntries(contenders.map((each) => [each.name, rowOf(each)])),
        missing: "Adafactor, Muon",
        seeds,
        untrainedCost: median(untrained),
        costsByDefault: range(contenders, byDefault),
        costsTuned: range(contenders, tuned),
        firstTwoSteps: Object.values(all).map((make) => twoSteps(make())),
        firstTwoStepsExpected: contenders.map(({ name, byDefault: { rate } }) => twoStepsExpected[name](rate)),
      };
      const holds =
        agree(
          numbers.firstTwoSteps.flatMap((two, i) => two.map((step, k) => step / numbers.firstTwoStepsExpected[i][k])),
          contenders.flatMap(() => [1, 1]),
          1e-9,
        ) && supports(contenders, median(untrained));
      const told = [
        facts({ "cost of the untrained net": numbers.untrainedCost, "optimizers that are missing": numbers.missing }),
        numberTable("Medians over the runs", {
          optimizer: contenders.map(({ name }) => name),
          "default rate": contenders.map(({ byDefault: { rate } }) => rate),
          "final cost": contenders.map(({ byDefault }) => finalCost(byDefault)),
          "tuned rate": contenders.map(({ tuned: { rate } }) => rate),
          "final cost, tuned": contenders.map(({ tuned }) => finalCost(tuned)),
          "first step from 2 at gradient 1": numbers.firstTwoSteps.map(([first]) => first),
          "by its formula": numbers.firstTwoStepsExpected.map(([first]) => first),
          "second step": numbers.firstTwoSteps.map(([, second]) => second),
          "second, by its formula": numbers.firstTwoStepsExpected.map(([, second]) => second),
        }),
        numberTable("Range of the final costs", {
          rate: ["default", "tuned"],
          lowest: [numbers.costsByDefault[0], numbers.costsTuned[0]],
          highest: [numbers.costsByDefault[1], numbers.costsTuned[1]],
        }),
      ];
      return { holds, numbers, told, figure: drawing(contenders) };
    });
  },
});

const rowOf = ({ byDefault, tuned }: Contender): number[] =>
  [byDefault, tuned].flatMap((fared) => [fared.rate, finalCost(fared)]);

function drawing(contenders: readonly Contender[]) {
  const names = contenders.map(({ name }) => name);
  const [[, worst], [, worstTuned]] = [range(contenders, byDefault), range(contenders, tuned)];
  const gain = ({ byDefault, tuned }: Contender): number => finalCost(byDefault) / finalCost(tuned);
  const { name: winner } = contenders.reduce((most, each) => (gain(each) > gain(most) ? each : most));
  const dots = (of: (contender: Contender) => Fared) =>
    contenders.flatMap((contender) => of(contender).runs.map((run) => [run.finalCost, contender.name] as const));
  return figure({
    title: "The optimizers of Keras, side by side",
    description:
      `At their default rates the optimizers end at costs of up to ${worst.toPrecision(2)}; with the rate tuned, at ` +
      `${worstTuned.toPrecision(2)} or less. ${winner} gains most.`,
    panels: [
      panel({
        title: `Cost after ${EPOCHS} epochs`,
        x: { label: "cost over the examples", scale: "log" },
        y: { scale: "band", domain: names },
        marks: [
          marker({ points: dots(byDefault), label: "Keras's default rate", shape: "circle" }),
          marker({ points: dots(tuned), label: "rate tuned", shape: "diamond" }),
        ],
      }),
      panel({
        title: "With the rate tuned",
        x: { label: "epoch", whole: true },
        y: { label: "mean cost of the epoch", scale: "log" },
        marks: contenders.map(({ name, tuned }, i) =>
          line({
            x: tuned.runs[0].costs.map((_, epoch) => epoch + 1),
            y: tuned.runs[0].costs.map((_, epoch) => median(tuned.runs.map(({ costs }) => costs[epoch]))),
            label: name,
            series: i + 2,
          }),
        ),
      }),
    ],
  });
}
