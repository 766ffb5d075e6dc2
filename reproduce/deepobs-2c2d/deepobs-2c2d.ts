import { facts, numberTable } from "../../lecture/index.ts";
import { type Dataset, type Examples, sourceOf, type Vector } from "../../src/data/index.ts";
import { type Figure, figure, line, panel, rule } from "../../src/figure/index.ts";
import type { Device } from "../../src/index.ts";
import { modelFor, models, parameterCount } from "../../src/nn/index.ts";
import { adam } from "../../src/optimizers/index.ts";
import { Engine, Training } from "../../src/train/index.ts";
import { isNumbers, rangeOf } from "../plain.ts";
import { type Findings, type Given, once, progressOver, type Reproduction, type Scale } from "../reproduction.ts";
import { exactly, type Judged, unmeasured, within } from "../verdict.ts";

/** How much is done. */
export interface Settings {
  readonly epochs: number;
  readonly seeds: readonly number[];
}

const settings: Readonly<Record<Scale, Settings>> = {
  quick: { epochs: 1, seeds: [1, 2, 3] },
  full: { epochs: 10, seeds: [1, 2, 3] },
};

/** After each epoch, without anything that is random: the loss over the whole training set, and the test accuracy. */
interface Trained {
  readonly trainLoss: readonly number[];
  readonly testAccuracy: readonly number[];
}

/** What DeepOBS's own logs have for Adam with a learning rate of 2.5e-4. */
const PUBLISHED = [
  { epoch: 1, trainLoss: 0.396, testAccuracy: 85.05 },
  { epoch: 10, trainLoss: 0.1774, testAccuracy: 90.61 },
] as const;

/** By how much a mean may differ from the published one: the loss by this part, the accuracy by so many points. */
const [LOSS, POINTS] = [0.05, 1];

const [BATCH, LR, WEIGHTS] = [128, 2.5e-4, 3_274_634];

export const deepobs2c2d: Reproduction = {
  name: "deepobs-2c2d",
  title: "DeepOBS's net 2c2d on Fashion-MNIST, by Adam",
  source: "Schneider, Balles & Hennig 2019, DeepOBS: a deep learning optimizer benchmark suite, problem fmnist_2c2d",
  extents: {
    quick: { about: "3 nets, 1 epoch of 60,000 images in batches of 128", cost: "4 minutes" },
    full: { about: "3 nets, 10 epochs of 60,000 images in batches of 128", cost: "35 minutes" },
  },
  parts: [],
  run: (given) => reproduceDeepobs(given, settings[given.scale]),
};

/** The reproduction at any size. */
export async function reproduceDeepobs(given: Given, { epochs, seeds }: Settings): Promise<Findings> {
  const data = await given.data("fashion-mnist");
  const images = asInDeepobs(data);
  const device = await given.device();
  const nets: Trained[] = [];
  const tell = progressOver(Object.fromEntries(seeds.map((seed) => [`net ${seed}`, 1])), given);
  for (const seed of seeds) {
    const key = { reproduction: "deepobs-2c2d", version: 1, data: given.digest(data), epochs, seed };
    const net = await once(given, key, isTrained, () =>
      trainedNet(images, device, { epochs, seed, signal: given.signal, tell: (part) => tell(`net ${seed}`, part) }),
    );
    if (net === undefined) break;
    tell(`net ${seed}`, 1);
    nets.push(net);
  }
  const { name, source, licence } = data;
  return {
    claims: claimsOf(nets, parameterCount(netFor(images))),
    told: [
      facts({
        "training images": images.train.count,
        "test images": images.test.count,
        epochs,
        "batch size": BATCH,
        "learning rate": LR,
      }),
      ...(nets.length === 0 ? [] : [tableOf(nets)]),
    ],
    figures: nets.length === 0 ? [] : [figureOf(nets)],
    notes: [
      "The training set is all 60,000 images, those that are for validation elsewhere too; pixels are from 0 to 1.",
    ],
    data: [{ name, source, licence }],
    outcome: nets.length < seeds.length ? "interrupted" : "completed",
  };
}

/** All that is for training, as pixels from 0 to 1, and the test set. */
function asInDeepobs(data: Dataset): Dataset {
  const { train, validation, test } = data;
  const [low, high] = rangeOf(train.inputs);
  const joined = (parts: readonly Examples[]): Examples => ({
    count: parts.reduce((sum, { count }) => sum + count, 0),
    inputs: oneAfterAnother(parts.map(({ inputs }) => inputs)).map((value) => (value - low) / (high - low)),
    targets: oneAfterAnother(parts.map(({ targets }) => targets)),
  });
  const tested = joined([test]);
  return { ...data, train: joined([train, validation]), validation: tested, test: tested };
}

function oneAfterAnother(vectors: readonly Vector[]): Float32Array {
  const all = new Float32Array(vectors.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const vector of vectors) {
    all.set(vector, at);
    at += vector.length;
  }
  return all;
}

