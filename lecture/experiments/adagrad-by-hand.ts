import { adadelta, adagrad, type Optimizer, rmsprop } from "../../src/optimizers/index.ts";
import { agree, experiment, near } from "../experiment.ts";
import { adadeltaFormula, offFormulaAlong, ROUNDING } from "../formulas.ts";
import { stepsAlong } from "../moments.ts";
import { curves, plotOf } from "../plots/curves.ts";
import { mapValues } from "../race.ts";
import { cellWords, facts, numberTable } from "../told.ts";

const GRADIENTS = [
  [-2, -10],
  [-1.5, -10],
  [-1.25, -9],
  [-1, 9],
] as const;

const LR = 0.1;
const RHO = 0.95;
const EPS = 1e-6;
/** Steps at a constant gradient: from one to the next is a factor of ten. */
const [EARLY, LATE, LATER, LAST] = [100, 1000, 10_000, 100_000];

/** RMSProp's steps at a constant gradient of 1: s is a geometric series, 1 − ρᵗ. */
const rmspropExpected = ({ lr, rho, eps }: { lr: number; rho: number; eps: number }, t: number): number =>
  lr / (Math.sqrt(1 - rho ** t) + eps);

/**
 * Adadelta's step at t over that at `from`, at a constant gradient of 1, once s has come to 1. Then D = d + eps, whose root
 * the step is in proportion to, follows D ← aD + (1 − ρ)·eps with a = 1 − (1 − ρ)·eps/(1 + eps): it tends to 1 + eps as aᵗ,
 * and so slowly that for t ≪ 1/((1 − ρ)·eps) it grows by (1 − ρ)·eps a step, and the step as √t.
 */
function adadeltaGrowth(stepAtFrom: number, from: number, t: number): number {
  const a = 1 - ((1 - RHO) * EPS) / (1 + EPS);
  const start = stepAtFrom ** 2 * (1 + EPS);
  return Math.sqrt(1 + EPS - (1 + EPS - start) * a ** (t - from)) / Math.sqrt(start);
}

/** Steps at which the figure shows the sizes, evenly on a logarithmic scale. */
const DRAWN = [...new Set(Array.from({ length: 101 }, (_, k) => Math.round(LAST ** (k / 100))))];

const subjects = { adagrad, rmsprop, adadelta };

/** The size of each of `count` steps at a constant gradient of 1. */
const stepSizes = (optimizer: Optimizer, count: number): number[] =>
  stepsAlong(optimizer, Array<number>(count).fill(1)).map(Math.abs);

/** RMSProp's and Adadelta's settings. */
const HYPER = { lr: 0.01, rho: 0.9, eps: 1e-8 };
const DELTA = { rho: RHO, eps: EPS };

/** The largest relative difference of sizes from what theory says of step t. */
const offTheory = (sizes: readonly number[], expected: (t: number) => number): number =>
  sizes.reduce((most, size, i) => Math.max(most, Math.abs(size / expected(i + 1) - 1)), 0);

