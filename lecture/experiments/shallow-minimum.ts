import { type Figure, figure, line, panel, rule } from "../../src/figure/index.ts";
import { gradientDescent, momentum, nesterov, type Optimizer } from "../../src/optimizers/index.ts";
import { surfaces } from "../../src/surfaces/index.ts";
import { minimize, objectiveOf, type Path } from "../../src/train/index.ts";
import { about } from "../experiment.ts";
import { descentFormula, momentumFormula, offFormulaOn, ROUNDING, slopeOf } from "../formulas.ts";
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
/** How long walks and balls are watched, in steps of length √lr. */
const TIME = 50;

const pathOf = (optimizer: Optimizer, lr: number): Path =>
  minimize(tiltedValleys, { optimizer, start: [START, 0], steps: Math.ceil(TIME / Math.sqrt(lr)) });

/** Positions along the floor, on which y is 0. */
const alongFloor = ({ points }: Path): Float64Array => points.filter((_, i) => i % 2 === 0);
const walk = (optimizer: Optimizer, lr: number): Float64Array => alongFloor(pathOf(optimizer, lr));

const endOf = (x: Float64Array): number => x[x.length - 1];

/** How often a walk goes over the ridge. */
const crossings = (x: Float64Array): number =>
  x.reduce((count, at, k) => (k > 0 && at < ridge !== x[k - 1] < ridge ? count + 1 : count), 0);

