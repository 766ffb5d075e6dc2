import { adadelta, adagrad, adam, gradientDescent, momentum, nesterov, rmsprop } from "../../optimizers/index.ts";
import { beale } from "../../surfaces/catalogue.ts";
import type { Experiment } from "../experiment.ts";
import { distances, firstStep, mapValues, pointsOf, race } from "../race.ts";
import { adaptive, methods, STEPS, told } from "../radford.ts";

/**
 * Radford's animation on Beale's function, 2014. His code was never published; measured from the animation are the start,
 * the window, the rates and decays, but for Adadelta's, whose rate was scaled, by how much cannot be seen: 50, with
 * RMSProp's decay, makes its pace that of RMSProp. Adam is ours.
 */
const entrants = methods({
  SGD: gradientDescent({ lr: 0.001 }),
  Momentum: momentum({ lr: 0.001, beta: 0.95 }),
  NAG: nesterov({ lr: 0.001, beta: 0.95 }),
  Adagrad: adagrad({ lr: 1 }),
  RMSProp: rmsprop({ lr: 0.055, rho: 0.975 }),
  Adadelta: adadelta({ lr: 50, rho: 0.975 }),
  Adam: adam({ lr: 0.3 }),
});

const window = [
  [-5, 5],
  [-5, 5],
] as const;

/** A walk has arrived where it is this near to the minimum. */
const NEAR = 0.5;
/** By then a walk that set off the right way is nearer to the minimum than its start. */
const SOON = 20;

export const radfordBeale: Experiment = {
  id: "radford-beale",
  title: "Radford's race in Beale's valley",
  claim:
    "Down Beale's steep wall momentum and NAG roll far past the valley and come back, NAG first; methods that divide by the gradient's size turn into the valley at once, and SGD crawls.",
  run: () => {
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
    const others = [past.SGD, ...adaptive.map((name) => past[name])];
    return {
      holds:
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
        ...told("pastTheValley", past),
        ...told("distanceAfter20Steps", soon),
        ...told("stepsUntilWithinHalfAUnit", arrival),
        ...told("distanceAtEnd", end),
      },
      figure: {
        ...figure,
        description: `From (1, 1.6) on the steep wall momentum comes ${past.Momentum.toFixed(1)} below the minimum's height and NAG ${past.NAG.toFixed(1)}, then both turn back; Adagrad, RMSProp, Adadelta and Adam bend into the valley and end within ${NEAR} of the minimum; SGD is still ${end.SGD.toFixed(1)} away.`,
      },
      animation,
      trajectories,
    };
  },
};
