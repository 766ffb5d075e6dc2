import { surfaces } from "../../src/surfaces/index.ts";
import { pointsOf } from "../../src/train/index.ts";
import { about } from "../experiment.ts";
import { offFormulaOn, ROUNDING, slopeOf } from "../formulas.ts";
import { distances, firstStep, mapValues, race } from "../race.ts";
import { adaptive, methods, methodTable, named, type RaceSettings, rules, STEPS } from "../radford.ts";
import { facts } from "../told.ts";

const { beale } = surfaces;

/**
 * Radford's animation on Beale's function, 2014. His code was never published; measured from the animation are the start,
 * the window, the rates and decays, but for Adadelta's, whose rate was scaled, by how much cannot be seen: 50, with
 * RMSProp's decay, makes its pace that of RMSProp. Adam is ours.
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

export const radfordBeale = about(rules, {
  id: "radford-beale",
  title: "Radford's race in Beale's valley",
  claim:
    "From Beale's steep wall momentum and NAG roll far past the valley and come back, NAG first; Adagrad, RMSProp and Adadelta turn into the valley at once; SGD crawls.",
  run: (_, rules) => {
    const entrants = methods(rules, settings);
    const [{ at: minimum }] = beale.minima;
    const { walks, figure, animation, trajectories } = race(beale, entrants, {
      start: [1, 1.6],
      steps: STEPS,
      window,
      title: "Beale's function: 200 steps of seven optimizers",
    });
    const away = mapValues(walks, (walk) => distances(walk, minimum));
    // The valley runs along y = 0.5 at its lowest: how far a walk comes below.
    const past = mapValues(walks, (walk) => minimum[1] - Math.min(...pointsOf(walk).map(([, y]) => y)));
    const soon = mapValues(away, (distance) => distance[SOON]);
    const end = mapValues(away, (distance) => distance[STEPS]);
    const arrival = mapValues(walks, (walk) =>
      firstStep(walk, ([x, y]) => Math.hypot(x - minimum[0], y - minimum[1]) < NEAR),
    );
    const start = away.SGD[0];
    const off = mapValues(entrants, ({ formula, ahead }, name) =>
      offFormulaOn(walks[name], formula, slopeOf(beale, ahead)),
    );
    const others = [past.SGD, ...adaptive.map((name) => past[name])];
    return {
      holds:
        Object.values(off).every((difference) => difference < ROUNDING) &&
        past.Momentum > past.NAG &&
        others.every((reach) => past.NAG > 3 * reach) &&
        soon.Momentum > start &&
        soon.NAG > start &&
        adaptive.every((name) => soon[name] < start) &&
        arrival.NAG < arrival.Momentum &&
        adaptive.every((name) => end[name] < NEAR) &&
        arrival.SGD === Number.POSITIVE_INFINITY &&
        end.SGD > start / 2,
      numbers: {
        distanceAtStart: start,
        ...named("pastTheValley", past),
        ...named("distanceAfter20Steps", soon),
        ...named("stepsUntilWithinHalfAUnit", arrival),
        ...named("distanceAtEnd", end),
        ...named("differenceFromFormula", off),
      },
      told: [
        facts({ "distance of the start from the minimum": start }),
        methodTable("By optimizer", {
          "farthest past the valley": past,
          [`distance after ${SOON} steps`]: soon,
          [`steps to within ${NEAR}`]: arrival,
          [`distance after ${STEPS} steps`]: end,
          "difference from the formula": off,
        }),
      ],
      figure: {
        ...figure,
        description: `From (1, 1.6) on the steep wall momentum comes ${past.Momentum.toFixed(1)} below the minimum's height and NAG ${past.NAG.toFixed(1)}, then both turn back; Adagrad, RMSProp, Adadelta and Adam bend into the valley and end within ${NEAR} of the minimum; SGD is still ${end.SGD.toFixed(1)} away.`,
      },
      animation,
      trajectories,
    };
  },
});
