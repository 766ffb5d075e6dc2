import { cellWords, facts, numberTable, type Told } from "../../lecture/index.ts";
import type { Dataset } from "../../src/data/index.ts";
import { type Figure, figure, line, panel, rule } from "../../src/figure/index.ts";
import type { Device } from "../../src/index.ts";
import { parameterCount } from "../../src/nn/index.ts";
import { gradientDescent } from "../../src/optimizers/index.ts";
import { Engine, Training } from "../../src/train/index.ts";
import { isNumbers } from "../plain.ts";
import { type Findings, type Given, once, progressOver, type Reproduction, type Scale } from "../reproduction.ts";
import { exactly, unmeasured, within } from "../verdict.ts";
import { type SmallDigits, smallDigits } from "./digits.ts";
import { digitsNet } from "./net.ts";

/** How much is done: digits, passes over them, and the seeds of the initial weights. */
export interface Settings {
  readonly counts: readonly [train: number, test: number];
  readonly passes: number;
  readonly seeds: readonly number[];
}

const PUBLISHED = { counts: [7291, 2007], passes: 23 } as const;

const settings: Readonly<Record<Scale, Settings>> = {
  quick: { ...PUBLISHED, passes: 8, seeds: [1, 2] },
  full: { ...PUBLISHED, seeds: [1, 2, 3, 4] },
};

/** One net's training. */
interface Trained {
  /** By pass, as it came: the mean loss while the weights moved. */
  readonly trainLoss: readonly number[];
  /** By pass: the fraction of the test digits that is wrong. */
  readonly testError: readonly number[];
  /** After the last pass. */
  readonly last: { readonly trainLoss: number; readonly trainError: number; readonly testLoss: number };
}

/** The results of 2022, and those of 1989 on its own digits, after 23 passes. */
const results = {
  2022: { trainLoss: 4.073e-3, trainError: 0.0062, testLoss: 2.838e-2, testError: 0.0409 },
  1989: { trainLoss: 2.5e-3, trainError: 0.0014, testLoss: 1.8e-2, testError: 0.05 },
} as const;

/** The standard deviation of an error of 4.1 % on a draw of 2,007 digits. */
const DRAW = 0.004;

export const lecun1989: Reproduction = {
  name: "lecun-1989",
  title: "LeCun's net for handwritten digits of 1989, as made again in 2022",
  source:
    "LeCun et al. 1989, Backpropagation applied to handwritten zip code recognition; Karpathy 2022, Deep neural nets: 33 years ago and 33 years from now",
  extents: {
    quick: { about: "2 nets, 8 of the 23 passes over 7,291 digits, one digit a step", cost: "30 seconds" },
    full: { about: "4 nets, 23 passes over 7,291 digits, one digit a step", cost: "3 minutes" },
  },
  parts: [],
  run: (given) => reproduceLecun(given, settings[given.scale]),
};

/** The reproduction at any size. */
export async function reproduceLecun(given: Given, settings: Settings): Promise<Findings> {
  const { counts, passes, seeds } = settings;
  const data = await given.data("mnist");
  const digits = smallDigits(data, counts);
  const device = await given.device();
  const nets: Trained[] = [];
  const tell = progressOver(Object.fromEntries(seeds.map((seed) => [`net ${seed}`, 1])), given);
  for (const seed of seeds) {
    const key = { reproduction: "lecun-1989", version: 1, data: given.digest(data), counts, passes, seed };
    const net = await once(given, key, isTrained, () =>
      trainedNet(digits, device, { passes, seed, signal: given.signal, tell: (part) => tell(`net ${seed}`, part) }),
    );
    if (net === undefined) break;
    tell(`net ${seed}`, 1);
    nets.push(net);
  }
  return findings(data, settings, nets);
}

interface Work {
  readonly passes: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly tell: (part: number) => void;
}

