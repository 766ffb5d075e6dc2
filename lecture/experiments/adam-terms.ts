import { figure, line, marker, pairs, panel } from "../../src/figure/index.ts";
import { noisy } from "../../src/index.ts";
import { adam, adamUncorrected } from "../../src/optimizers/index.ts";
import { surface, surfaces } from "../../src/surfaces/index.ts";
import { minimize, type Path } from "../../src/train/index.ts";
import { agree, experiment } from "../experiment.ts";
import { adamFormula, adamUncorrectedFormula, offFormulaAlong, ROUNDING } from "../formulas.ts";
import {
  BETA1,
  BETA2,
  lengthExpected,
  lengthInNoise,
  longestExpected,
  optimizerOf,
  paceExpected,
  paceWhereRare,
  standardNoise,
  stepsAfterSilence,
  stepsAlong,
  WAYS,
  type Way,
} from "../moments.ts";
import { type Curve, curves, fromOne } from "../plots/curves.ts";
import { ground } from "../plots/ground.ts";
import { mean } from "../samples.ts";
import { columnsOf, facts, numberTable } from "../told.ts";

const { quadratic } = surfaces;

const START = [-4, -4];
const CONDITIONS = [1, 10, 100, 1000];
/** The bowl seen through noise, and the noise's deviation: the gradient itself is (4, 80) at the start. */
const [BOWL, SIGMA] = [20, 10];
const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);
const [, , , BOTH] = WAYS;

/** `deviations`: those of the noise where the gradient's mean is 1. */
const subjects = { optimizerOf, adam, adamUncorrected, deviations: [0.1, 0.3, 1, 3, 10, 30] };

/** Half of gradient descent's largest stable rate; with the second moment steps have a fixed length. */
const rateOn = ({ second }: Way, condition: number): number => (second ? 0.1 : 1 / condition);

const distance = ({ points }: Path, t: number): number => Math.hypot(points[2 * t], points[2 * t + 1]);

/** A walk up to the first point within a fifth of the start's distance from the minimum. */
function arrival(path: Path): Path {
  const steps = path.values.findIndex((_, t) => distance(path, t) < 0.2 * distance(path, 0));
  const count = steps === -1 ? path.values.length : steps + 1;
  return { ...path, points: path.points.subarray(0, 2 * count), values: path.values.subarray(0, count) };
}

const stepsToArrive = (way: Way, condition: number, make = optimizerOf): number => {
  const options = { optimizer: make(way, rateOn(way, condition)), start: START, steps: 5000 };
  return arrival(minimize(quadratic(condition), options)).values.length - 1;
};

function noisyWalk(way: Way, seed: number, make = optimizerOf): Path {
  const bowl = noisy(quadratic(BOWL), { sigma: SIGMA, seed });
  return arrival(minimize(bowl, { optimizer: make(way, rateOn(way, BOWL)), start: START, steps: 2000 }));
}

/** A walk's length over the distance it gained on the minimum. */
function detour(path: Path): number {
  const { points, values } = path;
  const last = values.length - 1;
  let length = 0;
  for (let i = 0; i < 2 * last; i += 2) length += Math.hypot(points[i + 2] - points[i], points[i + 3] - points[i + 1]);
  return length / (distance(path, 0) - distance(path, last));
}

/** How far apart Adam's walks are on two bowls that differ only by a factor in the value. */
function apartAtScale(factor: number, make = optimizerOf): number {
  const scaled = surface({ name: "scaled", text: `${factor} * 0.5 * (x^2 + ${BOWL}*y^2)` });
  const options = { optimizer: make(BOTH, 0.1), start: START, steps: 100 };
  const [a, b] = [quadratic(BOWL), scaled].map((bowl) => minimize(bowl, options).points);
  return a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i])), 0);
}

const firstStep = (way: Way, corrected: boolean, make = optimizerOf): number =>
  stepsAlong(make(way, 1, corrected), [1])[0];

/** Gradients along which rules are held against formulas. */
const WATCHED = 200;

/** The window in which the noisy walks are drawn. */
const WINDOW = { x: [-5.5, 1.5], y: [-4.5, 2.5] } as const;
/** Steps at a steady gradient that are drawn. */
const EARLY = 1000;

