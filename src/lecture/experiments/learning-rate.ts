import { figure, formatNumber, line, panel } from "../../figure/index.ts";
import { gradientDescent } from "../../optimizers/index.ts";
import { quadratic } from "../../surfaces/catalogue.ts";
import { minimize } from "../../train/minimize.ts";
import type { Experiment } from "../experiment.ts";

/** ½(x² + κy²): the Hessian's eigenvalues are 1 and κ. */
const CONDITION = 10;
const STEPS = 100;

const walk = (lr: number) =>
  minimize(quadratic(CONDITION), { optimizer: gradientDescent({ lr }), start: [-4, 2], steps: STEPS });
const last = (values: Float64Array): number => values[values.length - 1];

/** The rate above which the value grows, by bisection. */
function edge(low: number, high: number): number {
  for (let k = 0; k < 40; k++) {
    const middle = (low + high) / 2;
    const { values } = walk(middle);
    if (last(values) > values[STEPS / 2]) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

export const learningRate: Experiment = {
  id: "learning-rate",
  title: "A learning rate too small, right, and too large",
  claim: "Gradient descent on a bowl converges for rates below 2/λmax and diverges above; best is 2/(λmin + λmax).",
  run: () => {
    const best = 2 / (1 + CONDITION);
    const rates = { "too small": 0.005, right: best, "nearly too large": 0.199, "too large": 0.205 };
    const walks = Object.entries(rates).map(([label, lr]) => ({
      label: `${label}: ${formatNumber(lr, 3)}`,
      ...walk(lr),
    }));
    const measured = edge(0.1, 0.4);
    // Each step multiplies the distance by (κ − 1)/(κ + 1) at the best rate, and the value by its square.
    const [, right] = walks;
    const shrinks = (right.values[60] / right.values[10]) ** (1 / 50);
    const numbers = {
      eigenvalues: [1, CONDITION],
      edgeExpected: 2 / CONDITION,
      edgeMeasured: measured,
      finalValues: walks.map(({ values }) => last(values)),
      valueRatioExpected: ((CONDITION - 1) / (CONDITION + 1)) ** 2,
      valueRatioMeasured: shrinks,
    };
    const [slow, good, nearly, far] = numbers.finalValues;
    return {
      holds:
        Math.abs(measured - 2 / CONDITION) < 1e-3 &&
        good < slow &&
        good < nearly &&
        nearly < walks[2].values[0] &&
        far > walks[3].values[0] &&
        Math.abs(shrinks - numbers.valueRatioExpected) < 1e-9,
      numbers,
      figure: figure({
        title: "Learning rates on a bowl with λ = 1 and 10",
        description: `Too small a rate is slow; above ${(2 / CONDITION).toFixed(1)} the value grows. The best falls fastest.`,
        panels: [
          panel({
            x: { label: "step" },
            y: { label: "value", scale: "log" },
            marks: walks.map(({ label, values }) => line({ y: [...values], label, weight: "bold" })),
          }),
        ],
      }),
    };
  },
};
