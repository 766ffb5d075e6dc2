import {
  autoencoding,
  numberTable,
  retraining,
  type Told,
  type Train,
  variationalAutoencoder,
} from "../../lecture/index.ts";
import { inputSize } from "../../src/data/index.ts";
import { type Figure, figure, line, panel } from "../../src/figure/index.ts";
import { adam, adamUncorrected } from "../../src/optimizers/index.ts";
import { firstExamples, firstOf } from "../data.ts";
import { type Given, once } from "../reproduction.ts";
import { allOf, atMost, type Judged, unmeasured, type Verdict } from "../verdict.ts";
import { BATCH, mean } from "./contest.ts";
import type { Part } from "./part.ts";
import type { AdamSettings } from "./settings.ts";

const BETA1 = [0, 0.9];
const BETA2 = [0.99, 0.999, 0.9999];
const RATES = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1];

/** Adam with its β₁ and β₂; without the correction and with β₁ = 0 it is RMSProp. */
interface Form {
  readonly beta1: number;
  readonly beta2: number;
  readonly corrected: boolean;
}

const forms: readonly Form[] = BETA2.flatMap((beta2) =>
  BETA1.flatMap((beta1) => [true, false].map((corrected) => ({ beta1, beta2, corrected }))),
);

/** Losses of one form, in nats per example. Infinity: it diverged, or ended above the untrained net. */
export interface Swept extends Form {
  /** By rate: the mean loss in the earlier of the two epochs. */
  readonly few: readonly number[];
  /** By rate: the same in the later one. */
  readonly many: readonly number[];
  /** By seed: the loss in the later epoch at the rate that is best with the first seed. */
  readonly best: readonly number[];
}

/** Section 6.4 and figure 4: what the correction for the averages' start at 0 is for, on a variational autoencoder. */
export const autoencoder: Part = {
  name: "autoencoder",
  work: ({ autoencoder: { examples, hidden, latents, epochs, seeds } }) =>
    runsOf(seeds.length) * epochs[1] * examples * 2 * hidden * (784 + 1.5 * latents),
  run: async (given, { autoencoder: settings }, tell) => {
    const { data: all, notes } = await firstOf(given, ["mnist", "fashion-mnist"]);
    const swept = await sweep(given, firstExamples(all, settings.examples, 1), settings, tell);
    return {
      claims: claimsOf(swept, settings),
      told: swept === undefined ? [] : tablesOf(swept),
      panels: [],
      figures: swept === undefined ? [] : [figureOf(swept, settings)],
      description: "",
      notes: [
        ...notes,
        `Autoencoder: variational, as in the paper (${settings.hidden} softplus units on either side, ${settings.latents} latent variables), on grey pixels; its noise is drawn anew in each epoch, the same for all runs. The whole sweep is made with one seed, and the best rate of each setting with ${settings.seeds.length}.`,
      ],
      data: all,
      outcome: swept === undefined ? "interrupted" : "completed",
    };
  },
};

/** The one of an untrained net, the sweep, and the best again. */
const runsOf = (seeds: number): number => 1 + forms.length * (RATES.length + seeds - 1);

async function sweep(
  given: Given,
  data: Parameters<typeof given.digest>[0],
  { hidden, latents, epochs: [few, many], seeds }: AdamSettings["autoencoder"],
  tell: (fraction: number) => void,
): Promise<Swept[] | undefined> {
  const sizes = { pixels: inputSize(data), hidden, latents };
  const model = variationalAutoencoder(sizes);
  const examples = autoencoding(data.train, sizes, many);
  const subject = { data: given.digest(data), sizes, epochs: many, batch: BATCH };
  let done = 0;
  const run = async (train: Train, form: Form, lr: number, seed: number): Promise<number[] | undefined> => {
    const key = { reproduction: "adam", part: "autoencoder", version: 1, ...subject, ...form, lr, seed };
    const losses = await once(given, key, isLosses, async () => {
      const rule = form.corrected ? adam : adamUncorrected;
      const trained = await train(rule({ lr, beta1: form.beta1, beta2: form.beta2 }), seed);
      return trained.losses.map((loss) => (Number.isFinite(loss) ? loss : null));
    });
    tell(++done / runsOf(seeds.length));
    return losses?.map((loss) => loss ?? Number.POSITIVE_INFINITY);
  };
  const [first, ...others] = seeds;
  const subjects = { model, data: { ...data, inputShape: model.inputShape }, examples, batchSize: BATCH, epochs: many };
  return retraining(subjects, await given.device(), async (train) => {
    const swept: Swept[] = [];
    const still = await run(train, STILL.form, STILL.lr, first);
    if (still === undefined) return undefined;
    const [untrained] = still;
    const at = (losses: readonly number[], epoch: number): number => {
      const loss = losses[epoch - 1] ?? Number.POSITIVE_INFINITY;
      return loss < untrained ? loss : Number.POSITIVE_INFINITY;
    };
    for (const form of forms) {
      const byRate: number[][] = [];
      for (const lr of RATES) {
        const losses = await run(train, form, lr, first);
        if (losses === undefined) return undefined;
        byRate.push(losses);
      }
      const late = byRate.map((losses) => at(losses, many));
      const rate = late.indexOf(Math.min(...late));
      const best = [late[rate]];
      for (const seed of others) {
        const losses = await run(train, form, RATES[rate], seed);
        if (losses === undefined) return undefined;
        best.push(at(losses, many));
      }
      swept.push({ ...form, few: byRate.map((losses) => at(losses, few)), many: late, best });
    }
    return swept;
  });
}

