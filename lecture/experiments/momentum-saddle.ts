import { figure, marker, panel, rule } from "../../src/figure/index.ts";
import { gradientDescent, momentum, nesterov, type Optimizer } from "../../src/optimizers/index.ts";
import { surfaces } from "../../src/surfaces/index.ts";
import { minimize } from "../../src/train/index.ts";
import { agree, experiment } from "../experiment.ts";
import { curves } from "../plots/curves.ts";
import { columnsOf, facts, numberTable } from "../told.ts";

const { saddle } = surfaces;

/** |λ| of the saddle x² − y² along y, the way down from its ridge. */
const CURVATURE = 2;
const LR = 0.01;
const BETA = 0.9;
const OFFSETS = [1e-2, 1e-4, 1e-6, 1e-8, 1e-10, 1e-12];
/** The offset that is drawn, 10⁻⁸. */
const DRAWN = 3;
/** Enough for gradient descent from the smallest offset. */
const STEPS = 1600;

/** How a walk that starts at rest leaves a ridge: its distance y becomes A·z₊ᵏ of the first distance. */
export interface Escape {
  /** z₊ */
  readonly factor: number;
  /** A */
  readonly share: number;
}

/**
 * The escape where yₖ₊₁ = s·yₖ − p·yₖ₋₁, so that yₖ = A·z₊ᵏ + B·z₋ᵏ with the roots of z² − s·z + p. The first step, without
 * a velocity yet, multiplies y by 1 + a.
 */
export function escapeOf({ s, p, a }: { s: number; p: number; a: number }): Escape {
  const root = Math.sqrt(s * s - 4 * p);
  const [larger, smaller] = [(s + root) / 2, (s - root) / 2];
  return { factor: larger, share: (1 + a - smaller) / root };
}

/** Of gradient descent, momentum and Nesterov's form, each with its update put into the form above. */
export function escapes(lr: number, beta: number): readonly Escape[] {
  const a = lr * CURVATURE;
  return [
    { s: 1 + a, p: 0, a },
    { s: 1 + beta + a, p: beta, a },
    { s: (1 + beta) * (1 + a), p: beta * (1 + a), a },
  ].map(escapeOf);
}

const NAMES = ["gradient descent", "momentum", "Nesterov"];

/** Distances from the ridge, the start's first. */
function distances(optimizer: Optimizer, offset: number): number[] {
  const { points } = minimize(saddle, { optimizer, start: [-1.5, offset], steps: STEPS });
  return Array.from({ length: STEPS + 1 }, (_, k) => Math.abs(points[2 * k + 1]));
}

/** A walk has left when it is 1 away from the ridge. */
const stepsToLeave = (walk: readonly number[]): number => walk.findIndex((y) => y >= 1);
const stepsExpected = ({ factor, share }: Escape, offset: number): number =>
  Math.ceil(-Math.log(share * offset) / Math.log(factor));

/** The factor by which y grows at each step, once z₋ᵏ has died out. */
const growth = (walk: readonly number[]): number => (walk[400] / walk[300]) ** (1 / 100);

/** The number of steps of gradient descent that one step of each other method is worth. */
function speedUps(factors: readonly number[]): number[] {
  const [plain, ...others] = factors.map(Math.log);
  return others.map((other) => other / plain);
}

const speedUpsExpected = (lr: number): number[] => speedUps(escapes(lr, BETA).map(({ factor }) => factor));

