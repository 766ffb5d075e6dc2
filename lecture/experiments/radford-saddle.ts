import { surface } from "../../src/surfaces/index.ts";
import { experiment, type Trajectories } from "../experiment.ts";
import { ROUNDING } from "../formulas.ts";
import { firstStep, mapValues } from "../race.ts";
import {
  adaptive,
  type ByMethod,
  methodTable,
  named,
  type RaceSettings,
  racePlot,
  rules,
  STEPS,
  walksOn,
} from "../radford.ts";
import { facts } from "../told.ts";

/** The curvature along the ridge is 2, that of the way down −½. */
const UP = 2;
const DOWN = 0.5;
/** The distance of the start from the ridge y = 0. */
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

/** The factor of the last step along an axis. */
const lastFactor = (trajectories: Trajectories, name: string, axis: number): number => {
  const [before, after] = trajectories[name].slice(-2);
  return after[axis] / before[axis];
};

export const radfordSaddle = experiment({
  id: "radford-saddle",
  title: "Alec Radford's animation: a saddle",
  claim:
    "On a saddle, SGD covers the same fraction of the way to the middle at each step and gets stuck there; momentum and NAG swing to and fro and leave late; adaptive methods leave early.",
  subjects: rules,
  measure(_, rules) {
    const { trajectories, off } = walksOn(saddle, rules, settings);
    const byMethod = {
      leaving: mapValues(trajectories, (points) => firstStep(points, ([, y]) => Math.abs(y) > 1)),
      beyond: mapValues(trajectories, (points) => Math.max(...points.map(([x]) => x))),
      grows: mapValues(expected, (_, name) => lastFactor(trajectories, name, 1)),
      off,
    };
    const ofSgd = {
      sgdShrinksPerStep: lastFactor(trajectories, "SGD", 0),
      sgdShrinksPerStepExpected: 1 - LR * UP,
      sgdWouldLeaveAfterSteps: Math.log(1 / OFFSET) / Math.log(c),
    };
    const numbers = {
      ...ofSgd,
      ...named("stepsToLeave", byMethod.leaving),
      ...named("farthestBeyondTheMiddle", byMethod.beyond),
      ...named("growthPerStep", byMethod.grows),
      ...named("growthPerStepExpected", expected),
      ...named("differenceFromFormula", off),
    };
    return { numbers, trajectories, ofSgd, byMethod };
  },
  holds: ({ ofSgd, byMethod: { leaving, beyond, grows, off } }) =>
    Object.values(off).every((difference) => difference < ROUNDING) &&
    Math.abs(ofSgd.sgdShrinksPerStep - 0.9) < 1e-12 &&
    Object.entries(expected).every(([name, factor]) => Math.abs(grows[name] / factor - 1) < 1e-6) &&
    leaving.SGD === Number.POSITIVE_INFINITY &&
    ofSgd.sgdWouldLeaveAfterSteps > STEPS &&
    latestOfEarly(leaving) < Math.min(leaving.Momentum, leaving.NAG) / 2 &&
    Math.max(leaving.Momentum, leaving.NAG) < STEPS &&
    Math.min(beyond.Momentum, beyond.NAG) > 0.5 &&
    adaptive.every((name) => beyond[name] < 0.1),
  told: ({ ofSgd, byMethod: { leaving, beyond, grows, off } }) => [
    facts({
      "fraction of the distance to the ridge that a step of SGD leaves": ofSgd.sgdShrinksPerStep,
      "fraction in theory, 1 − lr·2": ofSgd.sgdShrinksPerStepExpected,
      "steps after which SGD would leave": ofSgd.sgdWouldLeaveAfterSteps,
    }),
    methodTable("By optimizer", {
      "steps to leave": leaving,
      "farthest beyond the middle": beyond,
      "growth per step on the way down": grows,
      "in theory": expected,
      "difference from the formula": off,
    }),
  ],
  plot: ({ trajectories, byMethod: { leaving } }) =>
    racePlot(saddle, trajectories, {
      title: `A saddle: ${STEPS} steps of seven optimizers`,
      description: `All begin beside the ridge. SGD creeps to the saddle point and stays there; momentum and NAG swing past it to and fro and fall off after ${leaving.Momentum} and ${leaving.NAG} steps; Adagrad, RMSProp, Adadelta and Adam bend away at once and are off within ${latestOfEarly(leaving)}.`,
    }),
});

/** The steps of those that divide by the size of gradients, until the last of them has left. */
const latestOfEarly = (leaving: ByMethod): number => Math.max(...adaptive.map((name) => leaving[name]), leaving.Adam);