/** Gradient descent with a learning rate of 0.03, one digit a step, in the same order in every pass. */
async function trainedNet(digits: SmallDigits, device: Device, work: Work): Promise<Trained | undefined> {
  const { passes, seed, signal, tell } = work;
  // Nothing is chosen by the digits that are shown after each pass.
  const data = { ...digits, validation: digits.test, test: digits.train };
  const options = { epochs: passes, batchSize: 1, sampler: "sequential", seed, signal } as const;
  const run = new Training(
    { ...options, model: digitsNet(), data, optimizer: gradientDescent({ lr: 0.03 }) },
    new Engine(device),
  );
  const [trainLoss, testError]: number[][] = [[], []];
  let testLoss = Number.NaN;
  for await (const event of run) {
    if (event.kind === "batch" && event.step % 100 === 0) tell(event.step / (passes * digits.train.count));
    if (event.kind === "epoch") {
      trainLoss.push(event.train.loss);
      testError.push(1 - (event.validation.accuracy ?? 0));
      testLoss = event.validation.loss;
    }
    if (event.kind === "end" && event.outcome.kind === "completed")
      return {
        trainLoss,
        testError,
        last: { trainLoss: event.test.loss, trainError: 1 - (event.test.accuracy ?? 0), testLoss },
      };
  }
  return undefined;
}

function findings(
  { name, source, licence, classes }: Dataset,
  { counts, passes, seeds }: Settings,
  nets: readonly Trained[],
): Findings {
  const errors = nets.map(({ testError }) => 100 * testError[testError.length - 1]);
  const published = 100 * results[2022].testError;
  const error = nets.length === 0 ? unmeasured : within(errors, published - 100 * DRAW, published + 100 * DRAW);
  return {
    claims: [
      { claim: "The net has 9,760 weights.", ...exactly(parameterCount(digitsNet()), 9760) },
      {
        claim: `After 23 passes ${published.toFixed(1)} % of the test digits are wrong, as in 2022, give or take the ${(100 * DRAW).toFixed(1)} % by which draws of 2,007 digits differ.`,
        verdict: passes === PUBLISHED.passes ? error.verdict : "undecided",
        measured: `${error.measured} % after ${passes} passes`,
      },
    ],
    told: [
      facts({ "training digits": counts[0], "test digits": counts[1], classes: classes.length, passes }),
      ...tableOf(nets),
    ],
    figures: nets.length === 0 ? [] : [errorsFigure(nets)],
    notes: [
      "The digits are one draw from MNIST, the same for all nets; 1989's own are lost. The nets differ in their initial weights.",
    ],
    data: [{ name, source, licence }],
    outcome: nets.length < seeds.length ? "interrupted" : "completed",
  };
}

function tableOf(nets: readonly Trained[]): Told {
  if (nets.length === 0) return [];
  const rows = [
    ...nets.map(({ testError, last }) => ({ ...last, testError: testError[testError.length - 1] })),
    results[2022],
    results[1989],
  ];
  const percent = (part: number): string => `${(100 * part).toFixed(2)} %`;
  return [
    numberTable("After the last pass", {
      net: [...nets.map((_, i) => `net ${i + 1}`), "2022, 23 passes", "1989, 23 passes"],
      "training loss": rows.map(({ trainLoss }) => cellWords(trainLoss)),
      "training error": rows.map(({ trainError }) => percent(trainError)),
      "test loss": rows.map(({ testLoss }) => cellWords(testLoss)),
      "test error": rows.map(({ testError }) => percent(testError)),
    }),
  ];
}

function errorsFigure(nets: readonly Trained[]): Figure {
  const last = nets.map(({ testError }) => `${(100 * testError[testError.length - 1]).toFixed(1)} %`);
  const percent = (values: readonly number[]) => values.map((value) => 100 * value);
  const from1 = (y: readonly number[]) => ({ x: y.map((_, i) => i + 1), y });
  return figure({
    title: "LeCun's net of 1989",
    description: `Errors on the test digits after each pass; after the last one ${last.join(", ")}. The line is the published 4.09 %.`,
    panels: [
      panel({
        title: "Test error",
        x: { label: "pass", whole: true },
        y: { label: "wrong, %", scale: "log" },
        marks: [
          ...nets.map(({ testError }, i) => line({ ...from1(percent(testError)), label: `net ${i + 1}` })),
          rule({ y: 100 * results[2022].testError, text: "2022" }),
        ],
      }),
      panel({
        title: "Training loss",
        x: { label: "pass", whole: true },
        y: { label: "squared error", scale: "log" },
        marks: nets.map(({ trainLoss }, i) => line({ ...from1(trainLoss), label: `net ${i + 1}` })),
      }),
    ],
  });
}

const isTrained = (value: unknown): value is Trained => {
  if (typeof value !== "object" || value === null || !("trainLoss" in value && "testError" in value && "last" in value))
    return false;
  const { trainLoss, testError, last } = value;
  return (
    isNumbers(trainLoss) &&
    isNumbers(testError) &&
    typeof last === "object" &&
    last !== null &&
    Object.values(last).every((each) => typeof each === "number")
  );
};