/** Where something that is so from some place on begins to be so, by bisection. */
function beginning(low: number, high: number, isSo: (x: number) => boolean): number {
  for (let k = 0; k < 40; k++) {
    const middle = (low + high) / 2;
    if (isSo(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The least β with which a walk goes over the ridge so many times. */
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

/** The friction up to which a ball that is let go at the start rolls over the ridge so many times. */
function mostFriction(times: number): number {
  const { gradient } = objectiveOf(tiltedValleys);
  const g = new Float64Array(2);
  const slope = (x: number): number => {
    gradient(Float64Array.of(x, 0), g);
    return g[0];
  };
  return -beginning(-10, 0, (negative) => crossings(roll(slope, -negative)) >= times);
}

/** A ball's positions over time, by the method of Runge and Kutta. */
export function roll(slope: (x: number) => number, friction: number, h = 0.01): Float64Array {
  const pull = (x: number, v: number): number => -slope(x) - friction * v;
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

/** By what the distance to the limit falls from rate to rate: what is of order h² falls to a quarter. */
const errorRatios = (frictions: readonly number[], limit: number): number[] =>
  frictions.slice(1).map((friction, i) => (frictions[i] - limit) / (friction - limit));

const subjects = { plain: gradientDescent, momentum, nesterov, frictionOf, rates: RATES };

export const shallowMinimum = about(subjects, {
  id: "shallow-minimum",
  title: "Momentum rolls out of a shallow minimum",
  claim:
    "Gradient descent stays in a shallow minimum; momentum rolls out of it if its friction, (1 − β)·√(2/((1 + β)·lr)), is below " +
    "that with which a ball just gets over the ridge; with too little friction it comes back.",
  run: (_, { plain: descent, momentum, nesterov, frictionOf, rates }) => {
    const paths = {
      plain: [pathOf(descent({ lr: LR }), LR)],
      momentum: BETAS.map((beta) => pathOf(momentum({ lr: LR, beta }), LR)),
      nesterov: BETAS.map((beta) => pathOf(nesterov({ lr: LR, beta }), LR)),
    };
    const [plain] = paths.plain.map(alongFloor);
    const [walks, ahead] = [paths.momentum.map(alongFloor), paths.nesterov.map(alongFloor)];
    const off = [
      offFormulaOn(paths.plain[0], descentFormula({ lr: LR }), slopeOf(tiltedValleys)),
      ...BETAS.flatMap((beta, i) => {
        const formula = momentumFormula({ lr: LR, beta });
        return [
          offFormulaOn(paths.momentum[i], formula, slopeOf(tiltedValleys)),
          offFormulaOn(paths.nesterov[i], formula, slopeOf(tiltedValleys, beta)),
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
    const ends = (positions: readonly number[], minima: readonly number[]): boolean =>
      positions.every((x, i) => Math.abs(x - minima[i]) < 1e-3);
    const holds =
      numbers.largestDifferenceFromFormula < ROUNDING &&
      ends([numbers.endOfGradientDescent], [shallow]) &&
      ends(numbers.endsOfMomentum, [shallow, deep, shallow]) &&
      // Nesterov's walk feels the slope ahead as friction more: it needs a larger β, and does not come back.
      ends(numbers.endsOfNesterov, [shallow, deep, deep]) &&
      numbers.leastBetaOutNesterov.every((beta, i) => beta > out[i]) &&
      out.every((beta, i) => beta < back[i]) &&
      numbers.errorRatios.flat().every((ratio) => ratio > 3.5 && ratio < 4.5);
    const told = [
      facts({
        "deep minimum, x": deep,
        "shallow minimum, x": shallow,
        "ridge between them, x": ridge,
        "start, x": START,
        "where gradient descent ends, x": numbers.endOfGradientDescent,
        "largest difference of a step from the formula, of the longest step": numbers.largestDifferenceFromFormula,
      }),
      numberTable(`Where momentum ends, learning rate ${LR}`, {
        β: BETAS,
        "momentum ends at x": numbers.endsOfMomentum,
        "Nesterov ends at x": numbers.endsOfNesterov,
      }),
      numberTable("From which β on", {
        "learning rate": rates,
        "momentum gets out": out,
        "Nesterov gets out": numbers.leastBetaOutNesterov,
        "momentum comes back": back,
        "friction on the way out": frictionOut,
        "friction on the way back": frictionBack,
      }),
      numberTable("A ball, the limit of small learning rates", {
        "friction with which it just": ["gets out", "comes back"],
        friction: [ballOut, ballBack],
        ...columnsOf(
          rates.slice(1).map((rate, i) => `error at rate ${rates[i]} over that at ${rate}`),
          rates.slice(1).map((_, i) => numbers.errorRatios.map((ratios) => ratios[i])),
        ),
        "by theory": [numbers.errorRatioExpected, numbers.errorRatioExpected],
      }),
    ];
    return { holds, numbers, told, figure: drawing(plain, walks, out[0], back[0]) };
  },
});

function drawing(plain: Float64Array, walks: readonly Float64Array[], out: number, back: number): Figure {
  const { gradient } = objectiveOf(tiltedValleys);
  const height = (x: number): number => gradient(Float64Array.of(x, 0), new Float64Array(2));
  const floor = Array.from({ length: 121 }, (_, i) => -1.9 + (i * 3.8) / 120);
  /** Between two steps: the height, and what the motion would lift the walk by, ½v². */
  const energies = (x: Float64Array, h: number): [number, number][] =>
    Array.from(x.subarray(1), (next, k): [number, number] => {
      const middle = (x[k] + next) / 2;
      return [middle, height(middle) + 0.5 * ((next - x[k]) / h) ** 2];
    });
  const labels = BETAS.map((beta) => `β = ${beta}`);
  return figure({
    title: "Out of a shallow minimum",
    description:
      `Gradient descent stays in the shallow valley, and so does momentum with β = ${BETAS[0]}; with ${BETAS[1]} it rolls over the ` +
      `ridge and settles in the deep valley; with ${BETAS[2]} it overshoots that one, too, and comes back. It gets out from ` +
      `β = ${out.toFixed(3)} on and comes back from β = ${back.toFixed(3)} on.`,
    panels: [
      panel({
        title: "Height, and what the speed adds to it",
        x: { label: "x" },
        y: { label: "height + ½·speed²" },
        marks: [
          line({ x: floor, y: floor.map(height), color: "ink", weight: "thin" }),
          line({ x: plain, y: [...plain].map(height), label: "gradient descent", weight: "bold" }),
          ...walks.map((x, i) =>
            line({
              points: [[START, height(START)], ...energies(x.subarray(0, 200), timeStep(BETAS[i], LR))],
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
            line({ y: [...x.subarray(0, 131)], label: ["gradient descent", ...labels][i], weight: "bold" }),
          ),
        ],
      }),
    ],
  });
}
