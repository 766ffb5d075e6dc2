import { inputSize } from "../../src/data/index.ts";
import { figure, line, panel } from "../../src/figure/index.ts";
import { adam, adamUncorrected } from "../../src/optimizers/index.ts";
import { autoencoding, variationalAutoencoder } from "../autoencoder.ts";
import { trainingSet } from "../examples.ts";
import { experiment } from "../experiment.ts";
import { adamFormula, adamUncorrectedFormula, offFormulaAlong, ROUNDING } from "../formulas.ts";
import { standardNoise } from "../moments.ts";
import { inTurn, retraining, type Train } from "../retraining.ts";
import { mean } from "../samples.ts";
import { facts, numberTable } from "../told.ts";

const BETA1: readonly number[] = [0, 0.9];
const BETA2 = [0.99, 0.999, 0.9999];
/** From 1e-5 to 0.1, two to the decade: from one to the next is a factor √10. */
const RATES = Array.from({ length: 9 }, (_, i) => 10 ** (i / 2 - 5));
const [FEW, MANY] = [3, 12];
/** The whole sweep is made with the first seed; what is best there is trained with the others, too. */
const SEED = 1;
const OTHERS: readonly number[] = [2, 3];

/** A form of Adam with its β₁ and β₂. */
interface Form {
  readonly beta1: number;
  readonly beta2: number;
  readonly corrected: boolean;
}

/** Its losses at all rates, in nats per example. Infinity: it diverged, or ended above the untrained net. */
export interface Swept extends Form {
  /** By rate: the mean loss in epoch 3. */
  readonly few: readonly number[];
  /** By rate: the mean loss in epoch 12. */
  readonly many: readonly number[];
  /** By seed: the mean loss in epoch 12 at the rate that is best with the first seed. */
  readonly best: readonly number[];
}

/** The rules; and the β₁, the other seeds and the number of examples, with fewer of which tests make shorter sweeps. */
const subjects = { adam, adamUncorrected, beta1: BETA1, others: OTHERS, examples: 1200 };
type Subjects = typeof subjects;

const formsOf = ({ beta1 }: Subjects): Form[] =>
  BETA2.flatMap((beta2) =>
    beta1.flatMap((each) => [true, false].map((corrected) => ({ beta1: each, beta2, corrected }))),
  );

/** How far 200 steps of each rule are from its formula, for every β₁ and β₂. */
function offFormulas(subjects: Subjects): number[] {
  const noise = standardNoise(200);
  return formsOf(subjects).map(({ corrected, beta1, beta2 }) => {
    const hyper = { lr: 1, beta1, beta2, eps: 0 };
    return corrected
      ? offFormulaAlong(subjects.adam(hyper), adamFormula(hyper), noise)
      : offFormulaAlong(subjects.adamUncorrected(hyper), adamUncorrectedFormula(hyper), noise);
  });
}

async function sweep(train: Train, untrained: number, subjects: Subjects): Promise<Swept[]> {
  const losses = async ({ corrected, beta1, beta2 }: Form, lr: number, seed: number): Promise<number[]> => {
    const rule = corrected ? subjects.adam : subjects.adamUncorrected;
    const run = await train(rule({ lr, beta1, beta2 }), seed);
    return [FEW, MANY]
      .map((epoch) => run.losses[epoch - 1] ?? Infinity)
      .map((loss) => (loss < untrained ? loss : Infinity));
  };
  return inTurn(formsOf(subjects), async (form) => {
    const byRate = await inTurn(RATES, (lr) => losses(form, lr, SEED));
    const many = byRate.map(([, loss]) => loss);
    const lr = RATES[many.indexOf(Math.min(...many))];
    const others = await inTurn(subjects.others, (seed) => losses(form, lr, seed));
    return {
      ...form,
      few: byRate.map(([loss]) => loss),
      many,
      best: [Math.min(...many), ...others.map(([, loss]) => loss)],
    };
  });
}

/**
 * How well the losses of two neighbouring β₂ agree, where the larger β₂ is taken at rates that are smaller by √10 to the power
 * of `shift`: the lower over the higher loss, the worst of all rates and pairs. 0: one failed where the other did not.
 */
