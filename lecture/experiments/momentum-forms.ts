import { line } from "../../src/figure/index.ts";
import { momentum, momentumAveraged, type Optimizer, rule, schedules } from "../../src/optimizers/index.ts";
import { surfaces } from "../../src/surfaces/index.ts";
import { minimize, type Path, pointsOf } from "../../src/train/index.ts";
import { experiment, near } from "../experiment.ts";
import { gradientOf, momentumFormula, offFormulaOn, ROUNDING } from "../formulas.ts";
import { plotOf } from "../plots/curves.ts";
import { facts, numberTable } from "../told.ts";
import { largestDifference } from "../vectors.ts";

const { longValley } = surfaces;

const STEPS = 150;
const LR = 0.002;
const BETA = 0.9;
/** β before it rises, and the factor by which the rate falls. */
const [LOW_BETA, FACTOR] = [0.5, 0.3];

/** The rate inside the velocity: the third way in which momentum is written. */
const momentumInside = rule({
  name: "momentum-inside",
  hyper: { lr: LR, beta: BETA },
  slots: ["v"],
  update: `
    v = beta*v + lr*g
    w = w - v
  `,
});

const walk = (optimizer: Optimizer): Path => minimize(longValley, { optimizer, steps: STEPS });

const subjects = { plain: momentum, averaged: momentumAveraged, inside: momentumInside };

/** The step at which β or the rate changes. */
const CHANGE = 41;

/** How much longer one walk's step is than another's at the change, over the step before, coordinate by coordinate. */
function gainAtChange(a: Path, b: Path): number[] {
  const step = (path: Path, t: number): number[] => {
    const points = pointsOf(path);
    return points[t].map((x, i) => x - points[t - 1][i]);
  };
  const [now, other, before] = [step(a, CHANGE), step(b, CHANGE), step(b, CHANGE - 1)];
  return now.map((x, i) => (x - other[i]) / before[i]);
}

/** The largest difference between two walks, coordinate by coordinate. */
const apart = (a: Path, b: Path): number => largestDifference(a.points, b.points);

export const momentumForms = experiment({
  id: "momentum-forms",
  title: "Momentum with and without the factor 1 − β",
  claim:
    "With its learning rate scaled by 1/(1 − β), momentum with the factor 1 − β takes the same path as momentum without it; the " +
    "two part when β changes on the way, and a learning rate inside the velocity parts from both when the rate changes.",
  subjects,
  measure(_, { plain: momentum, averaged, inside: momentumInside }) {
    const plain = walk(momentum({ lr: LR, beta: BETA }));
    const scaled = walk(averaged({ lr: LR / (1 - BETA), beta: BETA }));
    const unscaled = walk(averaged({ lr: LR, beta: BETA }));
    const falling = schedules.step({ lr: LR, every: CHANGE - 1, factor: FACTOR });
    const rising = (t: number): number => (t < CHANGE ? LOW_BETA : BETA);
    const slower = walk(momentum({ lr: LR * (1 - BETA), beta: BETA }));
    const changes = {
      beta: [
        walk(averaged({ lr: (t) => LR / (1 - rising(t)), beta: rising })),
        walk(momentum({ lr: LR, beta: rising })),
      ],
      rate: [walk(momentumInside({ lr: falling })), walk(momentum({ lr: falling, beta: BETA }))],
    } as const;
    return {
      numbers: {
        scaled: apart(plain, scaled),
        unscaled: apart(plain, unscaled),
        inside: apart(plain, walk(momentumInside())),
        betaChanges: apart(...changes.beta),
        insideRateChanges: apart(...changes.rate),
        // Unscaled, it is momentum at the rate lr·(1 − β).
        unscaledFromSlower: apart(unscaled, slower),
        gainWhenBetaChanges: gainAtChange(...changes.beta),
        gainWhenBetaChangesExpected: BETA * ((1 - LOW_BETA) / (1 - BETA) - 1),
        gainWhenRateChanges: gainAtChange(...changes.rate),
        gainWhenRateChangesExpected: BETA * (1 - FACTOR),
        differenceFromFormula: offFormulaOn(plain, momentumFormula({ lr: LR, beta: BETA }), gradientOf(longValley)),
      },
      values: [plain, scaled, unscaled].map(({ values }) => [...values]),
    };
  },
  holds: ({ numbers }) =>
    numbers.scaled < 1e-12 &&
    numbers.inside < 1e-12 &&
    numbers.differenceFromFormula < ROUNDING &&
    numbers.unscaledFromSlower < 1e-12 &&
    // Where β changes, the last velocity, which is 1 − β of the sum, counts (1 − β before)/(1 − β after) times; where the
    // rate changes, a rate inside stays in the last velocity as it was. In steps before the change:
    numbers.gainWhenBetaChanges.every((gain) => near(gain, numbers.gainWhenBetaChangesExpected, 1e-6)) &&
    numbers.gainWhenRateChanges.every((gain) => near(gain, numbers.gainWhenRateChangesExpected, 1e-6)),
  told: ({ numbers }) => [
    numberTable("Largest distance from the path of momentum without the factor", {
      form: [
        "with the factor, learning rate scaled by 1/(1 − β)",
        "with the factor, same learning rate",
        "learning rate inside the velocity",
        `with the factor, learning rate scaled, β rising from ${LOW_BETA} to ${BETA}`,
        `learning rate inside the velocity, falling by a factor of ${FACTOR}`,
      ],
      distance: [numbers.scaled, numbers.unscaled, numbers.inside, numbers.betaChanges, numbers.insideRateChanges],
    }),
    numberTable("How much longer the step at the change is, in lengths of the step before it", {
      change: ["β rises", "the learning rate falls"],
      "along x": [numbers.gainWhenBetaChanges[0], numbers.gainWhenRateChanges[0]],
      "along y": [numbers.gainWhenBetaChanges[1], numbers.gainWhenRateChanges[1]],
      "in theory": [numbers.gainWhenBetaChangesExpected, numbers.gainWhenRateChangesExpected],
      "as a formula": ["β·((1 − β before)/(1 − β) − 1)", "β·(1 − factor)"],
    }),
    facts({
      "distance of the form with the factor from momentum at the learning rate lr·(1 − β)": numbers.unscaledFromSlower,
      "difference of momentum's steps from the formula": numbers.differenceFromFormula,
    }),
  ],
  plot: ({ values: [plain, scaled, unscaled] }) =>
    plotOf({
      title: "Two forms of momentum",
      description:
        "With the learning rate scaled by 1/(1 − β) the two curves cover each other; unscaled, the second form is slow.",
      x: { label: "step" },
      y: { label: "value", scale: "log" },
      marks: [
        line({ y: plain, label: "v ← βv + g", weight: "bold" }),
        line({ y: scaled, label: "v ← βv + (1 − β)g, rate scaled" }),
        line({ y: unscaled, label: "v ← βv + (1 − β)g, same rate" }),
      ],
    }),
});