export const adagradByHand = experiment({
  id: "adagrad-by-hand",
  title: "Adagrad by hand",
  claim:
    "Adagrad divides by the root of a sum that only grows, so at a constant gradient its steps shrink as 1/√t; RMSProp and Adadelta forget: RMSProp keeps its pace, and Adadelta's steps grow, after a while as √t.",
  subjects,
  measure(_, { adagrad, rmsprop, adadelta }) {
    const optimizer = adagrad({ lr: LR, eps: 0 });
    const w = Float64Array.of(0, 0);
    const state = optimizer.init(w);
    const sums: number[][] = [];
    let step = [0, 0];
    for (const gradient of GRADIENTS) {
      const before = [...w];
      optimizer.step(w, Float64Array.from(gradient), state);
      sums.push(typeof state.s === "number" ? [] : [...state.s]);
      step = [w[0] - before[0], w[1] - before[1]];
    }
    const sizes = {
      Adagrad: stepSizes(adagrad({ lr: LR, eps: 0 }), LAST),
      RMSProp: stepSizes(rmsprop(HYPER), LAST),
      Adadelta: stepSizes(adadelta(DELTA), LAST),
    };
    const ratios = (late: number, early: number): number[] =>
      Object.values(sizes).map((size) => size[late - 1] / size[early - 1]);
    const { Adagrad, RMSProp, Adadelta } = sizes;
    return {
      numbers: {
        sums,
        lastStep: step,
        stepFromFormula: [(-LR * -1) / Math.sqrt(8.8125), (-LR * 9) / Math.sqrt(362)],
        stepAt1000OverStepAt100: ratios(LATE, EARLY),
        stepAt100000OverStepAt10000: ratios(LAST, LATER),
        stepAt100000OverStepAt10000Expected: [
          Math.sqrt(LATER / LAST),
          rmspropExpected(HYPER, LAST) / rmspropExpected(HYPER, LATER),
          adadeltaGrowth(Adadelta[LATER - 1], LATER, LAST),
        ],
        // From the definition: averages of the squared gradients and steps so far.
        adadeltaDifferenceFromFormula: offFormulaAlong(adadelta(DELTA), adadeltaFormula(DELTA), Array(300).fill(1)),
      },
      off: [offTheory(Adagrad, (t) => LR / Math.sqrt(t)), offTheory(RMSProp, (t) => rmspropExpected(HYPER, t))],
      // ρ⁵⁰⁰ is 7e-12: by then s has come to 1.
      adadeltaOff: [LATE, LATER, LAST].map(
        (t) => Adadelta[t - 1] / Adadelta[499] / adadeltaGrowth(Adadelta[499], 500, t) - 1,
      ),
      drawn: mapValues(sizes, (size) => DRAWN.map((t) => size[t - 1])),
    };
  },
  holds: ({ numbers, off, adadeltaOff }) =>
    agree(numbers.sums.flat(), [4, 100, 6.25, 200, 7.8125, 281, 8.8125, 362]) &&
    agree(numbers.lastStep, numbers.stepFromFormula) &&
    off.every((difference) => difference < 1e-9) &&
    numbers.adadeltaDifferenceFromFormula < ROUNDING &&
    adadeltaOff.every((difference) => Math.abs(difference) < 1e-6) &&
    // √10, less what the start still counts: D was near 20·eps when its growth began, and is 520·eps after 10,000 steps.
    near(numbers.stepAt100000OverStepAt10000[2], Math.sqrt(10), 0.04),
  told: ({ numbers, drawn }) => [
    numberTable("Adagrad's sums of squared gradients", {
      step: GRADIENTS.map((_, i) => i + 1),
      "gradient of w₁": GRADIENTS.map(([g]) => g),
      "sum for w₁": numbers.sums.map(([s]) => s),
      "gradient of w₂": GRADIENTS.map(([, g]) => g),
      "sum for w₂": numbers.sums.map(([, s]) => s),
    }),
    numberTable(`The last step, learning rate ${LR}`, {
      weight: ["w₁", "w₂"],
      step: numbers.lastStep,
      "by the formula, −lr·g/√s": numbers.stepFromFormula,
    }),
    numberTable("Step sizes at a constant gradient", {
      optimizer: Object.keys(drawn),
      [`step ${cellWords(LATE)} over step ${cellWords(EARLY)}`]: numbers.stepAt1000OverStepAt100,
      [`step ${cellWords(LAST)} over step ${cellWords(LATER)}`]: numbers.stepAt100000OverStepAt10000,
      "in theory": numbers.stepAt100000OverStepAt10000Expected,
      "law in the long run": ["1/√t", "1", "√t"],
    }),
    facts({ "difference of Adadelta's steps from the formula": numbers.adadeltaDifferenceFromFormula }),
  ],
  plot: ({ drawn }) =>
    plotOf({
      title: "Step sizes at a constant gradient",
      description:
        "Adagrad's steps fall as one over the root of the step count; RMSProp's keep their size; Adadelta's grow, after a while as the root of the step count.",
      x: { label: "step", scale: "log" },
      y: { label: "size of the step", scale: "log" },
      marks: curves(mapValues(drawn, (y) => ({ x: DRAWN, y }))),
    }),
});
