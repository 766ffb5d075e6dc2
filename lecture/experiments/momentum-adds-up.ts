import { figure, line, panel } from "../../src/figure/index.ts";
import { momentum } from "../../src/optimizers/index.ts";
import { about, agree } from "../experiment.ts";
import { facts, numberTable } from "../told.ts";

const BETA = 0.9;
const COUNT = 60;

/** The step taken at each of a sequence of gradients, in one dimension. */
function steps(gradients: readonly number[], rule: typeof momentum): number[] {
  const optimizer = rule({ lr: 1, beta: BETA });
  const w = Float64Array.of(0);
  const state = optimizer.init(w);
  return gradients.map((g) => {
    const before = w[0];
    optimizer.step(w, Float64Array.of(g), state);
    return Math.abs(w[0] - before);
  });
}

/** The sums of the first 1, 2, 3, … terms of Σ qᵏ: (1 − qᵗ)/(1 − q). */
const geometric = (q: number): number[] => Array.from({ length: COUNT }, (_, t) => (1 - q ** (t + 1)) / (1 - q));

const subjects = { rule: momentum };

export const momentumAddsUp = about(subjects, {
  id: "momentum-adds-up",
  title: "What momentum adds up and what it cancels",
  claim:
    "Gradients that agree add up to steps 1/(1 − β) times as long; gradients that alternate cancel, and the steps shrink to 1/(1 + β) of one gradient.",
  run: (_, { rule }) => {
    const constant = steps(new Array<number>(COUNT).fill(1), rule);
    const alternating = steps(
      Array.from({ length: COUNT }, (_, t) => (t % 2 === 0 ? 1 : -1)),
      rule,
    );
    const numbers = {
      beta: BETA,
      consistent: constant[COUNT - 1],
      consistentExpected: 1 / (1 - BETA),
      alternating: alternating[COUNT - 1],
      alternatingExpected: 1 / (1 + BETA),
    };
    return {
      // Every step on the way to the limits, too.
      holds: agree(constant, geometric(BETA)) && agree(alternating, geometric(-BETA)),
      numbers,
      told: [
        facts({ β: BETA }),
        numberTable(`Size of step ${COUNT}, learning rate 1`, {
          gradients: ["all 1", "1, −1, 1, …"],
          measured: [numbers.consistent, numbers.alternating],
          limit: [numbers.consistentExpected, numbers.alternatingExpected],
          "limit, as a formula": ["1/(1 − β)", "1/(1 + β)"],
        }),
      ],
      figure: figure({
        title: "Steps at gradients that agree, and at gradients that alternate",
        description:
          "Where gradients agree, the step grows to ten times the gradient; where they alternate, it shrinks to about half.",
        panels: [
          panel({
            x: { label: "step" },
            y: { label: "size of the step", scale: "log" },
            marks: [
              line({ y: constant, label: "all gradients 1", weight: "bold" }),
              line({ y: alternating, label: "gradients 1, −1, 1, …", weight: "bold" }),
            ],
          }),
        ],
      }),
    };
  },
});
