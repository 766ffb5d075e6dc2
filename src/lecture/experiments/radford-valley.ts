import { adadelta, adagrad, adam, gradientDescent, momentum, nesterov, rmsprop } from "../../optimizers/index.ts";
import { surface } from "../../surfaces/index.ts";
import type { Experiment } from "../experiment.ts";
import { distances, firstStep, mapValues, pointsOf, race } from "../race.ts";
import { adaptive, methods, STEPS, told } from "../radford.ts";

/** Curvature across the valley; along it, on the pass in the middle, it is −1. */
const STEEP = 130;
/** How far beside the valley's line of symmetry the walks begin. */
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
const entrants = methods({
  SGD: gradientDescent({ lr: LR }),
  Momentum: momentum({ lr: LR, beta: 0.95 }),
  NAG: nesterov({ lr: LR, beta: 0.95 }),
  Adagrad: adagrad({ lr: 0.5 }),
  RMSProp: rmsprop({ lr: 0.055, rho: 0.975 }),
  Adadelta: adadelta({ lr: 20 }),
  Adam: adam({ lr: 0.2 }),
});

/** How often a walk crosses the valley floor in its first steps; crossings too small to be seen do not count. */
const crossings = (points: readonly (readonly number[])[]): number =>
  points.slice(1).filter(([, y], i) => y * points[i][1] < 0 && Math.abs(y - points[i][1]) > 0.01).length;

export const radfordValley: Experiment = {
  id: "radford-valley",
  title: "Radford's race in a long valley",
  claim:
    "In a long valley no stable rate gets SGD away from the line of symmetry in 200 steps; momentum and NAG swing from wall to wall while they gather speed; methods that scale by the gradients' size set off at once.",
  run: () => {
    const { walks, figure, animation, trajectories } = race(valley, entrants, {
      steps: STEPS,
      title: "A long valley: 200 steps of seven optimizers",
    });
    const leaving = mapValues(walks, (walk) => firstStep(walk, ([x]) => Math.abs(x) > 1));
    const arrival = mapValues(walks, (walk) => firstStep(walk, ([x, y]) => Math.hypot(Math.abs(x) - 4, y) < 0.1));
    const swings = mapValues(walks, (walk, name) => crossings(pointsOf(walk).slice(0, leaving[name] + 1)));
    const [{ at: minimum }] = valley.minima;
    const end = mapValues(walks, (walk) => distances(walk, minimum)[STEPS]);
    // Near the pass each step of SGD multiplies x by 1 + lr, and lr can be 2/κ at most.
    const atTheEdge = Math.log(1 / OFFSET) / Math.log1p(2 / STEEP);
    const sgd = pointsOf(walks.SGD);
    const numbers = {
      largestStableRateOfSGD: 2 / STEEP,
      stepsToLeaveWithLargestStableRate: atTheEdge,
      sgdAcrossPerStep: sgd[1][1] / sgd[0][1],
      sgdAcrossPerStepExpected: 1 - LR * STEEP,
      ...told("stepsToLeave", leaving),
      ...told("swings", swings),
      ...told("stepsUntilWithinATenth", arrival),
      ...told("distanceAtEnd", end),
    };
    const early = adaptive.map((name) => leaving[name]);
    return {
      holds:
        Math.abs(numbers.sgdAcrossPerStep - numbers.sgdAcrossPerStepExpected) < 1e-12 &&
        atTheEdge > STEPS &&
        leaving.SGD === Number.POSITIVE_INFINITY &&
        early.every((step) => 4 * step < Math.min(leaving.NAG, leaving.Momentum)) &&
        Math.max(leaving.NAG, leaving.Momentum) < STEPS &&
        Math.min(swings.Momentum, swings.NAG) > 10 &&
        adaptive.every((name) => swings[name] <= 1 && arrival[name] < Math.min(arrival.NAG, arrival.Momentum)),
      numbers,
      figure: {
        ...figure,
        description: `All begin on the valley's wall above the pass in its middle. SGD comes to rest on the pass. Momentum and NAG swing from wall to wall ${swings.Momentum} and ${swings.NAG} times before they leave it, after ${leaving.Momentum} and ${leaving.NAG} steps; the others leave within ${Math.max(...early, leaving.Adam)} steps, straight for a minimum.`,
      },
      animation,
      trajectories,
    };
  },
};
