import { figure, line, panel } from "../../figure/index.ts";
import { momentum } from "../../optimizers/index.ts";
import type { Experiment } from "../experiment.ts";

const BETA = 0.9;
const COUNT = 60;

/** The step taken at each of a sequence of gradients, in one dimension. */
function steps(gradients: readonly number[]): number[] {
  const optimizer = momentum({ lr: 1, beta: BETA });
  const w = Float64Array.of(0);
  const state = optimizer.init(w);
  return gradients.map((g) => {
    const before = w[0];
    optimizer.step(w, Float64Array.of(g), state);
    return Math.abs(w[0] - before);
  });
}

export const momentumAddsUp: Experiment = {
  id: "momentum-adds-up",
  title: "What momentum adds up and what it cancels",
  claim:
    "Gradients that agree add up to steps 1/(1 − β) times as long; gradients that alternate cancel, to 1/(1 + β) of one.",
  run: () => {
    const constant = steps(new Array<number>(COUNT).fill(1));
    const alternating = steps(Array.from({ length: COUNT }, (_, t) => (t % 2 === 0 ? 1 : -1)));
    // After n steps the geometric series has reached its limit but for a part βⁿ.
    const rest = BETA ** COUNT;
    const numbers = {
      beta: BETA,
      consistent: constant[COUNT - 1],
      consistentExpected: 1 / (1 - BETA),
      alternating: alternating[COUNT - 1],
      alternatingExpected: 1 / (1 + BETA),
    };
    return {
      holds:
        Math.abs(numbers.consistent / numbers.consistentExpected - 1) < 1.01 * rest &&
        Math.abs(numbers.alternating / numbers.alternatingExpected - 1) < 1.01 * rest,
      numbers,
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
};
