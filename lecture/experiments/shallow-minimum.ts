import { type Figure, figure, line, panel, rule } from "../../src/figure/index.ts";
import { gradientDescent, momentum, nesterov, type Optimizer } from "../../src/optimizers/index.ts";
import { surfaces } from "../../src/surfaces/index.ts";
import { minimize, objectiveOf, type Path } from "../../src/train/index.ts";
import { experiment } from "../experiment.ts";
import { descentFormula, gradientOf, momentumFormula, offFormulaOn, ROUNDING } from "../formulas.ts";
import { columnsOf, facts, numberTable } from "../told.ts";

const { tiltedValleys } = surfaces;

const [deep, shallow] = tiltedValleys.minima.map(({ at: [x] }) => x);
const [ridge] = tiltedValleys.saddles.map(({ at: [x] }) => x);
/** On the wall of the shallow valley. */
const START = 1.8;
const LR = 0.01;
const BETAS = [0.8, 0.9, 0.96];
/** Each a quarter of the one before. */
const RATES = [LR, LR / 4, LR / 16];
/** The time for which walks and balls are watched, in steps of length √lr. */
const TIME = 50;

const pathOf = (optimizer: Optimizer, lr: number): Path =>
  minimize(tiltedValleys, { optimizer, start: [START, 0], steps: Math.ceil(TIME / Math.sqrt(lr)) });

/** Positions along the floor, on which y is 0. */
const alongFloor = ({ points }: Path): Float64Array => points.filter((_, i) => i % 2 === 0);
const walk = (optimizer: Optimizer, lr: number): Float64Array => alongFloor(pathOf(optimizer, lr));

const endOf = (x: Float64Array): number => x[x.length - 1];

/** The number of times that a walk crosses the ridge. */
const crossings = (x: Float64Array): number =>
  x.reduce((count, at, k) => (k > 0 && at < ridge !== x[k - 1] < ridge ? count + 1 : count), 0);

