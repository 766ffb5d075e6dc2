import { figure, line, panel } from "../../figure/index.ts";
import { momentum, momentumAveraged, type Optimizer, rule, schedules } from "../../optimizers/index.ts";
import { longValley } from "../../surfaces/catalogue.ts";
import { minimize, type Path } from "../../train/minimize.ts";
import type { Experiment } from "../experiment.ts";

const STEPS = 150;
const LR = 0.002;
const BETA = 0.9;

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

/** The largest distance between two walks, coordinate by coordinate. */
function apart(a: Path, b: Path): number {
  return a.points.reduce((most, x, i) => Math.max(most, Math.abs(x - b.points[i])), 0);
}

export const momentumForms: Experiment = {
  id: "momentum-forms",
  title: "Momentum with and without the factor 1 − β",
  claim:
    "With its rate scaled by 1/(1 − β), momentum with the factor takes the same path as momentum without; they part when β " +
    "changes on the way, and a rate written inside the velocity parts from both when the rate changes.",
  run: () => {
    const plain = walk(momentum({ lr: LR, beta: BETA }));
    const scaled = walk(momentumAveraged({ lr: LR / (1 - BETA), beta: BETA }));
    const unscaled = walk(momentumAveraged({ lr: LR, beta: BETA }));
    const falling = schedules.step({ lr: LR, every: 40, factor: 0.3 });
    const rising = (t: number): number => (t <= 40 ? 0.5 : BETA);
    const numbers = {
      scaled: apart(plain, scaled),
      unscaled: apart(plain, unscaled),
      inside: apart(plain, walk(momentumInside())),
      betaChanges: apart(
        walk(momentum({ lr: LR, beta: rising })),
        walk(momentumAveraged({ lr: (t) => LR / (1 - rising(t)), beta: rising })),
      ),
      insideRateChanges: apart(walk(momentum({ lr: falling, beta: BETA })), walk(momentumInside({ lr: falling }))),
    };
    return {
      holds:
        numbers.scaled < 1e-12 &&
        numbers.inside < 1e-12 &&
        numbers.unscaled > 0.1 &&
        numbers.betaChanges > 0.01 &&
        numbers.insideRateChanges > 0.01,
      numbers,
      figure: figure({
        title: "Two forms of momentum",
        description:
          "With the rate scaled by 1/(1 − β) the two curves cover each other; unscaled, the second form is slow.",
        panels: [
          panel({
            x: { label: "step" },
            y: { label: "value", scale: "log" },
            marks: [
              line({ y: [...plain.values], label: "v ← βv + g", weight: "bold" }),
              line({ y: [...scaled.values], label: "v ← βv + (1 − β)g, rate scaled" }),
              line({ y: [...unscaled.values], label: "v ← βv + (1 − β)g, same rate" }),
            ],
          }),
        ],
      }),
    };
  },
};
