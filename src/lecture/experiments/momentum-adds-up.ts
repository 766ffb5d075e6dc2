import { figure, line, panel } from "../../figure/index.ts";
import { gradientDescent, momentum, momentumAveraged, type Optimizer } from "../../optimizers/index.ts";
import { Random } from "../../random/index.ts";
import { saddle } from "../../surfaces/catalogue.ts";
import { minimize } from "../../train/minimize.ts";
import type { Experiment } from "../experiment.ts";

const BETA = 0.9;
const COUNT = 60;

/** The step taken at each of a sequence of gradients, in one dimension. */
function steps(optimizer: Optimizer, gradients: readonly number[]): number[] {
  const w = Float64Array.of(0);
  const state = optimizer.init(w);
  return gradients.map((g) => {
    const before = w[0];
    optimizer.step(w, Float64Array.of(g), state);
    return Math.abs(w[0] - before);
  });
}

/** The first step after which a walk has left the saddle's level: its value is below −1. */
const leaves = (values: Float64Array): number => values.findIndex((value) => value < -1);

export const momentumAddsUp: Experiment = {
  id: "momentum-adds-up",
  title: "What momentum adds up and what it cancels",
  claim:
    "Gradients that agree add up to steps 1/(1 − β) as long, gradients that alternate cancel to 1/(1 + β); noise is smoothed, and a saddle is left sooner.",
  run: () => {
    const optimizer = momentum({ lr: 1, beta: BETA });
    const constant = steps(optimizer, new Array<number>(COUNT).fill(1));
    const alternating = steps(
      optimizer,
      Array.from({ length: COUNT }, (_, t) => (t % 2 === 0 ? 1 : -1)),
    );
    const random = new Random(1, "noise");
    const noise = Array.from({ length: 4000 }, () => random.normal());
    const signed = smoothed(noise);
    const [plain, heavy] = [gradientDescent({ lr: 0.01 }), momentum({ lr: 0.01, beta: BETA })].map((method) =>
      minimize(saddle, { optimizer: method, start: [-1.5, 0.001], steps: 600 }),
    );
    const numbers = {
      beta: BETA,
      consistent: constant[COUNT - 1],
      consistentExpected: 1 / (1 - BETA),
      alternating: alternating[COUNT - 1],
      alternatingExpected: 1 / (1 + BETA),
      noiseVariance: signed,
      noiseVarianceExpected: (1 - BETA) / (1 + BETA),
      leavesSaddleAtStep: [leaves(plain.values), leaves(heavy.values)],
    };
    const [slow, fast] = numbers.leavesSaddleAtStep;
    return {
      holds:
        Math.abs(numbers.consistent / 10 - 1) < 0.01 &&
        Math.abs(numbers.alternating * 1.9 - 1) < 0.01 &&
        Math.abs(signed / numbers.noiseVarianceExpected - 1) < 0.2 &&
        fast > 0 &&
        fast < slow / 2,
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

/** The variance of the averaged momentum of unit noise, once it has settled. */
function smoothed(noise: readonly number[]): number {
  const w = Float64Array.of(0);
  const optimizer = momentumAveraged({ lr: 1, beta: BETA });
  const state = optimizer.init(w);
  const v = noise.map((g) => {
    const before = w[0];
    optimizer.step(w, Float64Array.of(g), state);
    return w[0] - before;
  });
  const settled = v.slice(100);
  return settled.reduce((total, x) => total + x * x, 0) / settled.length;
}