export const momentumSaddle = experiment({
  id: "momentum-saddle",
  title: "Momentum at a saddle",
  claim:
    "Beside the ridge of a saddle the distance from it grows by a constant factor per step: for gradient descent 1 + a with " +
    "a = lr·|λ|, for momentum the larger root of z² − (1 + β + a)z + β, which takes up to 1/(1 − β) times fewer steps; on the ridge all get stuck.",
  subjects: { gradientDescent, momentum, nesterov },
  measure(_, { gradientDescent, momentum, nesterov }) {
    const optimizers = [
      gradientDescent({ lr: LR }),
      momentum({ lr: LR, beta: BETA }),
      nesterov({ lr: LR, beta: BETA }),
    ];
    const expected = escapes(LR, BETA);
    const walks = optimizers.map((optimizer) => OFFSETS.map((offset) => distances(optimizer, offset)));
    const growths = walks.map((each) => growth(each[OFFSETS.length - 1]));
    const [byMomentum, byNesterov] = speedUps(growths);
    return {
      numbers: {
        curvatureAcrossRidge: -CURVATURE,
        lr: LR,
        beta: BETA,
        growthPerStep: growths,
        growthPerStepExpected: expected.map(({ factor }) => factor),
        startsFromRidge: OFFSETS,
        stepsToLeave: walks.map((each) => each.map(stepsToLeave)),
        stepsToLeaveExpected: expected.map((each) => OFFSETS.map((offset) => stepsExpected(each, offset))),
        farthestWhenStartedOnRidge: optimizers.map((optimizer) => Math.max(...distances(optimizer, 0))),
        speedUpByMomentum: byMomentum,
        speedUpByNesterov: byNesterov,
        speedUpAtVanishingRate: speedUpsExpected(1e-6)[0],
        mostSpeedUp: 1 / (1 - BETA),
      },
      drawn: walks.map((each) => each[DRAWN].slice(0, stepsToLeave(each[DRAWN]) + 1)),
    };
  },
  holds: ({ numbers }) =>
    agree(numbers.growthPerStep, numbers.growthPerStepExpected, 1e-9) &&
    agree(numbers.stepsToLeave.flat(), numbers.stepsToLeaveExpected.flat(), 0) &&
    numbers.stepsToLeave[0].every((steps, i) => steps > numbers.stepsToLeave[1][i]) &&
    numbers.farthestWhenStartedOnRidge.every((distance) => distance === 0) &&
    numbers.speedUpByMomentum < numbers.mostSpeedUp &&
    Math.abs(numbers.speedUpAtVanishingRate / numbers.mostSpeedUp - 1) < 1e-3,
  told: ({ numbers }) => [
    facts({
      "curvature across the ridge, λ": -CURVATURE,
      "learning rate": LR,
      β: BETA,
      "speed of momentum relative to gradient descent": numbers.speedUpByMomentum,
      "speed of Nesterov relative to gradient descent": numbers.speedUpByNesterov,
      "speed of momentum at a vanishing learning rate": numbers.speedUpAtVanishingRate,
      "speed of momentum at a vanishing learning rate in theory, 1/(1 − β)": numbers.mostSpeedUp,
    }),
    numberTable("Growth of the distance from the ridge", {
      optimizer: NAMES,
      "factor per step": numbers.growthPerStep,
      "in theory": numbers.growthPerStepExpected,
      "farthest when started on the ridge": numbers.farthestWhenStartedOnRidge,
    }),
    numberTable("Steps to leave the ridge", {
      "distance at the start": OFFSETS,
      ...columnsOf(NAMES, numbers.stepsToLeave),
      ...columnsOf(
        NAMES.map((name) => `${name}, in theory`),
        numbers.stepsToLeaveExpected,
      ),
    }),
  ],
  plot({ numbers, drawn }) {
    const rates = Array.from({ length: 31 }, (_, k) => 10 ** (-5 + k / 6));
    const [plain, heavy] = numbers.stepsToLeave.map((steps) => steps[DRAWN]);
    return figure({
      title: "Off the ridge of a saddle",
      description:
        `From 10⁻⁸ beside the ridge, gradient descent takes ${plain} steps to a distance of 1, momentum ${heavy}; on a ` +
        "logarithmic scale all are straight lines. The smaller the learning rate, the nearer momentum comes to ten times the speed.",
      panels: [
        panel({
          title: `Started 10⁻⁸ beside it, lr ${LR}`,
          x: { label: "step" },
          y: { label: "distance from the ridge", scale: "log" },
          marks: curves(columnsOf(NAMES, drawn)),
        }),
        panel({
          title: "Steps saved (points: measured)",
          x: { label: "learning rate", scale: "log" },
          y: { label: "speed over gradient descent's", domain: [0, 11] },
          marks: [
            ...["momentum", "Nesterov"].flatMap((label, i) =>
              curves({ [label]: { x: rates, y: rates.map((lr) => speedUpsExpected(lr)[i]) } }),
            ),
            marker({
              points: [numbers.speedUpByMomentum, numbers.speedUpByNesterov].map((speedUp) => [LR, speedUp]),
              size: 6,
            }),
            rule({ y: numbers.mostSpeedUp, text: "1/(1 − β)" }),
          ],
        }),
      ],
    });
  },
});
