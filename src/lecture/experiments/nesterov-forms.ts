import { figure, line, panel } from "../../figure/index.ts";
import { momentum, nesterov, nesterovRewritten } from "../../optimizers/index.ts";
import { longValley } from "../../surfaces/catalogue.ts";
import { minimize } from "../../train/minimize.ts";
import type { Experiment } from "../experiment.ts";

const LR = 0.004;
const BETA = 0.9;
const STEPS = 120;

export const nesterovForms: Experiment = {
  id: "nesterov-forms",
  title: "Classic and Nesterov momentum",
  claim:
    "Nesterov's gradient is taken where the velocity is about to go, which damps the oscillation; the form of the libraries walks exactly through those looked-ahead points.",
  run: () => {
    const hyper = { lr: LR, beta: BETA };
    const classic = minimize(longValley, { optimizer: momentum(hyper), steps: STEPS });
    const ahead = minimize(longValley, { optimizer: nesterov(hyper), steps: STEPS });
    const rewritten = minimize(longValley, { optimizer: nesterovRewritten(hyper), steps: STEPS });
    // The looked-ahead point of w is w − lr·β·v, and lr·v is the last step: w + β·(w − w before).
    let relation = 0;
    for (let t = 1; t <= STEPS; t++)
      for (let i = 0; i < 2; i++) {
        const [now, before] = [ahead.points[2 * t + i], ahead.points[2 * t - 2 + i]];
        relation = Math.max(relation, Math.abs(rewritten.points[2 * t + i] - (now + BETA * (now - before))));
      }
    const across = (points: Float64Array): number[] => Array.from({ length: STEPS + 1 }, (_, t) => points[2 * t + 1]);
    const swing = (points: Float64Array): number => Math.max(...across(points).slice(10).map(Math.abs));
    const numbers = {
      relationError: relation,
      swingClassic: swing(classic.points),
      swingNesterov: swing(ahead.points),
      finalValues: [classic.values[STEPS], ahead.values[STEPS]],
    };
    return {
      holds:
        relation < 1e-12 &&
        numbers.swingNesterov < 0.5 * numbers.swingClassic &&
        ahead.values[STEPS] < classic.values[STEPS],
      numbers,
      figure: figure({
        title: "Across the valley",
        description: "Classic momentum swings from wall to wall; Nesterov's dies out.",
        panels: [
          panel({
            x: { label: "step" },
            y: { label: "y, across the valley" },
            marks: [
              line({ y: across(classic.points), label: "classic", weight: "bold" }),
              line({ y: across(ahead.points), label: "Nesterov", weight: "bold" }),
            ],
          }),
        ],
      }),
    };
  },
};
