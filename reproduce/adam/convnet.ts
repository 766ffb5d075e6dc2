import type { Dataset } from "../../src/data/index.ts";
import { line, type Mark, type Panel, panel } from "../../src/figure/index.ts";
import { type ModelData, models } from "../../src/nn/index.ts";
import { firstExamples, firstOf } from "../data.ts";
import { allOf, atMost, type Judged, unmeasured } from "../verdict.ts";
import {
  BATCH,
  type Curve,
  curveMarks,
  curveOf,
  curvesOf,
  firstLosses,
  lastLosses,
  mean,
  optimizers,
  passesOf,
  seriesOf,
  tableOf,
  titleOf,
} from "./contest.ts";
import type { Part } from "./part.ts";
import type { AdamSettings } from "./settings.ts";

const contenders = (["AdaGrad", "Nesterov", "Adam"] as const).map((label) => ({ label, ...optimizers[label] }));

/** The paper's figure shows these epochs on the left. */
const FIRST = 3;

/** With and without dropout. */
const variants = [false, true];

/** The paper's convnet, as wide as `widths` says, with or without its dropout. */
export const convnetModel = (
  { inputShape, outputs }: Pick<Dataset, "inputShape" | "outputs">,
  widths: readonly number[],
  dropout: boolean,
): ModelData => ({
  format: "downhill-model 1",
  name: `adam-cnn ${widths.join("-")}${dropout ? "" : " without dropout"}`,
  layers: models.adamCnn(inputShape, outputs, { widths, dropout }),
});

/** Section 6.3 and figure 3: both panels, with and without dropout. */
export const convnet: Part = {
  name: "convnet",
  work: ({ convnet: size }) =>
    variants.length * passesOf(size, contenders.length) * size.examples * (2 * multiplyAdds(size) + 2e5),
  run: async (given, { convnet: size }, tell) => {
    const { widths, whiten } = size;
    const names = ["cifar-10", "fashion-mnist", "mnist"];
    const { data: all, notes } = await firstOf(given, names, whiten && { whiten });
    const data = firstExamples(all, size.examples, size.others);
    const found: Curve[][] = [];
    for (const [i, dropout] of variants.entries()) {
      const model = convnetModel(all, widths, dropout);
      const share = (fraction: number): void => tell((i + fraction) / variants.length);
      const curves = await curvesOf(given, { data, model, contenders, size }, share);
      if (curves === undefined) break;
      found.push(curves);
    }
    const isWhole = found.length === variants.length;
    return {
      claims: variants.flatMap((dropout, i) => claimsOf(dropout, found[i])),
      told: found.map((curves, i) => tableOf(`Convnet ${wordsOf(variants[i])} dropout on ${titleOf(all)}`, curves)),
      panels: isWhole ? panelsOf(found, titleOf(all), data.train.count) : [],
      figures: [],
      description: "On the convnet, in the first epochs and over all.",
      notes: [
        ...notes,
        `Convnet: ${widths.join("-")} channels and units; where the paper gives no rates, dropout is 0.2 on the inputs and 0.5 on the dense layer. Inputs are ${whiten === undefined ? "standardised by channel, not whitened" : "whitened, as in the paper"}.`,
      ],
      data: all,
      outcome: isWhole ? "completed" : "interrupted",
    };
  },
};

/** For one example of 32 × 32 pixels in three colours. */
function multiplyAdds({ widths }: AdamSettings["convnet"]): number {
  const [units, ...channels] = [...widths].reverse();
  const convolutions = channels.reverse().map((width, i) => 25 * (widths[i - 1] ?? 3) * width * (32 / 2 ** i) ** 2);
  return convolutions.reduce((sum, each) => sum + each, 16 * widths[widths.length - 2] * units);
}

const wordsOf = (dropout: boolean): string => (dropout ? "with" : "without");

function claimsOf(dropout: boolean, curves: readonly Curve[] | undefined): Judged[] {
  const net = `Convnet ${wordsOf(dropout)} dropout`;
  const [early, late, marginal] = [
    `${net}: in the first ${FIRST} epochs Adam and AdaGrad lower the loss faster than Nesterov's momentum (mean loss over them).`,
    `${net}: in the end Adam and Nesterov's momentum are far below AdaGrad (at most half its loss).`,
    `${net}: in the end Adam is below Nesterov's momentum.`,
  ];
  if (curves === undefined) return [early, late, marginal].map((claim) => ({ claim, ...unmeasured }));
  const [adagrad, nesterov, adam] = ["AdaGrad", "Nesterov", "Adam"].map((label) => curveOf(curves, label));
  const first = (curve: Curve): number[] => firstLosses(curve, FIRST);
  return [
    {
      claim: early,
      ...allOf({
        "Adam/Nesterov": atMost(first(adam), first(nesterov)),
        "AdaGrad/Nesterov": atMost(first(adagrad), first(nesterov)),
      }),
    },
    {
      claim: late,
      ...allOf({
        "Adam/AdaGrad": atMost(lastLosses(adam), lastLosses(adagrad), 0.5),
        "Nesterov/AdaGrad": atMost(lastLosses(nesterov), lastLosses(adagrad), 0.5),
      }),
    },
    { claim: marginal, ...atMost(lastLosses(adam), lastLosses(nesterov)) },
  ];
}

function panelsOf([plain, dropped]: readonly (readonly Curve[])[], name: string, examples: number): Panel[] {
  const perEpoch = Math.ceil(examples / BATCH);
  return [
    panel({
      title: `Convnet, ${name}: the first ${FIRST} epochs`,
      x: { label: "epoch" },
      y: { label: "training loss of a batch", scale: "log" },
      marks: [
        ...plain.map((curve) => batchLine(curve, perEpoch)),
        ...dropped.map((curve) => batchLine(curve, perEpoch, "dashed")),
      ],
    }),
    panel({
      title: `Convnet, ${name} (dashed: with dropout)`,
      x: { label: "epoch", whole: true },
      y: { label: "training loss", scale: "log" },
      marks: [
        ...plain.flatMap((curve) => curveMarks(curve)),
        ...dropped.flatMap((curve) => curveMarks(curve, { dash: "dashed", unnamed: true })),
      ],
    }),
  ];
}

/** Batch by batch, the mean over the seeds and three neighbours. */
function batchLine({ label, batches }: Curve, perEpoch: number, dash?: "dashed"): Mark {
  const every = batches[0]?.every ?? 1;
  const count = Math.min(...batches.map(({ losses }) => losses.length), Math.ceil((FIRST * perEpoch) / every));
  const means = Array.from({ length: count }, (_, i) =>
    mean(batches.map(({ losses }) => losses[i] ?? Number.POSITIVE_INFINITY)),
  );
  const y = means.map((_, i) => mean(means.slice(Math.max(0, i - 1), i + 2)));
  const x = means.map((_, i) => (i * every) / perEpoch);
  return line({
    x,
    y,
    series: seriesOf(label),
    ...(dash === undefined ? { label, weight: "bold", dash: "solid" } : { dash }),
  });
}
