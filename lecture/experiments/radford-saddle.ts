import { surface } from "../../src/surfaces/index.ts";
import { pointsOf } from "../../src/train/index.ts";
import { about } from "../experiment.ts";
import { offFormulaOn, ROUNDING, slopeOf } from "../formulas.ts";
import { firstStep, mapValues, race, type Walks } from "../race.ts";
import { adaptive, methods, methodTable, named, type RaceSettings, rules, STEPS } from "../radford.ts";
import { facts } from "../told.ts";

/** The curvature along the ridge is 2, that of the way down −½. */
const UP = 2;
const DOWN = 0.5;
/** How far beside the ridge line y = 0 the walks begin. */
const OFFSET = 0.001;

/**
 * A saddle, after Radford's animation of 2014, whose function is not known. What is: SGD's distance to the saddle's ridge
 * line shrinks by 0.90 a step, which is 1 − lr·2 at lr = 0.05, and it sticks; so the way down is four times flatter than
 * the way up, and the walks begin a thousandth beside the ridge.
 */
const saddle = surface({
  name: "flat-saddle",
  title: "A saddle",
  text: `${UP / 2}*x^2 - ${DOWN / 2}*y^2`,
  domain: [
    [-2, 2],
    [-0.5, 2],
  ],
  start: [-1.5, OFFSET],
  saddles: [{ at: [0, 0], value: 0 }],
  complete: true,
  source: `closed form: the Hessian is diag(${UP}, ${-DOWN}) everywhere`,
});

const LR = 0.05;
const BETA = 0.95;
const settings: RaceSettings = {
  SGD: { lr: LR },
  Momentum: { lr: LR, beta: BETA },
  NAG: { lr: LR, beta: BETA },
  Adagrad: { lr: 0.3 },
  RMSProp: { lr: 0.03, rho: 0.975 },
  Adadelta: { lr: 20 },
  Adam: { lr: 0.1 },
};

/** The factor by which the distance from the ridge comes to grow: the larger root of r² − (p + q)·r + q·s. */
const growth = (sum: number, product: number): number => (sum + Math.sqrt(sum * sum - 4 * product)) / 2;
const c = 1 + LR * DOWN;
/** SGD: y ← c·y. Momentum: y″ = (c + β)·y′ − β·y. NAG, whose gradient is taken ahead: y″ = c·((1 + β)·y′ − β·y). */
const expected = { SGD: c, Momentum: growth(c + BETA, BETA), NAG: growth(c * (1 + BETA), c * BETA) };

const last = (walks: Walks, name: string, axis: number): number => {
  const [before, after] = pointsOf(walks[name]).slice(-2);
  return after[axis] / before[axis];
};

export const radfordSaddle = about(rules, {
  id: "radford-saddle",
  title: "Radford's race over a saddle",
  claim:
    "On a saddle SGD covers the same part of its way to the middle at each step and gets stuck there; momentum and NAG swing to and fro and leave late; adaptive methods leave early.",
  run: (_, rules) => {
    const entrants = methods(rules, settings);
    const { walks, figure, animation, trajectories } = race(saddle, entrants, {
      steps: STEPS,
      title: "A saddle: 200 steps of seven optimizers",
    });
    const leaving = mapValues(walks, (walk) => firstStep(walk, ([, y]) => Math.abs(y) > 1));
    const beyond = mapValues(walks, (walk) => Math.max(...pointsOf(walk).map(([x]) => x)));
    const grows = mapValues(expected, (_, name) => last(walks, name, 1));
    const off = mapValues(entrants, ({ formula, ahead }, name) =>
      offFormulaOn(walks[name], formula, slopeOf(saddle, ahead)),
    );
    const numbers = {
      sgdShrinksPerStep: last(walks, "SGD", 0),
      sgdShrinksPerStepExpected: 1 - LR * UP,
      sgdWouldLeaveAfterSteps: Math.log(1 / OFFSET) / Math.log(c),
      ...named("stepsToLeave", leaving),
      ...named("farthestBeyondTheMiddle", beyond),
      ...named("growthPerStep", grows),
      ...named("growthPerStepExpected", expected),
      ...named("differenceFromFormula", off),
    };
    const early = adaptive.map((name) => leaving[name]);
    return {
      holds:
        Object.values(off).every((difference) => difference < ROUNDING) &&
        Math.abs(numbers.sgdShrinksPerStep - 0.9) < 1e-12 &&
        Object.entries(expected).every(([name, factor]) => Math.abs(grows[name] / factor - 1) < 1e-6) &&
        leaving.SGD === Number.POSITIVE_INFINITY &&
        numbers.sgdWouldLeaveAfterSteps > STEPS &&
        Math.max(...early, leaving.Adam) < Math.min(leaving.Momentum, leaving.NAG) / 2 &&
        Math.max(leaving.Momentum, leaving.NAG) < STEPS &&
        Math.min(beyond.Momentum, beyond.NAG) > 0.5 &&
        adaptive.every((name) => beyond[name] < 0.1),
      numbers,
      told: [
        facts({
          "part of the distance to the ridge that a step of SGD leaves": numbers.sgdShrinksPerStep,
          "the same by theory, 1 − lr·2": numbers.sgdShrinksPerStepExpected,
          "steps after which SGD would leave": numbers.sgdWouldLeaveAfterSteps,
        }),
        methodTable("By optimizer", {
          "steps to leave": leaving,
          "farthest beyond the middle": beyond,
          "growth per step along the way down": grows,
          "by theory": expected,
          "difference from the formula": off,
        }),
      ],
      figure: {
        ...figure,
        description: `All begin beside the ridge line. SGD creeps to the saddle point and stays; momentum and NAG swing past it to and fro and fall off after ${leaving.Momentum} and ${leaving.NAG} steps; Adagrad, RMSProp, Adadelta and Adam bend away at once and are off within ${Math.max(...early, leaving.Adam)}.`,
      },
      animation,
      trajectories,
    };
  },
});
