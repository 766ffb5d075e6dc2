import { surfaces } from "../../src/surfaces/index.ts";
import { experiment } from "../experiment.ts";
import { ROUNDING } from "../formulas.ts";
import { distances, firstStep, mapValues } from "../race.ts";
import { adaptive, methodTable, named, type RaceSettings, racePlot, rules, STEPS, walksOn } from "../radford.ts";
import { facts } from "../told.ts";

const { beale } = surfaces;
const [{ at: minimum }] = beale.minima;

/**
 * Radford's animation on Beale's function, 2014. His code was never published; measured from the animation are the start,
 * the window, the rates and decays; not Adadelta's rate, which was scaled by a factor that cannot be seen: 50, with
 * RMSProp's decay, makes it as fast as RMSProp. Adam is ours.
 */
const settings: RaceSettings = {
  SGD: { lr: 0.001 },
  Momentum: { lr: 0.001, beta: 0.95 },
  NAG: { lr: 0.001, beta: 0.95 },
  Adagrad: { lr: 1 },
  RMSProp: { lr: 0.055, rho: 0.975 },
  Adadelta: { lr: 50, rho: 0.975 },
  Adam: { lr: 0.3 },
};

const window = [
  [-5, 5],
  [-5, 5],
] as const;

/** A walk has arrived where it is this near to the minimum. */
const NEAR = 0.5;
/** By then a walk that set off the right way is nearer to the minimum than its start. */
const SOON = 20;

export const radfordBeale = experiment({
  id: "radford-beale",
  title: "Alec Radford's animation: Beale's valley",
  claim:
    "From the steep wall of Beale's valley, momentum and NAG shoot far past the valley and come back, NAG first; Adagrad, RMSProp and Adadelta turn into the valley at once; SGD crawls.",
  subjects: rules,
  measure(_, rules) {
    const { trajectories, off } = walksOn(beale, rules, settings, [1, 1.6]);
    const away = mapValues(trajectories, (points) => distances(points, minimum));
    const byMethod = {
      // The valley's floor is lowest at y = 0.5: how far below that a walk comes.
      past: mapValues(trajectories, (points) => minimum[1] - Math.min(...points.map(([, y]) => y))),
      soon: mapValues(away, (distance) => distance[SOON]),
      arrival: mapValues(trajectories, (points) =>
        firstStep(points, ([x, y]) => Math.hypot(x - minimum[0], y - minimum[1]) < NEAR),
      ),
      end: mapValues(away, (distance) => distance[STEPS]),
      off,
    };
    const numbers = {
      distanceAtStart: away.SGD[0],
      ...named("pastTheValley", byMethod.past),
      ...named("distanceAfter20Steps", byMethod.soon),
      ...named("stepsUntilWithinHalfAUnit", byMethod.arrival),
      ...named("distanceAtEnd", byMethod.end),
      ...named("differenceFromFormula", off),
    };
    return { numbers, trajectories, start: away.SGD[0], byMethod };
  },
  holds({ start, byMethod: { past, soon, arrival, end, off } }) {
    const others = [past.SGD, ...adaptive.map((name) => past[name])];
    return (
      Object.values(off).every((difference) => difference < ROUNDING) &&
      past.Momentum > past.NAG &&
      others.every((reach) => past.NAG > 3 * reach) &&
      soon.Momentum > start &&
      soon.NAG > start &&
      adaptive.every((name) => soon[name] < start) &&
      arrival.NAG < arrival.Momentum &&
      adaptive.every((name) => end[name] < NEAR) &&
      arrival.SGD === Number.POSITIVE_INFINITY &&
      end.SGD > start / 2
    );
  },
  told: ({ start, byMethod: { past, soon, arrival, end, off } }) => [
    facts({ "distance from the start to the minimum": start }),
    methodTable("By optimizer", {
      "farthest past the valley": past,
      [`distance after ${SOON} steps`]: soon,
      [`steps to within ${NEAR}`]: arrival,
      [`distance after ${STEPS} steps`]: end,
      "difference from the formula": off,
    }),
  ],
  plot: ({ trajectories, byMethod: { past, end } }) =>
    racePlot(beale, trajectories, {
      window,
      title: `Beale's function: ${STEPS} steps of seven optimizers`,
      description: `From (1, 1.6) on the steep wall, momentum runs ${past.Momentum.toFixed(1)} below the minimum and NAG ${past.NAG.toFixed(1)} below it, then both turn back; Adagrad, RMSProp, Adadelta and Adam bend into the valley and end within ${NEAR} of the minimum; SGD is still ${end.SGD.toFixed(1)} away.`,
    }),
});
