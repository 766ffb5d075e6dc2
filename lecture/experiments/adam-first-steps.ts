import { Random } from "../../src/index.ts";
import { adam, adamUncorrected, type Optimizer } from "../../src/optimizers/index.ts";
import { experiment } from "../experiment.ts";
import { adamFormula, adamUncorrectedFormula, offFormulaAlong, ROUNDING } from "../formulas.ts";
import { stepsAlong } from "../moments.ts";
import { curves, fromOne, plotOf } from "../plots/curves.ts";
import { mean } from "../samples.ts";
import { numberTable } from "../told.ts";

const LR = 0.01;
const COUNT = 3000;

const [BETA1, BETA2] = [0.9, 0.999];
const NOISE = 0.1;

/** Gradients of 1 with a little noise. */
function noisyOnes(): number[] {
  const random = new Random(3, "gradients");
  return Array.from({ length: COUNT }, () => 1 + NOISE * random.normal());
}

/** Steps over lr. */
const steps = (optimizer: Optimizer, gradients: readonly number[]): number[] =>
  stepsAlong(optimizer, gradients).map((step) => Math.abs(step) / LR);

/** The uncorrected step over lr where every gradient is 1: longest at t = 17 or so, and 1 in the end. */
const uncorrectedExpected = (t: number): number => (1 - BETA1 ** t) / Math.sqrt(1 - BETA2 ** t);

/** Steps that are held against the formula, from the first on. */
const WATCHED = 400;

const subjects = { adam, adamUncorrected };

const HYPER = { lr: LR, eps: 0 };

export const adamFirstSteps = experiment({
  id: "adam-first-steps",
  title: "Adam's first steps, with and without bias correction",
  claim:
    "With bias correction, Adam's first step has length lr whatever the gradient; without it, the first step is (1 − β₁)/√(1 − β₂) times as long, and steps grow even longer before they settle.",
  subjects,
  measure(_, { adam, adamUncorrected }) {
    const gradients = noisyOnes();
    const corrected = steps(adam(HYPER), gradients);
    const uncorrected = steps(adamUncorrected(HYPER), gradients);
    const watched = gradients.slice(0, WATCHED);
    return {
      numbers: {
        firstCorrected: corrected[0],
        firstUncorrected: uncorrected[0],
        firstUncorrectedExpected: (1 - BETA1) / Math.sqrt(1 - BETA2),
        largestCorrected: Math.max(...corrected),
        largestUncorrected: Math.max(...uncorrected),
        largestUncorrectedExpected: Math.max(...uncorrected.map((_, t) => uncorrectedExpected(t + 1))),
        settled: [corrected, uncorrected].map((each) => mean(each.slice(-100))),
        settledExpected: [1, uncorrectedExpected(COUNT)],
        differenceFromFormula: [
          offFormulaAlong(adam(HYPER), adamFormula(HYPER), watched),
          offFormulaAlong(adamUncorrected(HYPER), adamUncorrectedFormula(HYPER), watched),
        ],
      },
      ...{ corrected, uncorrected },
    };
  },
  holds: ({ numbers, corrected }) =>
    Math.abs(numbers.firstCorrected - 1) < 1e-12 &&
    Math.abs(numbers.firstUncorrected - numbers.firstUncorrectedExpected) < 1e-12 &&
    numbers.differenceFromFormula.every((off) => off < ROUNDING) &&
    // At t = 2 the two gradients' mean deviates by 0.07, later averages by less, down to 0.1·√((1 − β₁)/(1 + β₁)) = 0.023.
    Math.max(...corrected.map((step) => Math.abs(step - 1))) < 3 * 0.07 &&
    // The largest of some dozen steps that each deviate by 0.03 or so of themselves.
    Math.abs(numbers.largestUncorrected / numbers.largestUncorrectedExpected - 1) < 0.1 &&
    numbers.largestUncorrected > numbers.firstUncorrected &&
    // The mean of 100 noisy gradients deviates by 0.01, and the noise makes the root 1.005.
    numbers.settled.every((step, i) => Math.abs(step - numbers.settledExpected[i]) < 0.04),
  told: ({ numbers }) => [
    numberTable("Steps over lr at a gradient of about 1", {
      "bias correction": ["with", "without"],
      first: [numbers.firstCorrected, numbers.firstUncorrected],
      "first, in theory": [1, numbers.firstUncorrectedExpected],
      largest: [numbers.largestCorrected, numbers.largestUncorrected],
      "largest, in theory without noise": [1, numbers.largestUncorrectedExpected],
      "mean of the last 100": numbers.settled,
      "mean, in theory": numbers.settledExpected,
      "difference from the formula": numbers.differenceFromFormula,
    }),
  ],
  plot: ({ numbers, corrected, uncorrected }) =>
    plotOf({
      title: "Adam's first steps",
      description: `With correction every step is about lr long; without it, early steps are up to ${numbers.largestUncorrected.toFixed(1)} times as long.`,
      x: { label: "step", scale: "log" },
      y: { label: "length of the step / lr", scale: "log" },
      marks: curves({ corrected: fromOne(corrected), uncorrected: fromOne(uncorrected) }),
    }),
});
