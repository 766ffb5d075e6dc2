import { deadUnits } from "../../lecture/dead-units.ts";
import { adamDeadRegion } from "../../lecture/experiments/adam-dead-region.ts";
import { adamSweep } from "../../lecture/experiments/adam-sweep.ts";
import { gradientNoise, noiseExpected } from "../../lecture/experiments/gradient-noise.ts";
import { CONTENDERS, kerasOptimizers } from "../../lecture/experiments/keras-optimizers.ts";
import { momentumSmooths } from "../../lecture/experiments/momentum-smooths.ts";
import { twoSteps } from "../../lecture/keras-steps.ts";
import { loadDataset } from "../../src/data/node/index.ts";
import { adam, adamUncorrected, momentumAveraged } from "../../src/optimizers/index.ts";
import { broken } from "./broken-rules.ts";
import { digits, type Mutants, mutantsOf } from "./mutants.ts";
import { faults, inPlaceOf } from "./mutants-of-rules.ts";

const few = { ...digits, data: () => loadDataset("digits", { limit: 300 }) };

const draws = {
  replaced: (...[random, count, size]: Parameters<Draws["replaced"]>) =>
    Uint32Array.from({ length: size }, () => random.integer(count)),
  without: (...[random, count, size]: Parameters<Draws["replaced"]>) => random.permutation(count).subarray(0, size),
};
type Draws = NonNullable<NonNullable<Parameters<typeof gradientNoise.run>[1]>["draws"]>;

const { RMSprop, Adam, Adadelta } = CONTENDERS;
const three = { RMSprop, Adam, Adadelta };

/** Experiments that train nets. */
export const mutantsOfNets: readonly Mutants[] = [
  mutantsOf(
    gradientNoise,
    {
      "noise that falls as 1/B": {
        noiseExpected: (variance, size, count, replaced) => noiseExpected(variance, size, count, replaced) / size,
      },
      "no difference without replacement": {
        noiseExpected: (variance, size, count) => noiseExpected(variance, size, count, true),
      },
      "a variance twice as large": {
        noiseExpected: (variance, ...rest) => noiseExpected(2 * variance, ...rest),
      },
      "batches without replacement in place of those with": { draws: { ...draws, replaced: draws.without } },
      "batches with replacement in place of those without": { draws: { ...draws, without: draws.replaced } },
      "a noise scale without the square": {
        noiseScale: ({ spread }) => Math.sqrt(spread.variance / spread.squaredLength),
      },
    },
    {},
    few,
  ),
  mutantsOf(
    momentumSmooths,
    {
      "smooth: no factor": { smooth: broken(momentumAveraged, "(1 - beta)*g", "g") },
      "smooth: 0.99·g": { smooth: broken(momentumAveraged, "*g", "*0.99*g") },
      "smooth: a rate of 1.01·lr": { smooth: broken(momentumAveraged, "lr*v", "1.01*lr*v") },
      "plain: a rate of 1.01·lr": { plain: faults.descent["a rate of 1.01·lr"] },
      "a variance of 1 − β": { varianceKept: (beta) => 1 - beta },
      "a variance off by 1 %": { varianceKept: (beta) => (1.01 * (1 - beta)) / (1 + beta) },
    },
    { batches: 600 },
  ),
  mutantsOf(
    adamDeadRegion,
    {
      ...inPlaceOf("adam", {
        "t + 1 in the correction": faults.adam["t + 1 in the correction"],
        "a rate of 1.01·lr": faults.adam["a rate of 1.01·lr"],
        "no correction": adamUncorrected,
      }),
      "adamUncorrected: a correction": { adamUncorrected: adam },
      "no unit counted as dead": {
        deadUnits: async (...args) => ({ ...(await deadUnits(...args)), count: async () => 0 }),
      },
      "living units counted": {
        deadUnits: async (...args) => {
          const counter = await deadUnits(...args);
          return { ...counter, count: async (w) => 128 - (await counter.count(w)) };
        },
      },
    },
    { seeds: [1, 2], rates: [0.01] },
  ),
  mutantsOf(
    adamSweep,
    {
      "adam: t + 1 in the second correction": { adam: faults.adam["t + 1 in the second correction"] },
      "adamUncorrected: a rate of 1.01·lr": { adamUncorrected: faults.adamUncorrected["a rate of 1.01·lr"] },
    },
    { beta1: [0], others: [], examples: 800 },
  ),
  mutantsOf(
    kerasOptimizers,
    {
      "an Adam without correction": {
        contenders: { ...three, Adam: (given) => adamUncorrected({ lr: given?.learning_rate }) },
      },
      "an Adam in the place of RMSprop": { contenders: { ...three, RMSprop: Adam } },
      "an Adadelta with its paper's rate": {
        contenders: { ...three, Adadelta: (given) => Adadelta(given ?? { learning_rate: 1 }) },
      },
      "a first step off by 1 %": {
        twoSteps: (optimizer) => {
          const [first, second] = twoSteps(optimizer);
          return [1.01 * first, second];
        },
      },
    },
    { contenders: three, seeds: [1] },
  ),
];
