import { momentum } from "../../src/optimizers/index.ts";
import { agree, experiment } from "../experiment.ts";
import { stepsAlong } from "../moments.ts";
import { curves, plotOf } from "../plots/curves.ts";
import { facts, numberTable } from "../told.ts";

const BETA = 0.9;
const COUNT = 60;

/** Gradients that agree, and gradients that alternate. */
const AGREEING = new Array<number>(COUNT).fill(1);
const ALTERNATING = AGREEING.map((g, t) => (t % 2 === 0 ? g : -g));

/** The sums of the first 1, 2, 3, … terms of Σ qᵏ: (1 − qᵗ)/(1 − q). */
const geometric = (q: number): number[] => Array.from({ length: COUNT }, (_, t) => (1 - q ** (t + 1)) / (1 - q));

export const momentumAddsUp = experiment({
  id: "momentum-adds-up",
  title: "What momentum adds up and what it cancels",
  claim:
    "Gradients that agree add up to steps 1/(1 − β) times as long; gradients that alternate partly cancel, and the step shrinks to 1/(1 + β) of a gradient, about half.",
  subjects: { rule: momentum },
  measure(_, { rule }) {
    const optimizer = rule({ lr: 1, beta: BETA });
    const [agreeing, alternating] = [AGREEING, ALTERNATING].map((g) => stepsAlong(optimizer, g).map(Math.abs));
    return {
      numbers: {
        beta: BETA,
        consistent: agreeing[COUNT - 1],
        consistentExpected: 1 / (1 - BETA),
        alternating: alternating[COUNT - 1],
        alternatingExpected: 1 / (1 + BETA),
      },
      ...{ agreeing, alternating },
    };
  },
  // Every step on the way to the limits, too.
  holds: ({ agreeing, alternating }) => agree(agreeing, geometric(BETA)) && agree(alternating, geometric(-BETA)),
  told: ({ numbers }) => [
    facts({ β: BETA }),
    numberTable(`Size of step ${COUNT}, learning rate 1`, {
      gradients: ["all 1", "1, −1, 1, …"],
      measured: [numbers.consistent, numbers.alternating],
      limit: [numbers.consistentExpected, numbers.alternatingExpected],
      "limit, as a formula": ["1/(1 − β)", "1/(1 + β)"],
    }),
  ],
  plot: ({ agreeing, alternating }) =>
    plotOf({
      title: "Steps at gradients that agree, and at gradients that alternate",
      description:
        "Where gradients agree, the step grows to ten times the gradient; where they alternate, they partly cancel, and it shrinks to about half.",
      x: { label: "step" },
      y: { label: "size of the step", scale: "log" },
      marks: curves({ "all gradients 1": agreeing, "gradients 1, −1, 1, …": alternating }),
    }),
});