/** The least x from which on something is true, by bisection. */
function beginning(low: number, high: number, isTrue: (x: number) => boolean): number {
  for (let k = 0; k < 40; k++) {
    const middle = (low + high) / 2;
    if (isTrue(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The least β with which a walk crosses the ridge a number of times. */
const leastBeta = (method: typeof momentum, lr: number, times: number): number =>
  beginning(0, 1 - 1e-9, (beta) => crossings(walk(method({ lr, beta }), lr)) >= times);

/** The time that a step takes in the ball's law, below. */
const timeStep = (beta: number, lr: number): number => Math.sqrt((2 * lr) / (1 + beta));

/**
 * The friction of the ball that momentum imitates (Polyak 1964 calls the method a heavy ball). In terms of the differences
 * δ²x = xₖ₊₁ − 2xₖ + xₖ₋₁ and Δx = ½(xₖ₊₁ − xₖ₋₁) a step says ½(1 + β)·δ²x + (1 − β)·Δx = −lr·f′. This is the law
 * x″ + γx′ = −f′ to within O(h²), with time steps h, h² = 2lr/(1 + β), and γ = 2(1 − β)/((1 + β)h).
 */
export const frictionOf = (beta: number, lr: number): number => (2 * (1 - beta)) / ((1 + beta) * timeStep(beta, lr));

/** The friction up to which a ball that is let go at the start crosses the ridge a number of times. */
function mostFriction(times: number): number {
  const { gradient } = objectiveOf(tiltedValleys);
  const g = new Float64Array(2);
  const derivative = (x: number): number => {
    gradient(Float64Array.of(x, 0), g);
    return g[0];
  };
  return -beginning(-10, 0, (negative) => crossings(roll(derivative, -negative)) >= times);
}

/** A ball's positions over time, by the method of Runge and Kutta. */
export function roll(derivative: (x: number) => number, friction: number, h = 0.01): Float64Array {
  const pull = (x: number, v: number): number => -derivative(x) - friction * v;
  const positions = new Float64Array(Math.ceil(TIME / h)).fill(START);
  let v = 0;
  for (let k = 1; k < positions.length; k++) {
    const x = positions[k - 1];
    const a1 = pull(x, v);
    const a2 = pull(x + (h / 2) * v, v + (h / 2) * a1);
    const a3 = pull(x + (h / 2) * v + ((h * h) / 4) * a1, v + (h / 2) * a2);
    const a4 = pull(x + h * v + ((h * h) / 2) * a2, v + h * a3);
    positions[k] = x + h * v + ((h * h) / 6) * (a1 + a2 + a3);
    v += (h / 6) * (a1 + 2 * a2 + 2 * a3 + a4);
  }
  return positions;
}

/** The factors by which the distance to the limit falls from rate to rate: an error of order h² falls to a quarter. */
const errorRatios = (frictions: readonly number[], limit: number): number[] =>
  frictions.slice(1).map((friction, i) => (frictions[i] - limit) / (friction - limit));

const subjects = { plain: gradientDescent, momentum, nesterov, frictionOf, rates: RATES };

export const shallowMinimum = experiment({
  id: "shallow-minimum",
  title: "Momentum rolls out of a shallow minimum",
  claim:
    "Gradient descent stays in a shallow minimum; momentum rolls out of it if its friction, (1 − β)·√(2/((1 + β)·lr)), is less " +
    "than that with which a ball just gets over the ridge; with too little friction it comes back.",
  subjects,
  measure(_, { plain: descent, momentum, nesterov, frictionOf, rates }) {
    const paths = {
      plain: [pathOf(descent({ lr: LR }), LR)],
      momentum: BETAS.map((beta) => pathOf(momentum({ lr: LR, beta }), LR)),
      nesterov: BETAS.map((beta) => pathOf(nesterov({ lr: LR, beta }), LR)),
    };
    const [plain] = paths.plain.map(alongFloor);
    const [walks, ahead] = [paths.momentum.map(alongFloor), paths.nesterov.map(alongFloor)];
    const off = [
      offFormulaOn(paths.plain[0], descentFormula({ lr: LR }), gradientOf(tiltedValleys)),
      ...BETAS.flatMap((beta, i) => {
        const formula = momentumFormula({ lr: LR, beta });
        return [
          offFormulaOn(paths.momentum[i], formula, gradientOf(tiltedValleys)),
          offFormulaOn(paths.nesterov[i], formula, gradientOf(tiltedValleys, beta)),
        ];
      }),
    ];
    const [out, back] = [1, 2].map((times) => rates.map((lr) => leastBeta(momentum, lr, times)));
    const [frictionOut, frictionBack] = [out, back].map((betas) => betas.map((beta, i) => frictionOf(beta, rates[i])));
    const [ballOut, ballBack] = [1, 2].map(mostFriction);
    const numbers = {
      minima: [deep, shallow],
      ridge,
      start: START,
      lr: LR,
      endOfGradientDescent: endOf(plain),
      betas: BETAS,
      endsOfMomentum: walks.map(endOf),
      endsOfNesterov: ahead.map(endOf),
      largestDifferenceFromFormula: Math.max(...off),
      rates,
      leastBetaOut: out,
      leastBetaOutNesterov: rates.map((lr) => leastBeta(nesterov, lr, 1)),
      leastBetaBack: back,
      frictionOut,
      frictionOutOfBall: ballOut,
      frictionBack,
      frictionBackOfBall: ballBack,
      errorRatios: [errorRatios(frictionOut, ballOut), errorRatios(frictionBack, ballBack)],
      errorRatioExpected: 4,
    };
    return { numbers, plain: [...plain], walks: walks.map((x) => [...x]) };
  },
  holds({ numbers }) {
    const ends = (positions: readonly number[], minima: readonly number[]): boolean =>
      positions.every((x, i) => Math.abs(x - minima[i]) < 1e-3);
    return (
      numbers.largestDifferenceFromFormula < ROUNDING &&
      ends([numbers.endOfGradientDescent], [shallow]) &&
      ends(numbers.endsOfMomentum, [shallow, deep, shallow]) &&
      // To Nesterov's walk the gradient ahead is more friction: it needs a larger β, and does not come back.
      ends(numbers.endsOfNesterov, [shallow, deep, deep]) &&
      numbers.leastBetaOutNesterov.every((beta, i) => beta > numbers.leastBetaOut[i]) &&
      numbers.leastBetaOut.every((beta, i) => beta < numbers.leastBetaBack[i]) &&
      numbers.errorRatios.flat().every((ratio) => ratio > 3.5 && ratio < 4.5)
    );
  },
  told: ({ numbers }) => [
    facts({
      "deep minimum, x": deep,
      "shallow minimum, x": shallow,
      "ridge between them, x": ridge,
      "start, x": START,
      "where gradient descent ends, x": numbers.endOfGradientDescent,
      "largest difference from the formula, relative to the longest step": numbers.largestDifferenceFromFormula,
    }),
    numberTable(`Where momentum ends, learning rate ${LR}`, {
      β: BETAS,
      "momentum ends at x": numbers.endsOfMomentum,
      "Nesterov ends at x": numbers.endsOfNesterov,
    }),
    numberTable("The least β with which", {
      "learning rate": numbers.rates,
      "momentum gets out": numbers.leastBetaOut,
      "Nesterov gets out": numbers.leastBetaOutNesterov,
      "momentum comes back": numbers.leastBetaBack,
      "friction on the way out": numbers.frictionOut,
      "friction on the way back": numbers.frictionBack,
    }),
    numberTable("A ball, the limit of small learning rates", {
      "friction with which it just": ["gets out", "comes back"],
      friction: [numbers.frictionOutOfBall, numbers.frictionBackOfBall],
      ...columnsOf(
        numbers.rates.slice(1).map((rate, i) => `error at rate ${numbers.rates[i]} over that at ${rate}`),
        numbers.rates.slice(1).map((_, i) => numbers.errorRatios.map((ratios) => ratios[i])),
      ),
      "in theory": [numbers.errorRatioExpected, numbers.errorRatioExpected],
    }),
  ],
  plot: ({ numbers, plain, walks }) => drawing(plain, walks, numbers.leastBetaOut[0], numbers.leastBetaBack[0]),
});

function drawing(plain: readonly number[], walks: readonly (readonly number[])[], out: number, back: number): Figure {
  const { gradient } = objectiveOf(tiltedValleys);
  const height = (x: number): number => gradient(Float64Array.of(x, 0), new Float64Array(2));
  const floor = Array.from({ length: 121 }, (_, i) => -1.9 + (i * 3.8) / 120);
  /** Between two steps: the height, and how much higher its speed would carry the walk, ½v². */
  const energies = (x: readonly number[], h: number): [number, number][] =>
    x.slice(1).map((next, k): [number, number] => {
      const middle = (x[k] + next) / 2;
      return [middle, height(middle) + 0.5 * ((next - x[k]) / h) ** 2];
    });
  const labels = BETAS.map((beta) => `β = ${beta}`);
  return figure({
    title: "Out of a shallow minimum",
    description:
      `Gradient descent stays in the shallow valley, and so does momentum with β = ${BETAS[0]}; with β = ${BETAS[1]} it rolls over the ` +
      `ridge and settles in the deep valley; with β = ${BETAS[2]} it overshoots that one, too, and comes back. It gets out ` +
      `with β = ${out.toFixed(3)} or more, and comes back with β = ${back.toFixed(3)} or more.`,
    panels: [
      panel({
        title: "Energy: height plus motion",
        x: { label: "x" },
        y: { label: "height + ½·speed²" },
        marks: [
          line({ x: floor, y: floor.map(height), color: "ink", weight: "thin" }),
          line({ x: plain, y: plain.map(height), label: "gradient descent", weight: "bold" }),
          ...walks.map((x, i) =>
            line({
              points: [[START, height(START)], ...energies(x.slice(0, 200), timeStep(BETAS[i], LR))],
              label: labels[i],
              weight: "bold",
            }),
          ),
        ],
      }),
      panel({
        title: `The walks, lr ${LR}`,
        x: { label: "step" },
        y: { label: "x" },
        marks: [
          rule({ y: ridge, text: "ridge" }),
          ...[plain, ...walks].map((x, i) =>
            line({ y: x.slice(0, 131), label: ["gradient descent", ...labels][i], weight: "bold" }),
          ),
        ],
      }),
    ],
  });
}
