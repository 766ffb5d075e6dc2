import { cellWords, facts, numberTable, type Told } from "../../lecture/index.ts";
import type { Dataset, Examples } from "../../src/data/index.ts";
import { firstExamples, firstOf } from "../data.ts";
import { type Findings, type Given, progressOver, type Reproduction } from "../reproduction.ts";
import { claimsOf, findingNotes, type Measures, type NetMeasures } from "./claims.ts";
import { figuresOf } from "./figures.ts";
import { type TrainedNet, trainedNet } from "./nets.ts";
import { type LandscapeSettings, landscapeSettings, type NetName, netNames } from "./settings.ts";
import { type MeasuredSlice, measuredSlice, type Surveyed, shareBelow, withCurvature } from "./slices.ts";

export const landscapes: Reproduction = {
  name: "landscapes",
  title: "The loss landscapes of nets with and without skips",
  source: "Li, Xu, Taylor, Studer & Goldstein 2018, Visualizing the loss landscape of neural nets, sections 5 and 6",
  extents: {
    quick: {
      about:
        "resnet-26 with and without skips, resnet-14 without, and a small densenet, narrowed, on 2,000 images of CIFAR-10 halved to 16 × 16, trained to a loss of 1.4; 5 seeds, 2 slices of 11 × 11 points through each",
      cost: "15 minutes",
    },
    full: {
      about:
        "resnet-56 with and without skips, resnet-20 without, and densenet-cifar, 30 epochs of CIFAR-10; 3 seeds, 3 slices of 25 × 25 points through each, on 1,000 images",
      cost: "3 days",
    },
  },
  parts: [],
  run: (given) => reproduceLandscapes(given, landscapeSettings[given.scale]),
};

/** The reproduction at any size. */
export async function reproduceLandscapes(given: Given, settings: LandscapeSettings): Promise<Findings> {
  const { training, seeds, nets, pairs } = settings;
  const { data: all, notes } = await firstOf(given, ["cifar-10", "fashion-mnist"]);
  const data = partsOf(all, settings);
  const wanted = seeds.flatMap((seed) => netNames.map((name) => ({ name, seed })));
  const tell = progressOver(workOf(settings), given);
  const device = await given.device();
  const surveyed: Surveyed[] = [];
  for (const { name, seed } of wanted) {
    const part = partName(name, seed);
    const request = { name, plan: nets[name], training, seed, data, device };
    const net = await trainedNet(given, request, (fraction) => tell(`${part}: training`, fraction));
    if (net === undefined) break;
    tell(`${part}: training`, 1);
    const slices = await slicesOf(given, settings, { net, data, device }, (fraction) =>
      tell(`${part}: slices`, fraction),
    );
    if (slices.length < pairs) break;
    surveyed.push({ net, slices });
  }
  const measures = measuresOf(surveyed);
  const { name, source, licence } = data;
  return {
    claims: claimsOf(measures),
    told: toldOf(settings, data, measures),
    figures: figuresOf(surveyed, settings),
    notes: [...notes, ...methodNotes(settings), ...findingNotes(measures)],
    data: [{ name, source, licence }],
    outcome: surveyed.length < wanted.length ? "interrupted" : "completed",
  };
}

/** The images to train on, as validation set those of them that slices are measured on, and those for the test. */
function partsOf(data: Dataset, { training, testImages, sliceImages }: LandscapeSettings): Dataset {
  const first = firstExamples(data, training.images, testImages);
  return { ...first, validation: firstExamples(first, sliceImages, 1).train };
}

const partName = (name: NetName, seed: number): string => `${name}, seed ${seed}`;

/** Multiply-adds, in millions: a step costs three passes, a slice's point one. */
function workOf({ nets, training, seeds, pairs, columns, sliceImages, curvature }: LandscapeSettings) {
  const entries = seeds.flatMap((seed) =>
    netNames.flatMap((name): [string, number][] => {
      const { work } = nets[name];
      const products = name === "dense" ? 6 * curvature.columns ** 2 * curvature.images * curvature.products : 0;
      return [
        [`${partName(name, seed)}: training`, 3 * work * training.images * training.epochs],
        [`${partName(name, seed)}: slices`, work * (pairs * columns ** 2 * sliceImages + products)],
      ];
    }),
  );
  return Object.fromEntries(entries);
}

/** A net's slices, fewer where the work was interrupted; the first one of a dense net with its curvature. */
async function slicesOf(
  given: Given,
  settings: LandscapeSettings,
  on: { readonly net: TrainedNet; readonly data: Dataset; readonly device: Awaited<ReturnType<Given["device"]>> },
  tell: (fraction: number) => void,
): Promise<MeasuredSlice[]> {
  const { pairs, curvature } = settings;
  const examples = on.data.validation;
  const parts = pairs + (on.net.name === "dense" ? 1 : 0);
  const found: MeasuredSlice[] = [];
  for (let pair = 1; pair <= pairs; pair++) {
    const request = { ...on, pair, examples, settings };
    const slice = await measuredSlice(given, request, (fraction) => tell((pair - 1 + fraction) / parts));
    if (slice === undefined) return found;
    found.push(slice);
  }
  if (parts === pairs) return found;
  const few = { ...on, pair: 1, examples: fewer(examples, curvature.images) };
  const [first, ...others] = found;
  const curved = await withCurvature(given, few, first, curvature, (fraction) => tell((pairs + fraction) / parts));
  return curved === undefined ? [] : [{ ...first, slice: curved }, ...others];
}

