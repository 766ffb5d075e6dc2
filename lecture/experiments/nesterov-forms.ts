import { momentum, nesterov, nesterovRewritten, type Optimizer } from "../../src/optimizers/index.ts";
import { surfaces } from "../../src/surfaces/index.ts";
import { minimize, type Path, pointsOf } from "../../src/train/index.ts";
import { experiment } from "../experiment.ts";
import { gradientOf, momentumFormula, offFormulaOn, ROUNDING } from "../formulas.ts";
import { curves, plotOf } from "../plots/curves.ts";
import { facts, numberTable } from "../told.ts";
import { largestDifference } from "../vectors.ts";

const { longValley } = surfaces;

const HYPER = { lr: 0.004, beta: 0.9 };
const STEPS = 120;

const walk = (optimizer: Optimizer): Path => minimize(longValley, { optimizer, steps: STEPS });

/** The distance of a walk from the valley floor, step by step. */
const across = (path: Path): number[] => pointsOf(path).map(([, y]) => y);

/** The points ahead of a walk: that of w is w − lr·β·v, and lr·v is the last step, so it is w + β·(w − w before). */
const ahead = (path: Path): number[] => {
  const points = pointsOf(path);
  return points.slice(1).flatMap((now, t) => now.map((x, i) => x + HYPER.beta * (x - points[t][i])));
};

/** The widest swing after the first ten steps. */
const swing = (y: readonly number[]): number => Math.max(...y.slice(10).map(Math.abs));

export const nesterovForms = experiment({
  id: "nesterov-forms",
  title: "Classic and Nesterov momentum",
  claim:
    "Nesterov takes the gradient at the point to which the velocity is about to lead, which damps the oscillation; the form that libraries use walks exactly through those points ahead.",
  subjects: { momentum, nesterov, nesterovRewritten },
  measure(_, { momentum, nesterov, nesterovRewritten }) {
    const [classic, lookingAhead, rewritten] = [momentum, nesterov, nesterovRewritten].map((rule) => walk(rule(HYPER)));
    const formula = momentumFormula(HYPER);
    const walks = { classic: across(classic), Nesterov: across(lookingAhead) };
    return {
      numbers: {
        relationError: largestDifference(ahead(lookingAhead), rewritten.points.subarray(2)),
        differenceFromFormula: [
          offFormulaOn(classic, formula, gradientOf(longValley)),
          offFormulaOn(lookingAhead, formula, gradientOf(longValley, HYPER.beta)),
        ],
        swingClassic: swing(walks.classic),
        swingNesterov: swing(walks.Nesterov),
        finalValues: [classic.values[STEPS], lookingAhead.values[STEPS]],
      },
      walks,
    };
  },
  holds: ({ numbers }) =>
    numbers.relationError < 1e-12 &&
    numbers.differenceFromFormula.every((off) => off < ROUNDING) &&
    numbers.swingNesterov < 0.5 * numbers.swingClassic &&
    numbers.finalValues[1] < numbers.finalValues[0],
  told: ({ numbers }) => [
    numberTable("Momentum with and without looking ahead", {
      momentum: ["classic", "Nesterov"],
      "widest swing across the valley after 10 steps": [numbers.swingClassic, numbers.swingNesterov],
      [`value after ${STEPS} steps`]: numbers.finalValues,
      "difference from the formula": numbers.differenceFromFormula,
    }),
    facts({ "largest distance of the libraries' form from Nesterov's points ahead": numbers.relationError }),
  ],
  plot: ({ walks }) =>
    plotOf({
      title: "Across the valley",
      description: "Classic momentum swings from wall to wall; Nesterov's swings die out.",
      x: { label: "step" },
      y: { label: "y, across the valley" },
      marks: curves(walks),
    }),
});