/** With a rate of 1e-9 nothing moves. */
const STILL = { form: { beta1: 0.9, beta2: 0.999, corrected: true }, lr: 1e-9 };

const failures = (losses: readonly number[]): number => losses.filter((loss) => !Number.isFinite(loss)).length;

/** With the correction, and without; each in the order of the forms. */
const byForm = (swept: readonly Swept[]): [corrected: Swept[], plain: Swept[]] => [
  swept.filter(({ corrected }) => corrected),
  swept.filter(({ corrected }) => !corrected),
];

function claimsOf(swept: readonly Swept[] | undefined, { epochs: [few] }: AdamSettings["autoencoder"]): Judged[] {
  const [unstable, never] = [
    `Autoencoder: without bias correction a β₂ near 1 is unstable: with 0.9999 more of the ${RATES.length} learning rates fail in the first ${few} epochs.`,
    "Autoencoder: with it the best loss is never higher than without, for any β₁ and β₂ (to a hundredth).",
  ];
  if (swept === undefined) return [unstable, never].map((claim) => ({ claim, ...unmeasured }));
  const [corrected, plain] = byForm(swept);
  const near1 = BETA1.map((beta1) =>
    [corrected, plain].map((all) => {
      const form = all.find((each) => each.beta1 === beta1 && each.beta2 === Math.max(...BETA2));
      return failures(form?.few ?? []);
    }),
  );
  const measured = near1.map(([has, lacks], i) => `β₁ = ${BETA1[i]}: ${lacks} without, ${has} with`).join("; ");
  const against = corrected.map(
    ({ beta1, beta2, best }, i) => [`β₁ = ${beta1}, β₂ = ${beta2}`, atMost(best, plain[i].best, 1.01)] as const,
  );
  return [
    { claim: unstable, verdict: countsVerdict(near1), measured },
    { claim: never, ...allOf(Object.fromEntries(against)) },
  ];
}

/** Counts with no spread to judge them by: equal ones leave it open. */
function countsVerdict(pairs: readonly (readonly number[])[]): Verdict {
  if (pairs.every(([has, lacks]) => lacks > has)) return "holds";
  return pairs.some(([has, lacks]) => lacks < has) ? "does not hold" : "undecided";
}

const shown = (loss: number): string => (Number.isFinite(loss) ? loss.toFixed(2) : "failed");

function tablesOf(swept: readonly Swept[]): Told {
  const [corrected, plain] = byForm(swept);
  const bestRate = ({ many }: Swept): number => RATES[many.indexOf(Math.min(...many))];
  const best = (each: Swept): string => shown(mean(each.best));
  return [
    numberTable(
      `Autoencoder: of ${RATES.length} learning rates; one failed if training diverged or ended above the untrained net`,
      {
        "β₁": plain.map(({ beta1 }) => beta1),
        "β₂": plain.map(({ beta2 }) => beta2),
        "failed, with": corrected.map(({ few }) => failures(few)),
        "failed, without": plain.map(({ few }) => failures(few)),
        "best loss, with": corrected.map(best),
        "best loss, without": plain.map(best),
        "best rate, with": corrected.map(bestRate),
        "best rate, without": plain.map(bestRate),
      },
    ),
  ];
}

function figureOf(swept: readonly Swept[], { epochs: [few, many] }: AdamSettings["autoencoder"]): Figure {
  const [corrected, plain] = byForm(swept);
  const all = swept.flatMap((each) => [...each.few, ...each.many]).filter(Number.isFinite);
  const domain = [0.98 * Math.min(...all), 1.02 * Math.max(...all)] as const;
  const counts = plain.map(
    (each, i) =>
      `${failures(each.few)} without and ${failures(corrected[i].few)} with for β₁ = ${each.beta1}, β₂ = ${each.beta2}`,
  );
  return figure({
    title: "Adam with and without bias correction",
    description: `The loss of a variational autoencoder by learning rate, after ${few} and after ${many} epochs. Of ${RATES.length} rates fail: ${counts.join("; ")}.`,
    columns: BETA1.length,
    legend: "list",
    panels: plain.map(({ beta1, beta2 }, i) =>
      panel({
        title: `β₁ = ${beta1}, β₂ = ${beta2}`,
        x: { label: "learning rate", scale: "log", ticks: [1e-5, 1e-3, 0.1] },
        y: { label: "loss, nats per example", scale: "log", domain },
        marks: [
          { each: corrected[i], word: "corrected", series: 0 },
          { each: plain[i], word: "uncorrected", series: 1 },
        ].flatMap(({ each, word, series }) => [
          line({ x: RATES, y: each.few, label: `${word}, ${few} epochs`, series, dash: "dashed" }),
          line({ x: RATES, y: each.many, label: `${word}, ${many} epochs`, series, dash: "solid", weight: "bold" }),
        ]),
      }),
    ),
  });
}

const isLosses = (value: unknown): value is readonly (number | null)[] =>
  Array.isArray(value) && value.every((each) => each === null || typeof each === "number");
