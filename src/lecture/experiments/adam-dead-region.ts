import { buildModel } from "../../compare/index.ts";
import { inputSize } from "../../data/index.ts";
import { band, figure, line, panel } from "../../figure/index.ts";
import { adam, adamUncorrected } from "../../optimizers/index.ts";
import { deadUnits } from "../dead-units.ts";
import type { Experiment, Findings } from "../experiment.ts";
import { inTurn, retraining, sampleOf } from "../retraining.ts";

const HIDDEN = [64, 64];
const UNITS = 128;
const EPOCHS = 5;
const SEEDS = [1, 2, 3, 4];
const RATES = [0.001, 0.0032, 0.01, 0.032];

/** Adam with and without bias correction. */
const FORMS = [
  { label: "corrected, β2 = 0.999", beta2: 0.999, rule: adam },
  { label: "corrected, β2 = 0.9999", beta2: 0.9999, rule: adam },
  { label: "uncorrected, β2 = 0.999", beta2: 0.999, rule: adamUncorrected },
  { label: "uncorrected, β2 = 0.9999", beta2: 0.9999, rule: adamUncorrected },
] as const;

/** Runs that differ in nothing but their seed, one number for each. */
export interface Runs {
  /** Hidden units that no example reaches at the end. */
  readonly dead: readonly number[];
  /** The cost over all examples at the end. */
  readonly costs: readonly number[];
}

const mean = (x: readonly number[]): number => x.reduce((total, value) => total + value, 0) / x.length;
/** Every one of these is above every one of those. */
const above = (these: readonly number[], those: readonly number[]): boolean => Math.min(...these) > Math.max(...those);

/**
 * Whether the forms, in the order of FORMS and at one rate, say what the claim says: all seeds agree, and the corrected
 * forms differ less from each other than their seeds do.
 */
export function supports([corrected, corrected4, plain, plain4]: readonly Runs[]): boolean {
  const spread = Math.max(...corrected.dead) - Math.min(...corrected.dead);
  return (
    above(plain.dead, corrected.dead) &&
    above(plain4.dead, plain.dead) &&
    Math.min(...plain4.dead) > UNITS / 2 &&
    above(plain4.costs, corrected4.costs) &&
    Math.abs(mean(corrected4.dead) - mean(corrected.dead)) <= spread
  );
}

/**
 * The start of Kingma & Ba 2015, section 6.4, seen in the units: an uncorrected first step is (1 − β₁)/√(1 − β₂) times the
 * rate, in every weight and bias at once, and what it leaves without a gradient stays as it is.
 */
export const adamDeadRegion: Experiment = {
  id: "adam-dead-region",
  title: "Into a dead region without bias correction",
  claim:
    "At the rate that suits Adam best, Adam without bias correction begins with steps so long that they push ReLU units where " +
    "no example reaches them; the nearer β₂ is to 1 the more of them die, until the net hardly learns.",
  run: async (given) => {
    const [data, means] = await Promise.all([given.data(), given.means()]);
    const examples = sampleOf(data, 1200);
    const model = buildModel({ hidden: HIDDEN, activation: "relu", dropout: 0 }, data);
    const counter = await deadUnits([inputSize(data), ...HIDDEN, data.outputs], examples, means);

    /** Rows are FORMS, columns the rates. */
    const runsAt = (rates: readonly number[], epochs: number): Promise<Runs[][]> =>
      retraining({ model, examples: () => examples, batchSize: 32, epochs }, means, (train) =>
        inTurn(FORMS, ({ rule, beta2 }) =>
          inTurn(rates, async (lr) => {
            const runs = await inTurn(SEEDS, async (seed) => {
              const { w, finalCost } = await train(rule({ lr, beta2 }), seed);
              return { dead: await counter.count(w), cost: finalCost };
            });
            return { dead: runs.map(({ dead }) => dead), costs: runs.map(({ cost }) => cost) };
          }),
        ),
      );

    try {
      const runs = await runsAt(RATES, EPOCHS);
      const corrected = runs[0].map(({ costs }) => mean(costs));
      const best = corrected.indexOf(Math.min(...corrected));
      return findings(runs, best, await runsAt([RATES[best]], 1));
    } finally {
      await counter.dispose();
    }
  },
};

/** `best` is the place, among the rates, of the one that suits corrected Adam best; `early` are runs of one epoch at it. */
function findings(runs: readonly (readonly Runs[])[], best: number, early: readonly (readonly Runs[])[]): Findings {
  const atBest = runs.map((row) => row[best]);
  const numbers = {
    forms: FORMS.map(({ label }) => label).join("; "),
    seeds: SEEDS,
    hiddenUnits: UNITS,
    rates: RATES,
    rateBestForAdam: RATES[best],
    firstStepOverRate: FORMS.map(({ beta2 }, i) => (i < 2 ? 1 : 0.1 / Math.sqrt(1 - beta2))),
    deadUnits: atBest.map(({ dead }) => dead),
    deadUnitsAfterFirstEpoch: early.map(([{ dead }]) => dead),
    finalCosts: atBest.map(({ costs }) => costs),
    meanDeadUnitsByRate: runs.map((row) => row.map(({ dead }) => mean(dead))),
    meanFinalCostByRate: runs.map((row) => row.map(({ costs }) => mean(costs))),
  };
  return { holds: supports(atBest), numbers, figure: drawing(runs, best) };
}

function drawing(runs: readonly (readonly Runs[])[], best: number) {
  const atBest = FORMS.map(({ label }, i) => {
    const { dead, costs } = runs[i][best];
    return `${label}: ${mean(dead).toFixed(0)} dead units, cost ${mean(costs).toPrecision(2)}`;
  });
  const curves = (values: (runs: Runs) => readonly number[]) =>
    FORMS.flatMap(({ label }, i) => [
      band({
        x: RATES,
        lo: runs[i].map((each) => Math.min(...values(each))),
        hi: runs[i].map((each) => Math.max(...values(each))),
        label,
      }),
      line({ x: RATES, y: runs[i].map((each) => mean(values(each))), label, weight: "bold" }),
    ]);
  return figure({
    title: "ReLU units that die, with and without bias correction",
    description:
      `Dead units, of ${UNITS}, and the cost after ${EPOCHS} epochs by learning rate. At ${RATES[best]}, the best rate for ` +
      `corrected Adam, the means over the seeds are: ${atBest.join("; ")}.`,
    panels: [
      panel({
        title: "Dead units",
        x: { label: "learning rate", scale: "log", ticks: RATES },
        y: { label: `dead units of ${UNITS}`, domain: [0, UNITS], ticks: [0, 32, 64, 96, 128] },
        marks: curves(({ dead }) => dead),
      }),
      panel({
        title: `Cost after ${EPOCHS} epochs`,
        x: { label: "learning rate", scale: "log", ticks: RATES },
        y: { label: "mean cost over the examples", scale: "log" },
        marks: curves(({ costs }) => costs),
      }),
    ],
  });
}
