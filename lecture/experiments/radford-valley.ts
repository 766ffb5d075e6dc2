import { surface } from "../../src/surfaces/index.ts";
import { experiment } from "../experiment.ts";
import { ROUNDING } from "../formulas.ts";
import { distances, firstStep, mapValues } from "../race.ts";
import { adaptive, methodTable, named, type RaceSettings, racePlot, rules, STEPS, walksOn } from "../radford.ts";
import { facts } from "../told.ts";

/** Curvature across the valley; along it, on the pass in the middle, it is −1. */
const STEEP = 130;
/** The distance of the start from the valley's line of symmetry. */
const OFFSET = 0.01;

/**
 * A long valley, after Radford's animation of 2014, whose function is not known. What is: methods that do not scale by
 * gradients struggle to break a symmetry, momentum and NAG swing from wall to wall until they have built up speed along
 * the valley. So the walks begin on the wall above a pass from which the valley floor falls to both sides, all but on
 * the line that parts them. (x² − 16)²/64 has curvature −1 at 0 and minima at ±4.
 */
const valley = surface({
  name: "valley-with-a-pass",
  title: "A long valley with a pass",
  text: `(x^2 - 16)^2/64 + ${STEEP / 2}*y^2`,
  domain: [
    [-5.5, 5.5],
    [-2, 2],
  ],
  start: [OFFSET, 1.5],
  minima: [
    { at: [4, 0], value: 0 },
    { at: [-4, 0], value: 0 },
  ],
  saddles: [{ at: [0, 0], value: 4 }],
  complete: true,
  source: "closed form",
});

/** One rate for those without scaling; NAG is stable across the valley below 2(1 + β)/(1 + 2β)/130 = 0.0103. */
const LR = 0.01;
const settings: RaceSettings = {
  SGD: { lr: LR },
  Momentum: { lr: LR, beta: 0.95 },
  NAG: { lr: LR, beta: 0.95 },
  Adagrad: { lr: 0.5 },
  RMSProp: { lr: 0.055, rho: 0.975 },
  Adadelta: { lr: 20 },
  Adam: { lr: 0.2 },
};

/** The number of times that a walk crosses the valley floor in its first steps; crossings too small to be seen do not count. */
const crossings = (points: readonly (readonly number[])[]): number =>
  points.slice(1).filter(([, y], i) => y * points[i][1] < 0 && Math.abs(y - points[i][1]) > 0.01).length;

export const radfordValley = experiment({
  id: "radford-valley",
  title: "Alec Radford's animation: a long valley",
  claim:
    `In a long valley, SGD does not leave the line of symmetry within ${STEPS} steps at any stable learning rate; ` +
    "momentum and NAG swing from wall to wall while they gather speed; methods that divide by the size of the gradients set off at once.",
  subjects: rules,
  measure(_, rules) {
    const { trajectories, off } = walksOn(valley, rules, settings);
    const leaving = mapValues(trajectories, (points) => firstStep(points, ([x]) => Math.abs(x) > 1));
    const [{ at: minimum }] = valley.minima;
    const byMethod = {
      leaving,
      swings: mapValues(trajectories, (points, name) => crossings(points.slice(0, leaving[name] + 1))),
      arrival: mapValues(trajectories, (points) => firstStep(points, ([x, y]) => Math.hypot(Math.abs(x) - 4, y) < 0.1)),
      end: mapValues(trajectories, (points) => distances(points, minimum)[STEPS]),
      off,
    };
    const { SGD: sgd } = trajectories;
    const numbers = {
      largestStableRateOfSGD: 2 / STEEP,
      // Near the pass each step of SGD multiplies x by 1 + lr, and lr can be 2/κ at most.
      stepsToLeaveWithLargestStableRate: Math.log(1 / OFFSET) / Math.log1p(2 / STEEP),
      sgdAcrossPerStep: sgd[1][1] / sgd[0][1],
      sgdAcrossPerStepExpected: 1 - LR * STEEP,
    };
    return {
      numbers: {
        ...numbers,
        ...named("stepsToLeave", leaving),
        ...named("swings", byMethod.swings),
        ...named("stepsUntilWithinATenth", byMethod.arrival),
        ...named("distanceAtEnd", byMethod.end),
        ...named("differenceFromFormula", off),
      },
      ...{ trajectories, byMethod },
      ofSgd: numbers,
    };
  },
  holds: ({ ofSgd, byMethod: { leaving, swings, arrival, off } }) =>
    Object.values(off).every((difference) => difference < ROUNDING) &&
    Math.abs(ofSgd.sgdAcrossPerStep - ofSgd.sgdAcrossPerStepExpected) < 1e-12 &&
    ofSgd.stepsToLeaveWithLargestStableRate > STEPS &&
    leaving.SGD === Number.POSITIVE_INFINITY &&
    adaptive.every((name) => 4 * leaving[name] < Math.min(leaving.NAG, leaving.Momentum)) &&
    Math.max(leaving.NAG, leaving.Momentum) < STEPS &&
    Math.min(swings.Momentum, swings.NAG) > 10 &&
    adaptive.every((name) => swings[name] <= 1 && arrival[name] < Math.min(arrival.NAG, arrival.Momentum)),
  told: ({ ofSgd, byMethod: { leaving, swings, arrival, end, off } }) => [
    facts({
      "largest stable learning rate of SGD, 2/κ": ofSgd.largestStableRateOfSGD,
      "steps SGD would need at that learning rate to leave the line of symmetry":
        ofSgd.stepsToLeaveWithLargestStableRate,
      "SGD's factor per step across the valley": ofSgd.sgdAcrossPerStep,
      "SGD's factor per step in theory, 1 − lr·κ": ofSgd.sgdAcrossPerStepExpected,
    }),
    methodTable("By optimizer", {
      "steps to leave the line": leaving,
      "swings from wall to wall": swings,
      "steps to within 0.1 of a minimum": arrival,
      "distance at the end": end,
      "difference from the formula": off,
    }),
  ],
  plot: ({ trajectories, byMethod: { leaving, swings } }) =>
    racePlot(valley, trajectories, {
      title: `A long valley: ${STEPS} steps of seven optimizers`,
      description: `All begin on the wall of the valley, above the pass in its middle. SGD comes to rest on the pass. Momentum and NAG swing from wall to wall ${swings.Momentum} and ${swings.NAG} times before they leave it, after ${leaving.Momentum} and ${leaving.NAG} steps; the others leave within ${Math.max(...adaptive.map((name) => leaving[name]), leaving.Adam)} steps, straight for a minimum.`,
    }),
});