/** A curve for each way. */
const byWay = (curveOf: (i: number) => Curve) =>
  curves(Object.fromEntries(WAYS.map(({ label }, i) => [label, curveOf(i)])));

/** Kingma & Ba 2015: algorithm 1 taken apart, and what section 2.1 says of the length of its steps. */
export const adamTerms = experiment({
  id: "adam-terms",
  title: "The terms of Adam, one by one",
  claim:
    "The second moment gives steep and flat directions the same pace, whatever the scale of the loss; the first moment keeps only " +
    "(1 − β₁)/(1 + β₁) of the noise's variance; bias correction makes the first step as long as later ones, lr.",
  subjects,
  measure(_, { optimizerOf: make, adam, adamUncorrected, deviations }) {
    const noise = standardNoise(16_000);
    const watched = noise.slice(0, WATCHED);
    const [rules, formulas] = [
      [true, false].map((corrected) => make(BOTH, 1, corrected)),
      [adamFormula, adamUncorrectedFormula].map((formula) => formula({ lr: 1, eps: 0 })),
    ];
    const library = [adam, adamUncorrected].map((rule) => rule({ lr: 1, eps: 0 }));
    return {
      numbers: {
        ways: WAYS.map(({ label }) => label).join(", "),
        detourOnNoisyBowl: WAYS.map((way) => mean(SEEDS.map((seed) => detour(noisyWalk(way, seed, make))))),
        conditionNumbers: CONDITIONS,
        stepsToArrive: WAYS.map((way) => CONDITIONS.map((condition) => stepsToArrive(way, condition, make))),
        // Across, the first step arrives; along, the distance shrinks by 1 − 1/κ a step, from 1/√2 of the start's to a fifth.
        stepsToArriveOfNeitherExpected: CONDITIONS.map((k) =>
          Math.max(1, Math.ceil(Math.log(0.2 * Math.SQRT2) / Math.log(1 - 1 / k))),
        ),
        noiseOverGradient: deviations,
        stepInNoise: WAYS.map((way) => deviations.map((sigma) => lengthInNoise(way, noise, sigma, make))),
        stepInNoiseExpected: WAYS.map((way) => deviations.map((sigma) => lengthExpected(way, sigma))),
        firstStepCorrected: WAYS.map((way) => firstStep(way, true, make)),
        firstStepUncorrected: WAYS.map((way) => firstStep(way, false, make)),
        firstStepExpected: [1, 1 - BETA1, 1 / Math.sqrt(1 - BETA2), (1 - BETA1) / Math.sqrt(1 - BETA2)],
        paceWhereGradientsAreRare: WAYS.map((way) => paceWhereRare(way, make)),
        paceExpected: WAYS.map(paceExpected),
        longestSteps: stepsAfterSilence(make),
        longestStepsExpected: longestExpected,
        apartWhereLossIsThousandfold: apartAtScale(1000, make),
        differenceFromFormula: rules.map((rule, i) => offFormulaAlong(rule, formulas[i], watched)),
        differenceOfLibraryFromFormula: library.map((rule, i) => offFormulaAlong(rule, formulas[i], watched)),
      },
      noisyWalks: WAYS.map((way) => pairs(noisyWalk(way, 1).points)),
      steadySteps: WAYS.map((way) => stepsAlong(optimizerOf(way, 1, false), Array(EARLY).fill(1))),
    };
  },
  // The order is that of WAYS.
  holds({ numbers }) {
    const { stepsToArrive, stepInNoise, stepInNoiseExpected } = numbers;
    const [neither, first, second, both] = stepsToArrive;
    const [bothDetour, ...others] = numbers.detourOnNoisyBowl.toReversed();
    return (
      others.every((detour) => bothDetour < detour) &&
      agree(neither, numbers.stepsToArriveOfNeitherExpected) &&
      first[3] > Math.sqrt(10) * first[2] &&
      [second, both].every((steps) => new Set(steps).size === 1) &&
      stepInNoise.every((row, i) =>
        row.every((length, j) => Math.abs(length / stepInNoiseExpected[i][j] - 1) < 0.05),
      ) &&
      agree(numbers.firstStepCorrected, [1, 1, 1, 1]) &&
      agree(numbers.firstStepUncorrected, numbers.firstStepExpected) &&
      agree(numbers.paceWhereGradientsAreRare, numbers.paceExpected, 1e-6) &&
      agree(numbers.longestSteps, numbers.longestStepsExpected, 1e-6) &&
      numbers.apartWhereLossIsThousandfold < 1e-9 &&
      [...numbers.differenceFromFormula, ...numbers.differenceOfLibraryFromFormula].every((off) => off < ROUNDING)
    );
  },
  told({ numbers }) {
    const labels = WAYS.map(({ label }) => label);
    return [
      numberTable("What each moment does", {
        moments: labels,
        "length of a noisy walk over the distance gained": numbers.detourOnNoisyBowl,
        "first step over lr, corrected": numbers.firstStepCorrected,
        "first step, uncorrected": numbers.firstStepUncorrected,
        "in theory": numbers.firstStepExpected,
        "mean step over lr, with one gradient in 100 steps": numbers.paceWhereGradientsAreRare,
        "mean step, in theory": numbers.paceExpected,
      }),
      numberTable("Steps to the minimum of a bowl", {
        "condition number": numbers.conditionNumbers,
        ...columnsOf(labels, numbers.stepsToArrive),
        "neither, in theory": numbers.stepsToArriveOfNeitherExpected,
      }),
      numberTable("Length of a step over lr, root mean square", {
        "noise over mean gradient": numbers.noiseOverGradient,
        ...columnsOf(labels, numbers.stepInNoise),
      }),
      numberTable("Length of a step over lr in theory", {
        "noise over mean gradient": numbers.noiseOverGradient,
        ...columnsOf(labels, numbers.stepInNoiseExpected),
      }),
      numberTable("Adam's longest steps over lr, after a long silence", {
        gradients: ["a single gradient", "gradients that grow as (β₂/β₁)ᵗ"],
        measured: numbers.longestSteps,
        "in theory": numbers.longestStepsExpected,
      }),
      facts({
        "largest difference between two walks when all values are multiplied by 1000":
          numbers.apartWhereLossIsThousandfold,
      }),
      numberTable("Difference of the steps from Adam's formula", {
        "bias correction": ["with", "without"],
        "both moments": numbers.differenceFromFormula,
        "the library's Adam": numbers.differenceOfLibraryFromFormula,
      }),
    ];
  },
  plot({ numbers, noisyWalks, steadySteps }) {
    const detours = numbers.detourOnNoisyBowl.map((detour) => detour.toFixed(1));
    return figure({
      title: "What each moment adds to gradient descent",
      description:
        `On a noisy bowl the walk is ${detours[0]} times as long as the distance it gains; with the first moment ${detours[1]} times, ` +
        `with the second ${detours[2]} times, with both ${detours[3]} times. With the second moment the number of steps does not ` +
        "depend on the condition number. In noise, only steps with both moments become short. Without the correction, steps at a " +
        "steady gradient start too short with the first moment alone and up to 32 times too long with the second.",
      columns: 2,
      panels: [
        panel({
          title: "On a bowl, seen through noise",
          x: { label: "x", domain: WINDOW.x },
          y: { label: "y", domain: WINDOW.y },
          marks: [
            ground(quadratic(BOWL), { ...WINDOW, levels: 8 }),
            ...noisyWalks.map((points, i) => line({ points, label: WAYS[i].label })),
            marker({ points: [[0, 0]], shape: "star" }),
          ],
        }),
        panel({
          title: "The bowl's shape",
          x: { label: "condition number", scale: "log" },
          y: { label: "steps to the minimum", scale: "log" },
          marks: byWay((i) => ({ x: CONDITIONS, y: numbers.stepsToArrive[i] })),
        }),
        panel({
          title: "Noise",
          x: { label: "noise / mean gradient", scale: "log" },
          y: { label: "length of a step / lr", scale: "log" },
          marks: byWay((i) => ({ x: numbers.noiseOverGradient, y: numbers.stepInNoise[i] })),
        }),
        panel({
          title: "The first steps, uncorrected",
          x: { label: "step", scale: "log" },
          y: { label: "length of a step / lr", scale: "log" },
          marks: byWay((i) => fromOne(steadySteps[i])),
        }),
      ],
    });
  },
});
