import { figure, line, panel } from "../../src/figure/index.ts";
import { adadelta, adagrad, type Optimizer, rmsprop } from "../../src/optimizers/index.ts";
import { type Surface, surface } from "../../src/surfaces/index.ts";
import { minimize } from "../../src/train/index.ts";
import { experiment, near } from "../experiment.ts";
import { adadeltaFormula, adagradFormula, offFormulaAlong, ROUNDING, rmspropFormula } from "../formulas.ts";
import { cellWords, columnsOf, facts, numberTable } from "../told.ts";

const LR = 0.5;
const RHO = 0.9;
/** How steep the wall is; the plain's slope is 1. */
const STEEP = 100;
const PLAINS = [10, 40] as const;
const STEPS = 10_000;
/** ζ(½): the sum of 1/√k for k up to t is 2√t + ζ(½) + 1/(2√t) − … (Euler and Maclaurin). */
const ZETA_HALF = -1.4603545088095868;

/** A walk down a wall from −5 to 0 and over the plain that follows, and one where the wall is no steeper than the plain. */
export interface Walks {
  readonly label: string;
  /** Positions, the start first. */
  readonly behindWall: readonly number[];
  readonly steady: readonly number[];
  /** By how many steps the wall delays the walk over plains of length 10 and 40. */
  readonly delays: readonly number[];
}

export function walksOf(label: string, optimizer: Optimizer, steps = STEPS): Walks {
  const [behindWall, steady] = [STEEP, 1].map((slope) => [...minimize(terrain(slope), { optimizer, steps }).points]);
  const [late, early] = [behindWall, steady].map(crossing);
  return { label, behindWall, steady, delays: late.map((count, i) => count - early[i]) };
}

const terrain = (slope: number): Surface =>
  surface({ name: "wall-and-plain", text: `max(-${slope}*x, -x)`, variables: ["x"], domain: [[-5, 50]], start: [-5] });

/** The positions from the arrival on the plain on. */
const onPlain = (positions: readonly number[]): readonly number[] =>
  positions.slice(positions.findIndex((x) => x >= 0));

/** Steps over plains of either length. */
const crossing = (positions: readonly number[]): number[] => {
  const plain = onPlain(positions);
  return PLAINS.map((length) => plain.findIndex((x) => x >= plain[0] + length));
};

/** Adagrad's over a length L, by 2α√(S + n) − 2α√S = L, where S is the sum of squared gradients on the wall. */
function crossingExpected(positions: readonly number[]): number[] {
  const sum = STEEP ** 2 * positions.findIndex((x) => x >= 0);
  return PLAINS.map((length) => (length / (2 * LR)) ** 2 + (length * Math.sqrt(sum)) / LR);
}

const distance = ({ steady }: Walks, steps: number): number => steady[steps] - steady[0];
/** Of the delays on the two plains: 1 where the wall is forgotten, 4 where it weighs on every step. */
const growth = ({ delays }: Walks): number => delays[1] / delays[0];

/** RMSProp's distance on the steady slope: Σ lr/√(1 − ρᵗ), s being a geometric series. */
const rmspropDistance = (lr: number, steps: number): number =>
  Array.from({ length: steps }, (_, t) => lr / Math.sqrt(1 - RHO ** (t + 1))).reduce((sum, step) => sum + step, 0);

/** The gradients of a walk that comes over the wall and goes on over the plain. */
const OVER_THE_WALL = [...Array<number>(10).fill(STEEP), ...Array<number>(300).fill(1)];

const subjects = { adagrad, rmsprop, adadelta };

const ADA = { lr: LR, eps: 0 };
const RMS = { lr: 0.1, rho: RHO, eps: 0 };
const DELTA = { rho: 0.95, eps: 1e-3 };

