import { inputSize, type Vector } from "../../src/data/index.ts";
import { figure, panel } from "../../src/figure/index.ts";
import { modelFor } from "../../src/nn/index.ts";
import { adam, adamUncorrected } from "../../src/optimizers/index.ts";
import { deadUnits, deadUnitsByHand } from "../dead-units.ts";
import { trainingSet } from "../examples.ts";
import { agree, experiment } from "../experiment.ts";
import { adamFormula, adamUncorrectedFormula, offFormulaAlong, ROUNDING } from "../formulas.ts";
import { standardNoise, stepsAlong } from "../moments.ts";
import { ranges } from "../plots/ranges.ts";
import { inTurn, retraining } from "../retraining.ts";
import { mean } from "../samples.ts";
import { columnsOf, facts, numberTable } from "../told.ts";

const HIDDEN = [64, 64];
const UNITS = 128;
const EPOCHS = 5;
const SEEDS = [1, 2, 3, 4];
const RATES = [0.001, 0.0032, 0.01, 0.032];

/** Adam with and without bias correction, and its first step over the rate. */
const FORMS = [
  { label: "corrected, β₂ = 0.999", beta2: 0.999, corrected: true, firstStep: 1 },
  { label: "corrected, β₂ = 0.9999", beta2: 0.9999, corrected: true, firstStep: 1 },
  { label: "uncorrected, β₂ = 0.999", beta2: 0.999, corrected: false, firstStep: 0.1 / Math.sqrt(1 - 0.999) },
  { label: "uncorrected, β₂ = 0.9999", beta2: 0.9999, corrected: false, firstStep: 0.1 / Math.sqrt(1 - 0.9999) },
] as const;
const LABELS = FORMS.map(({ label }) => label);

const subjects = { adam, adamUncorrected, deadUnits, seeds: SEEDS, rates: RATES };
type Subjects = typeof subjects;

const ruleOf = ({ corrected }: (typeof FORMS)[number], { adam, adamUncorrected }: Subjects) =>
  corrected ? adam : adamUncorrected;

/** The rules in one dimension, at rate 1: the first step, and how far 200 steps are from the formula. */
function inOneDimension(subjects: Subjects) {
  const noise = standardNoise(200);
  return FORMS.map((form) => {
    const hyper = { lr: 1, beta2: form.beta2, eps: 0 };
    const optimizer = ruleOf(form, subjects)(hyper);
    const formula = (form.corrected ? adamFormula : adamUncorrectedFormula)(hyper);
    return { firstStep: stepsAlong(optimizer, [1])[0], off: offFormulaAlong(optimizer, formula, noise) };
  });
}

/** Runs that differ in nothing but their seed, a value for each. */
export interface Runs {
  /** Hidden units that no example reaches at the end. */
  readonly dead: readonly number[];
  /** The loss over all examples at the end. */
  readonly losses: readonly number[];
}

interface Weighed extends Runs {
  /** The last weights of each. */
  readonly weights: readonly Vector[];
}

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
    above(plain4.losses, corrected4.losses) &&
    Math.abs(mean(corrected4.dead) - mean(corrected.dead)) <= spread
  );
}

/** Whether each uncorrected form, at some rate below the best of the corrected one, trains as well as that one's worst seed at its best. */
export function recovers(runs: readonly (readonly Pick<Runs, "losses">[])[], best: number): boolean {
  const [corrected, , ...plain] = runs;
  const worst = Math.max(...corrected[best].losses);
  return plain.every((row) => row.slice(0, best).some(({ losses }) => mean(losses) <= worst));
}

/** A table with a row for each form, and a column for each run. */
const byRun = (title: string, seeds: readonly number[], rows: readonly (readonly number[])[]) =>
  numberTable(title, {
    form: LABELS,
    ...columnsOf(
      seeds.map((seed) => `run ${seed}`),
      seeds.map((_, k) => rows.map((row) => row[k])),
    ),
  });

/**
 * The beginning of training in Kingma & Ba 2015, section 6.4, seen in the units: an uncorrected first step is (1 − β₁)/√(1 − β₂) times the
 * rate, in every weight and bias at once, and what it leaves without a gradient stays as it is.
 */
