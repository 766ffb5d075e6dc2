import { formatNumber } from "../../src/figure/index.ts";
import { gradientDescent } from "../../src/optimizers/index.ts";
import { surfaces } from "../../src/surfaces/index.ts";
import { minimize } from "../../src/train/index.ts";
import { experiment, near } from "../experiment.ts";
import { curves, plotOf } from "../plots/curves.ts";
import { facts, numberTable } from "../told.ts";

const { quadratic } = surfaces;

/** ½(x² + κy²): the Hessian's eigenvalues are 1 and κ. */
const CONDITION = 10;
const STEPS = 100;

const START = [-4, 2];
/** The learning rate of the optimizer that `rule` makes. */
const walk = (lr: number, rule: typeof gradientDescent) =>
  minimize(quadratic(CONDITION), { optimizer: rule({ lr }), start: START, steps: STEPS });
/** By formula: a step multiplies the coordinate along an eigenvector by 1 − lr·λ. */
const lastExpected = (lr: number): number =>
  [1, CONDITION].reduce((sum, lambda, i) => sum + 0.5 * lambda * (START[i] * (1 - lr * lambda) ** STEPS) ** 2, 0);
const last = (values: ArrayLike<number>): number => values[values.length - 1];

/** The rate above which the value grows, by bisection. */
function edge(low: number, high: number, rule: typeof gradientDescent): number {
  for (let k = 0; k < 40; k++) {
    const middle = (low + high) / 2;
    const { values } = walk(middle, rule);
    if (last(values) > values[STEPS / 2]) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

const subjects = { rule: gradientDescent };

const RATES = { "too small": 0.005, right: 2 / (1 + CONDITION), "nearly too large": 0.199, "too large": 0.205 };

export const learningRate = experiment({
  id: "learning-rate",
  title: "A learning rate that is too small, right, or too large",
  claim:
    "Gradient descent on a bowl converges at learning rates below 2/λmax and diverges above; it is fastest at 2/(λmin + λmax).",
  subjects,
  measure(_, { rule }) {
    const values = Object.values(RATES).map((lr) => [...walk(lr, rule).values]);
    const [, right] = values;
    return {
      numbers: {
        eigenvalues: [1, CONDITION],
        edgeExpected: 2 / CONDITION,
        edgeMeasured: edge(0.1, 0.4, rule),
        rates: Object.values(RATES),
        finalValues: values.map(last),
        finalValuesExpected: Object.values(RATES).map(lastExpected),
        // Each step multiplies the distance by (κ − 1)/(κ + 1) at the best rate, and the value by its square.
        valueRatioExpected: ((CONDITION - 1) / (CONDITION + 1)) ** 2,
        valueRatioMeasured: (right[60] / right[10]) ** (1 / 50),
      },
      values,
    };
  },
  holds({ numbers, values }) {
    const [slow, good, nearly, far] = numbers.finalValues;
    const [[start]] = values;
    return (
      near(numbers.edgeMeasured, numbers.edgeExpected, 1e-6) &&
      // Where the value is down to 1e-16 of the first, rounding of the points is 1e-8 of it.
      numbers.finalValues.every((value, i) => near(value, numbers.finalValuesExpected[i], 1e-6)) &&
      good < slow &&
      good < nearly &&
      nearly < start &&
      far > start &&
      Math.abs(numbers.valueRatioMeasured - numbers.valueRatioExpected) < 1e-9
    );
  },
  told: ({ numbers }) => [
    facts({
      "eigenvalues of the Hessian": `1 and ${CONDITION}`,
      "largest stable learning rate, measured": numbers.edgeMeasured,
      "largest stable learning rate in theory, 2/λmax": numbers.edgeExpected,
      "factor of the value per step at the best learning rate, measured": numbers.valueRatioMeasured,
      "factor per step in theory, ((κ − 1)/(κ + 1))²": numbers.valueRatioExpected,
    }),
    numberTable(`The value after ${STEPS} steps`, {
      "the learning rate is": Object.keys(RATES),
      "learning rate": numbers.rates,
      value: numbers.finalValues,
      "in theory": numbers.finalValuesExpected,
    }),
  ],
  plot: ({ values }) =>
    plotOf({
      title: "Learning rates on a bowl with λ = 1 and 10",
      description: `Too small a rate is slow; above ${(2 / CONDITION).toFixed(1)} the value grows. The best falls fastest.`,
      x: { label: "step" },
      y: { label: "value", scale: "log" },
      marks: curves(
        Object.fromEntries(
          Object.entries(RATES).map(([label, lr], i) => [`${label}: ${formatNumber(lr, 3)}`, values[i]]),
        ),
      ),
    }),
});