export function agreement(swept: readonly Swept[], shift: number): number {
  const pairs = [...new Set(swept.map(({ beta1 }) => beta1))].flatMap((beta1) => {
    const curves = swept.filter((curve) => curve.beta1 === beta1).map(({ few }) => few);
    return curves
      .slice(1)
      .map((larger, i) => [larger.slice(0, larger.length - shift), curves[i].slice(shift)] as const);
  });
  const ratios = pairs.flatMap(([a, b]) =>
    a.map((loss, i) => (loss === b[i] ? 1 : Math.min(loss, b[i]) / Math.max(loss, b[i]))),
  );
  return Math.min(...ratios);
}

const bestRate = ({ many }: Swept): number => RATES[many.indexOf(Math.min(...many))];
const failures = ({ many }: Swept): number => many.filter((loss) => loss === Infinity).length;

const split = (swept: readonly Swept[]) => [true, false].map((is) => swept.filter(({ corrected }) => corrected === is));

/** Whether rates fail, and only the largest: from the first that fails on, all do. */
const largestFail = ({ many }: Swept): boolean => {
  const first = many.indexOf(Infinity);
  return first > 0 && many.slice(first).every((loss) => loss === Infinity);
};

/** Whether corrected curves agree at the same rates, uncorrected ones at shifted rates; which rates fail; and whose best is better. */
export function supports(swept: readonly Swept[]): boolean {
  const [corrected, plain] = split(swept);
  const gap = (curves: readonly Swept[], shift: number): number => 1 - agreement(curves, shift);
  return (
    gap(corrected, 0) < gap(corrected, 1) / 5 &&
    gap(plain, 1) < gap(plain, 0) / 5 &&
    corrected.every((each) => failures(each) === 0) &&
    plain.filter(({ beta2 }) => beta2 === 0.9999).every(largestFail) &&
    corrected.every(({ best }, i) => mean(best) <= mean(plain[i].best))
  );
}

/**
 * The sweep of Kingma & Ba 2015, section 6.4 and figure 4, on a small variational autoencoder. Why rates move: while t is small
 * against 1/(1 − β₂), the uncorrected v is nearly (1 − β₂)·Σg², so the steps are Adagrad's at the rate α/√(1 − β₂).
 */