const netFor = (data: Dataset) =>
  modelFor({ format: "downhill-model 1", layers: models.twoConvTwoDense(data.inputShape, data.outputs) }, data);

interface Work {
  readonly epochs: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly tell: (part: number) => void;
}

/** Adam on shuffled batches; an incomplete last one is left out, as DeepOBS does. */
async function trainedNet(
  data: Dataset,
  device: Device,
  { epochs, seed, signal, tell }: Work,
): Promise<Trained | undefined> {
  const engine = new Engine(device);
  const options = { epochs, batchSize: BATCH, dropLast: true, seed, signal } as const;
  const run = new Training({ ...options, model: netFor(data), data, optimizer: adam({ lr: LR }) }, engine);
  const steps = epochs * Math.floor(data.train.count / BATCH);
  const [trainLoss, testAccuracy]: number[][] = [[], []];
  for await (const event of run) {
    if (event.kind === "batch" && event.step % 10 === 0) tell(event.step / steps);
    if (event.kind === "epoch") {
      trainLoss.push((await engine.evaluate(sourceOf(data.train), run.state.w)).loss);
      testAccuracy.push(100 * (event.validation.accuracy ?? 0));
    }
    if (event.kind === "end" && event.outcome.kind === "completed") return { trainLoss, testAccuracy };
  }
  return undefined;
}

const claimsOf = (nets: readonly Trained[], weights: number): Judged[] => [
  { claim: `The net has ${WEIGHTS.toLocaleString("en")} weights.`, ...exactly(weights, WEIGHTS) },
  ...PUBLISHED.flatMap(({ epoch, trainLoss, testAccuracy }): Judged[] => {
    const of = (values: (net: Trained) => readonly number[]): number[] =>
      nets.flatMap((net) => values(net)[epoch - 1] ?? []);
    const [losses, accuracies] = [of((net) => net.trainLoss), of((net) => net.testAccuracy)];
    const after = `After ${epoch === 1 ? "1 epoch" : `${epoch} epochs`}`;
    return [
      {
        claim: `${after} the loss over the training set is ${trainLoss} (to ${100 * LOSS} %).`,
        ...(losses.length === 0 ? unmeasured : within(losses, (1 - LOSS) * trainLoss, (1 + LOSS) * trainLoss)),
      },
      {
        claim: `${after} ${testAccuracy} % of the test images are right (to a point).`,
        ...(losses.length === 0 ? unmeasured : within(accuracies, testAccuracy - POINTS, testAccuracy + POINTS)),
      },
    ];
  }),
];

function tableOf(nets: readonly Trained[]) {
  const epochs = nets[0].trainLoss.map((_, i) => i + 1);
  const published = (epoch: number, key: "trainLoss" | "testAccuracy"): string =>
    `${PUBLISHED.find((each) => each.epoch === epoch)?.[key] ?? "–"}`;
  return numberTable("After each epoch", {
    epoch: epochs,
    ...Object.fromEntries(
      nets.flatMap(({ trainLoss, testAccuracy }, i) => [
        [`net ${i + 1}: loss`, trainLoss],
        [`net ${i + 1}: accuracy, %`, testAccuracy],
      ]),
    ),
    "published loss": epochs.map((epoch) => published(epoch, "trainLoss")),
    "published accuracy, %": epochs.map((epoch) => published(epoch, "testAccuracy")),
  });
}

function figureOf(nets: readonly Trained[]): Figure {
  const last = nets.map(({ testAccuracy }) => `${testAccuracy[testAccuracy.length - 1].toFixed(1)} %`);
  const epochs = nets[0].trainLoss.length;
  const curves = (pick: (net: Trained) => readonly number[]) =>
    nets.map((net, i) => line({ x: pick(net).map((_, epoch) => epoch + 1), y: pick(net), label: `net ${i + 1}` }));
  const lines = (key: "trainLoss" | "testAccuracy") =>
    PUBLISHED.filter(({ epoch }) => epoch <= epochs).map((each) =>
      rule({ y: each[key], text: `DeepOBS, epoch ${each.epoch}` }),
    );
  return figure({
    title: "DeepOBS's 2c2d on Fashion-MNIST",
    description: `Loss over the training set and test accuracy after each epoch, for ${nets.length} seeds; in the end ${last.join(", ")} of the test images are right. Lines are the published values.`,
    panels: [
      panel({
        title: "Loss over the training set",
        x: { label: "epoch", whole: true },
        y: { label: "loss", scale: "log" },
        marks: [...curves((net) => net.trainLoss), ...lines("trainLoss")],
      }),
      panel({
        title: "Test accuracy",
        x: { label: "epoch", whole: true },
        y: { label: "right, %" },
        marks: [...curves((net) => net.testAccuracy), ...lines("testAccuracy")],
      }),
    ],
  });
}

const isTrained = (value: unknown): value is Trained =>
  typeof value === "object" &&
  value !== null &&
  "trainLoss" in value &&
  "testAccuracy" in value &&
  isNumbers(value.trainLoss) &&
  isNumbers(value.testAccuracy);