export const adamDeadRegion = experiment({
  id: "adam-dead-region",
  title: "At Adam's learning rate, missing bias correction kills ReLU units",
  claim:
    "At the learning rate that suits Adam best, Adam without bias correction begins with steps so long that they push ReLU units to " +
    "where no example activates them; the closer β₂ is to 1, the more units die, until the net hardly learns. At a smaller learning " +
    "rate it trains well.",
  subjects,
  async measure(given, subjects) {
    const { seeds, rates, deadUnits } = subjects;
    const { data, examples, device } = await trainingSet(given);
    const model = modelFor(`mlp:${HIDDEN}`, data);
    const sizes = [inputSize(data), ...HIDDEN, data.outputs];
    const counter = await deadUnits(sizes, examples, device);

    /** Rows are FORMS, columns the rates. */
    const runsAt = (someRates: readonly number[], epochs: number): Promise<Weighed[][]> =>
      retraining({ model, data, examples: () => examples, batchSize: 32, epochs }, device, (train) =>
        inTurn(FORMS, (form) =>
          inTurn(someRates, async (lr) => {
            const runs = await inTurn(seeds, async (seed) => {
              const { w, finalLoss } = await train(ruleOf(form, subjects)({ lr, beta2: form.beta2 }), seed);
              return { w, dead: await counter.count(w), loss: finalLoss };
            });
            return {
              dead: runs.map(({ dead }) => dead),
              losses: runs.map(({ loss }) => loss),
              weights: runs.map(({ w }) => w),
            };
          }),
        ),
      );

    try {
      const runs = await runsAt(rates, EPOCHS);
      const byRate = runs.map((row) => row.map(({ losses }) => mean(losses)));
      const best = byRate[0].indexOf(Math.min(...byRate[0]));
      const early = await runsAt([rates[best]], 1);
      const alone = inOneDimension(subjects);
      return {
        numbers: {
          forms: LABELS.join("; "),
          seeds,
          hiddenUnits: UNITS,
          rates,
          rateBestForAdam: rates[best],
          firstStepOverRate: alone.map(({ firstStep }) => firstStep),
          firstStepOverRateExpected: FORMS.map(({ firstStep }) => firstStep),
          differenceFromFormula: alone.map(({ off }) => off),
          deadUnits: runs.map((row) => row[best].dead),
          deadUnitsAfterFirstEpoch: early.map(([{ dead }]) => dead),
          deadUnitsAfterFirstEpochByHand: early.map(([{ weights }]) =>
            weights.map((w) => deadUnitsByHand(sizes, examples, w)),
          ),
          finalLosses: runs.map((row) => row[best].losses),
          meanDeadUnitsByRate: runs.map((row) => row.map(({ dead }) => mean(dead))),
          meanFinalLossByRate: byRate,
          bestRates: byRate.map((losses) => rates[losses.indexOf(Math.min(...losses))]),
          bestLosses: byRate.map((losses) => Math.min(...losses)),
        },
        best,
        runs: runs.map((row) => row.map(({ dead, losses }) => ({ dead, losses }))),
      };
    } finally {
      await counter.dispose();
    }
  },
  holds: ({ numbers, runs, best }) =>
    supports(runs.map((row) => row[best])) &&
    // With a single rate there is no smaller one.
    (numbers.rates.length === 1 || recovers(runs, best)) &&
    // In float32 the last bit may decide whether an example reaches a unit.
    numbers.deadUnitsAfterFirstEpochByHand.every((row, i) =>
      row.every((count, k) => Math.abs(count - numbers.deadUnitsAfterFirstEpoch[i][k]) <= 1),
    ) &&
    agree(numbers.firstStepOverRate, numbers.firstStepOverRateExpected) &&
    numbers.differenceFromFormula.every((off) => off < ROUNDING),
  told: ({ numbers }) => [
    facts({ "hidden units": UNITS, "learning rate that suits Adam best": numbers.rateBestForAdam }),
    numberTable("The rules in one dimension", {
      form: LABELS,
      "first step over lr": numbers.firstStepOverRate,
      "in theory": numbers.firstStepOverRateExpected,
      "difference from the formula": numbers.differenceFromFormula,
    }),
    byRun(`Dead units after ${EPOCHS} epochs at that rate`, numbers.seeds, numbers.deadUnits),
    byRun("Dead units after the first epoch", numbers.seeds, numbers.deadUnitsAfterFirstEpoch),
    byRun(
      "Dead units after the first epoch, counted one by one",
      numbers.seeds,
      numbers.deadUnitsAfterFirstEpochByHand,
    ),
    byRun("Final loss at that rate", numbers.seeds, numbers.finalLosses),
    numberTable("Dead units by learning rate, mean of the runs", {
      "learning rate": numbers.rates,
      ...columnsOf(LABELS, numbers.meanDeadUnitsByRate),
    }),
    numberTable("Final loss by learning rate, mean of the runs", {
      "learning rate": numbers.rates,
      ...columnsOf(LABELS, numbers.meanFinalLossByRate),
    }),
    numberTable("At the learning rate that suits each form best, mean of the runs", {
      form: LABELS,
      "learning rate": numbers.bestRates,
      "final loss": numbers.bestLosses,
    }),
  ],
  plot({ numbers: { rates, bestRates, bestLosses }, runs, best }) {
    const atOwn = LABELS.map((label, i) => `${label}: ${bestLosses[i].toPrecision(2)} at ${bestRates[i]}`);
    const atBest = LABELS.map((label, i) => {
      const { dead, losses } = runs[i][best];
      return `${label}: ${mean(dead).toFixed(0)} dead units, loss ${mean(losses).toPrecision(2)}`;
    });
    const byForm = (values: (runs: Runs) => readonly number[]) =>
      LABELS.flatMap((label, i) => ranges(label, rates, (k) => values(runs[i][k])));
    return figure({
      title: "ReLU units that die, with and without bias correction",
      description:
        `Dead units, of ${UNITS}, and the loss after ${EPOCHS} epochs by learning rate. At ${rates[best]}, the best rate for ` +
        `corrected Adam, the means over the seeds are: ${atBest.join("; ")}. The lowest mean loss of each is: ${atOwn.join("; ")}.`,
      panels: [
        panel({
          title: "Dead units",
          x: { label: "learning rate", scale: "log", ticks: rates },
          y: { label: `dead units of ${UNITS}`, domain: [0, UNITS], ticks: [0, 32, 64, 96, 128] },
          marks: byForm(({ dead }) => dead),
        }),
        panel({
          title: `Loss after ${EPOCHS} epochs`,
          x: { label: "learning rate", scale: "log", ticks: rates },
          y: { label: "mean loss over the examples", scale: "log" },
          marks: byForm(({ losses }) => losses),
        }),
      ],
    });
  },
});