const fewer = ({ inputs, targets, count }: Examples, most: number): Examples => {
  const taken = Math.min(most, count);
  return {
    count: taken,
    inputs: inputs.subarray(0, (inputs.length / count) * taken),
    targets: targets.subarray(0, (targets.length / count) * taken),
  };
};

function measuresOf(surveyed: readonly Surveyed[]): Measures {
  const of = (name: NetName): NetMeasures[] => surveyed.filter(({ net }) => net.name === name).map(measuresOfNet);
  return { skips: of("skips"), plain: of("plain"), shallow: of("shallow"), dense: of("dense") };
}

/** Means over the slices. */
function measuresOfNet({ net: { seed, loss, testError }, slices }: Surveyed): NetMeasures {
  const mean = (of: (each: MeasuredSlice["measures"]) => number | null): number =>
    slices.reduce((sum, { measures }) => sum + (of(measures) ?? Number.NaN), 0) / slices.length;
  const inBasin = slices.flatMap(({ measures: { nonConvexInBasin: share } }) => (share === null ? [] : [share]));
  return {
    ...{ seed, loss, testError },
    basin: mean(({ basin }) => basin),
    lossAtRadius: mean(({ lossAtRadius }) => lossAtRadius),
    nonConvex: mean(({ nonConvex }) => nonConvex),
    nonConvexInBasin: inBasin.length === 0 ? null : inBasin.reduce((sum, share) => sum + share, 0) / inBasin.length,
    sharpness: mean(({ sharpness }) => sharpness),
    minima: Math.max(...slices.map(({ measures: { minima } }) => minima)),
    shareConvexByCurvature: shareBelow(slices[0].slice, 0.01),
  };
}

function toldOf(settings: LandscapeSettings, data: Dataset, measures: Measures): Told {
  const { nets, training, columns, pairs } = settings;
  const rows = netNames.flatMap((name) => measures[name].map((each) => ({ name, ...each })));
  const percent = (share: number | null): string =>
    share === null || Number.isNaN(share) ? "–" : `${(100 * share).toFixed(1)} %`;
  const number = (value: number): string => (Number.isFinite(value) ? cellWords(value) : "–");
  return [
    facts({
      "training images": data.train.count,
      "test images": data.test.count,
      "images for slices": data.validation.count,
      "most epochs": training.epochs,
      "points of a slice": `${columns} × ${columns}`,
      "slices through each net": pairs,
      "loss of guessing": Math.log(data.outputs),
    }),
    ...(rows.length === 0
      ? []
      : [
          numberTable("The nets, and the means over their slices", {
            net: rows.map(({ name }) => `${nets[name].title}, ${nets[name].about}`),
            seed: rows.map(({ seed }) => seed),
            loss: rows.map(({ loss }) => number(loss)),
            "test error": rows.map(({ testError }) => percent(testError)),
            basin: rows.map(({ basin }) => percent(basin)),
            "loss at radius 0.5": rows.map(({ lossAtRadius }) => number(lossAtRadius)),
            "not convex": rows.map(({ nonConvex }) => percent(nonConvex)),
            "not convex in the basin": rows.map(({ nonConvexInBasin }) => percent(nonConvexInBasin)),
            "sharpness within 0.5": rows.map(({ sharpness }) => number(sharpness)),
            "local minima, most": rows.map(({ minima }) => minima),
            "|λmin/λmax| below 1 %": rows.map(({ shareConvexByCurvature: share }) => percent(share)),
          }),
        ]),
  ];
}

const methodNotes = ({ training, pairs, sliceImages, nets }: LandscapeSettings): string[] => [
  `Slices are of the loss on ${sliceImages.toLocaleString("en")} training images, along ${pairs} pairs of random directions for each net, filter by filter as long as the net's, with its own means and variances of batch normalisation; biases and normalisation are not moved.`,
  ...(training.halved
    ? [
        `These are smaller siblings of the paper's nets: ${Object.values(nets)
          .map(({ title }) => title)
          .join(", ")}, on images halved to means of 2 × 2 pixels. What holds for them need not hold for resnet-56.`,
      ]
    : []),
  ...(training.until === undefined
    ? []
    : [
        `Each net is trained until its loss on these images is at most ${training.until}, or for ${training.epochs} epochs: so the slices are compared around nets that are about as good.`,
      ]),
];