/** Zeiler 2012, section 3, names the ever growing sum as what ADADELTA is to mend; here it is measured. */
export const adagradStalls = experiment({
  id: "adagrad-stalls",
  title: "Why Adagrad stalls",
  claim:
    "Adagrad never forgets: on a steady slope it covers only about 2·lr·√t, and behind a steep wall it crawls for good; " +
    "RMSProp and Adadelta forget the wall within a few hundred steps.",
  subjects,
  measure(_, { adagrad, rmsprop, adadelta }) {
    const ada = walksOf("Adagrad", adagrad(ADA), 6 * STEPS);
    const rms = walksOf("RMSProp", rmsprop(RMS));
    const delta = walksOf("Adadelta", adadelta(DELTA));
    const walks = [ada, rms, delta];
    return {
      numbers: {
        adagradDistance: distance(ada, STEPS),
        adagradDistanceExpected: LR * (2 * Math.sqrt(STEPS) + ZETA_HALF + 0.5 / Math.sqrt(STEPS)),
        rmspropDistance: distance(rms, STEPS),
        rmspropDistanceExpected: rmspropDistance(RMS.lr, STEPS),
        differenceFromFormula: [
          offFormulaAlong(adagrad(ADA), adagradFormula(ADA), OVER_THE_WALL),
          offFormulaAlong(rmsprop(RMS), rmspropFormula(RMS), OVER_THE_WALL),
          offFormulaAlong(adadelta(DELTA), adadeltaFormula(DELTA), OVER_THE_WALL),
        ],
        distanceGrowsInTenfoldTime: walks.map((each) => distance(each, STEPS) / distance(each, STEPS / 10)),
        plainLengths: PLAINS,
        adagradStepsBehindWall: crossing(ada.behindWall),
        adagradStepsExpected: crossingExpected(ada.behindWall),
        adagradStepsWithoutWall: crossing(ada.steady),
        rmspropDelay: rms.delays,
        // 1 − 1/√s summed while s falls from 100² to 1, by the integral.
        rmspropDelayExpected: (2 * Math.log((1 + STEEP) / 2)) / -Math.log(RHO),
        adadeltaDelay: delta.delays,
      },
      walks,
    };
  },
  holds({ numbers, walks: [ada, rms, delta] }) {
    const [slow, , faster] = numbers.distanceGrowsInTenfoldTime;
    return (
      near(numbers.adagradDistance, numbers.adagradDistanceExpected, 1e-6) &&
      near(slow, Math.sqrt(10), 0.02) &&
      near(numbers.rmspropDistance, numbers.rmspropDistanceExpected, 1e-9) &&
      numbers.differenceFromFormula.every((off) => off < ROUNDING) &&
      // Its steps grow, as √t at most: the distance grows by more than 10 and less than 10·√10.
      faster > 10 &&
      faster < 10 ** 1.5 &&
      numbers.adagradStepsBehindWall.every((steps, i) => near(steps, numbers.adagradStepsExpected[i], 0.01)) &&
      rms.delays.every((delay) => Math.abs(delay - numbers.rmspropDelayExpected) < 1) &&
      // A plain four times as long delays four times as long where the wall weighs on every step, and as long where it is forgotten.
      near(growth(ada), PLAINS[1] / PLAINS[0], 0.01) &&
      // A few hundred steps.
      [...rms.delays, ...delta.delays].every((delay) => delay < 500) &&
      growth(delta) > 1 &&
      growth(delta) < Math.sqrt(PLAINS[1] / PLAINS[0])
    );
  },
  told: ({ numbers, walks }) => [
    numberTable("On a steady slope", {
      optimizer: walks.map(({ label }) => label),
      [`distance after ${cellWords(STEPS)} steps`]: walks.map((each) => distance(each, STEPS)),
      "in theory": [numbers.adagradDistanceExpected, numbers.rmspropDistanceExpected, "–"],
      [`distance over that after ${cellWords(STEPS / 10)} steps`]: numbers.distanceGrowsInTenfoldTime,
      "difference from the formula": numbers.differenceFromFormula,
    }),
    numberTable("Steps to cross a plain", {
      "length of the plain": PLAINS,
      "Adagrad behind the wall": numbers.adagradStepsBehindWall,
      "in theory": numbers.adagradStepsExpected,
      "Adagrad without the wall": numbers.adagradStepsWithoutWall,
    }),
    numberTable("Delay by the wall, in steps", {
      optimizer: walks.map(({ label }) => label),
      ...columnsOf(
        PLAINS.map((length) => `plain of length ${length}`),
        PLAINS.map((_, i) => walks.map(({ delays }) => delays[i])),
      ),
    }),
    facts({ "RMSProp's delay by the wall in theory, in steps": numbers.rmspropDelayExpected }),
  ],
  plot({ walks }) {
    const counts = walks.map(({ behindWall }) => crossing(behindWall)[0].toLocaleString("en"));
    return figure({
      title: "Adagrad on a steady slope, and behind a steep wall",
      description:
        "On a steady slope Adagrad's distance grows as the root of the steps, RMSProp's in proportion to them, Adadelta's faster still. " +
        `Over a plain behind a wall a hundred times as steep, Adagrad takes ${counts[0]} steps, RMSProp ${counts[1]} and Adadelta ${counts[2]}.`,
      panels: [
        panel({
          title: "On a steady slope",
          x: { label: "step", scale: "log" },
          y: { label: "distance", scale: "log" },
          marks: walks.map(({ label, steady }) => line({ ...distances(steady), label, weight: "bold" })),
        }),
        panel({
          title: "On the plain behind a wall (thin: without the wall)",
          x: { label: "step from the foot of the wall", scale: "log" },
          y: { label: "distance", domain: [0, PLAINS[0]] },
          marks: walks.flatMap(({ label, behindWall, steady }, series) => [
            line({ ...distances(onPlain(steady), PLAINS[0]), series, weight: "thin" }),
            line({ ...distances(onPlain(behindWall), PLAINS[0]), label, weight: "bold" }),
          ]),
        }),
      ],
    });
  },
});

/** The distance from the first position, by step, from step 1 up to the distance `most`. */
function distances(positions: readonly number[], most = Number.POSITIVE_INFINITY) {
  const end = positions.findIndex((x) => x - positions[0] >= most);
  const y = positions.slice(1, end === -1 ? STEPS + 1 : end + 1).map((x) => x - positions[0]);
  return { x: y.map((_, i) => i + 1), y };
}
