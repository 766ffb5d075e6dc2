import { figure, line, panel } from "../../src/figure/index.ts";
import { momentum, nesterov, nesterovRewritten } from "../../src/optimizers/index.ts";
import { surfaces } from "../../src/surfaces/index.ts";
import { minimize } from "../../src/train/index.ts";
import { about } from "../experiment.ts";
import { momentumFormula, offFormulaOn, ROUNDING, slopeOf } from "../formulas.ts";
import { facts, numberTable } from "../told.ts";

const { longValley } = surfaces;

const LR = 0.004;
const BETA = 0.9;
const STEPS = 120;

const subjects = { momentum, nesterov, nesterovRewritten };

export const nesterovForms = about(subjects, {
  id: "nesterov-forms",
  title: "Classic and Nesterov momentum",
  claim:
    "Nesterov takes the gradient where the velocity is about to lead, which damps the oscillation; the form that libraries use walks exactly through those points ahead.",
  run: (_, { momentum, nesterov, nesterovRewritten }) => {
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
    const formula = momentumFormula(hyper);
    const numbers = {
      relationError: relation,
      differenceFromFormula: [
        offFormulaOn(classic, formula, slopeOf(longValley)),
        offFormulaOn(ahead, formula, slopeOf(longValley, BETA)),
      ],
      swingClassic: swing(classic.points),
      swingNesterov: swing(ahead.points),
      finalValues: [classic.values[STEPS], ahead.values[STEPS]],
    };
    return {
      holds:
        relation < 1e-12 &&
        numbers.differenceFromFormula.every((off) => off < ROUNDING) &&
        numbers.swingNesterov < 0.5 * numbers.swingClassic &&
        ahead.values[STEPS] < classic.values[STEPS],
      numbers,
      told: [
        numberTable("Momentum with and without looking ahead", {
          "": ["classic", "Nesterov"],
          "widest swing across the valley after 10 steps": [numbers.swingClassic, numbers.swingNesterov],
          [`value after ${STEPS} steps`]: numbers.finalValues,
          "difference from the formula": numbers.differenceFromFormula,
        }),
        facts({ "largest distance of the libraries' form from Nesterov's points ahead": relation }),
      ],
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
});