export const adamSweep = experiment({
  id: "adam-sweep",
  title: "Bias correction in a sweep over Adam's β₁, β₂ and learning rate",
  claim:
    "Without bias correction, the learning rates that work fall as √(1 − β₂), and at β₂ = 0.9999 the largest rates fail; with it, the " +
    "same rates work for every β₂, none fails, and the best loss is never higher (on this autoencoder).",
  subjects,
  async measure(given, subjects) {
    const { data, examples: first, device } = await trainingSet(given, { most: subjects.examples });
    const sizes = { pixels: inputSize(data), hidden: 16, latents: 4 };
    const model = variationalAutoencoder(sizes);
    const examples = autoencoding(first, sizes, MANY);
    return retraining(
      { model, data: { ...data, inputShape: model.inputShape }, examples, batchSize: 64, epochs: MANY },
      device,
      async (train) => {
        // At a rate of 1e-9 nothing moves.
        const { finalLoss: untrained } = await train(adam({ lr: 1e-9 }), SEED);
        const swept = await sweep(train, untrained, subjects);
        const differenceFromFormula = Math.max(...offFormulas(subjects));
        return { numbers: { ...numbersOf(swept, untrained), differenceFromFormula }, swept };
      },
    );
  },
  holds: ({ numbers, swept }) => supports(swept) && numbers.differenceFromFormula < ROUNDING,
  told: ({ numbers }) => [
    facts({
      "loss of the untrained net, nats per example": numbers.untrainedLoss,
      "difference of the rules' steps from their formulas": numbers.differenceFromFormula,
    }),
    numberTable(
      `Of ${RATES.length} learning rates; a rate failed if training diverged or ended above the untrained net`,
      {
        "β₁": numbers.beta1,
        "β₂": numbers.beta2,
        "rates that failed, corrected": numbers.lostRatesCorrected,
        "rates that failed, uncorrected": numbers.lostRatesUncorrected,
        "best loss, corrected": numbers.bestLossCorrected,
        "best loss, uncorrected": numbers.bestLossUncorrected,
        "best rate, corrected": numbers.bestRateCorrected,
        "best rate, uncorrected": numbers.bestRateUncorrected,
      },
    ),
    numberTable("Agreement of the losses of neighbouring β₂ (1: equal; 0: one of them failed)", {
      "bias correction": ["with", "without"],
      "at the same rates": [numbers.agreementCorrectedSameRates, numbers.agreementUncorrectedSameRates],
      "with rates shifted by √10": [numbers.agreementCorrectedShiftedRates, numbers.agreementUncorrectedShiftedRates],
    }),
  ],
  plot({ numbers: { untrainedLoss: untrained }, swept }) {
    const [corrected, plain] = split(swept);
    const failuresAt = (beta2: number): string => {
      const counts = [corrected, plain].map((curves) =>
        curves
          .filter((each) => each.beta2 === beta2)
          .map(failures)
          .join(" and "),
      );
      return `${counts[0]} with correction and ${counts[1]} without for β₂ = ${beta2}`;
    };
    const lowest = Math.min(...swept.flatMap(({ many }) => many));
    return figure({
      title: "Adam with and without bias correction",
      description:
        "The loss of an autoencoder by learning rate, for two β₁ and three β₂, after few and after more epochs. Learning rates that " +
        `fail, out of ${RATES.length}, with β₁ = 0 and 0.9: ${BETA2.map(failuresAt).join("; ")}. ` +
        "With correction the curves of all β₂ are alike; without it they move towards smaller rates as β₂ nears 1.",
      columns: new Set(swept.map(({ beta1 }) => beta1)).size,
      legend: "list",
      panels: plain.map(({ beta1, beta2, few, many }, i) =>
        panel({
          title: `β₁ = ${beta1}, β₂ = ${beta2}`,
          x: { label: "learning rate", scale: "log", ticks: [1e-5, 1e-3, 0.1] },
          y: { label: "loss, nats per example", scale: "log", domain: [0.97 * lowest, 1.03 * untrained] },
          marks: [
            line({ x: RATES, y: corrected[i].few, label: `corrected, ${FEW} epochs`, series: 0, dash: "dashed" }),
            line({
              x: RATES,
              y: corrected[i].many,
              label: `corrected, ${MANY} epochs`,
              series: 0,
              dash: "solid",
              weight: "bold",
            }),
            line({ x: RATES, y: few, label: `uncorrected, ${FEW} epochs`, series: 1, dash: "dashed" }),
            line({ x: RATES, y: many, label: `uncorrected, ${MANY} epochs`, series: 1, dash: "solid", weight: "bold" }),
          ],
        }),
      ),
    });
  },
});

function numbersOf(swept: readonly Swept[], untrained: number) {
  const [corrected, plain] = split(swept);
  // A net that failed is worth no more than an untrained one.
  const bests = (curves: readonly Swept[]) =>
    curves.map(({ best }) => mean(best.map((loss) => Math.min(loss, untrained))));
  return {
    untrainedLoss: untrained,
    beta1: plain.map(({ beta1 }) => beta1),
    beta2: plain.map(({ beta2 }) => beta2),
    lostRatesCorrected: corrected.map(failures),
    lostRatesUncorrected: plain.map(failures),
    bestLossCorrected: bests(corrected),
    bestLossUncorrected: bests(plain),
    bestRateCorrected: corrected.map(bestRate),
    bestRateUncorrected: plain.map(bestRate),
    agreementCorrectedSameRates: agreement(corrected, 0),
    agreementCorrectedShiftedRates: agreement(corrected, 1),
    agreementUncorrectedSameRates: agreement(plain, 0),
    agreementUncorrectedShiftedRates: agreement(plain, 1),
  };
}
