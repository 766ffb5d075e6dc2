import { numberTable, type Told } from "../../lecture/index.ts";
import type { Contender } from "../../src/compare/index.ts";
import type { Dataset } from "../../src/data/index.ts";
import { band, line, type Mark } from "../../src/figure/index.ts";
import type { ModelData } from "../../src/nn/index.ts";
import type { BatchCurve } from "../../src/train/index.ts";
import type { Given } from "../reproduction.ts";
import type { ContestSize } from "./settings.ts";

/** The batches of the paper. */
export const BATCH = 128;

/** The paper's optimizers: the name in figures, and the rule. Their colours are the same in all figures. */
export const optimizers = {
  Adam: { rule: "adam" },
  AdaGrad: { rule: "adagrad" },
  Nesterov: { rule: "nesterov" },
  RMSProp: { rule: "rmsprop" },
  AdaDelta: { rule: "adadelta" },
} as const satisfies Readonly<Record<string, Contender>>;

export type OptimizerName = keyof typeof optimizers;

const names = Object.keys(optimizers);

/** An optimizer's training losses. */
export interface Curve {
  readonly label: string;
  /** The learning rate that the search found. */
  readonly lr: number;
  /** By seed, by epoch: the mean over the batches as they came. Infinity from where a run diverged. */
  readonly losses: readonly (readonly number[])[];
  /** By seed. */
  readonly batches: readonly BatchCurve[];
}

/** A contest to make. */
export interface Contest {
  readonly data: Dataset;
  readonly model: ModelData;
  readonly contenders: readonly Contender[];
  readonly size: ContestSize;
  readonly l2?: number;
}

/**
 * Each contender tries as many learning rates as the others, judged by the training loss, and is then trained from several seeds. Undefined where
 * the work was interrupted.
 */
export async function curvesOf(
  given: Given,
  { data, model, contenders, size, l2 = 0 }: Contest,
  tell: (fraction: number) => void,
): Promise<Curve[] | undefined> {
  const { epochs, trials, seeds, tuningEpochs = epochs } = size;
  const result = await given.compare({
    ...{ data, model, optimizers: contenders, batchSize: BATCH, epochs, trials, seeds, tuningEpochs, l2 },
    ...{ tuningSeeds: [Math.max(...seeds) + 1], tuneOn: "training", fullBatch: false },
    onPasses: (done, total) => tell(done / total),
  });
  if (result.outcome === "interrupted") return undefined;
  return contenders.map(({ label = "" }) => {
    const runs = result.runs.filter(({ optimizer }) => optimizer === label);
    const lr = Number(runs[0]?.hyper.lr);
    const losses = runs.map((run) =>
      Array.from({ length: epochs }, (_, epoch) => run.epochs[epoch]?.train.loss ?? Number.POSITIVE_INFINITY),
    );
    return { label, lr, losses, batches: runs.map(({ batches }) => batches) };
  });
}

/** Passes over the training set in a contest. */
export const passesOf = ({ epochs, trials, seeds, tuningEpochs = epochs }: ContestSize, contenders: number): number =>
  contenders * (trials * tuningEpochs + seeds.length * epochs);

/** The curve of this label. */
export function curveOf(curves: readonly Curve[], label: string): Curve {
  const found = curves.find((curve) => curve.label === label);
  if (found === undefined) throw new RangeError(`there is no curve of ${label}`);
  return found;
}

/** By seed: the loss in the last epoch. */
export const lastLosses = ({ losses }: Curve): number[] => losses.map((all) => all[all.length - 1]);

/** By seed: the mean loss over the first epochs. */
export const firstLosses = ({ losses }: Curve, epochs: number): number[] =>
  losses.map((all) => mean(all.slice(0, epochs)));

/** By seed: the mean loss over the second half of the epochs, by which the learning rate was chosen. */
export const lateLosses = ({ losses }: Curve): number[] => losses.map((all) => mean(all.slice(all.length >> 1)));

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The mean over the seeds as a line, and their range as a band. */
export function curveMarks(curve: Curve, look: { readonly dash?: "dashed"; readonly unnamed?: boolean } = {}): Mark[] {
  const { label, losses } = curve;
  const series = seriesOf(label);
  const x = losses[0].map((_, epoch) => epoch + 1);
  const over = (pick: (values: number[]) => number): number[] =>
    x.map((_, epoch) => pick(losses.map((all) => all[epoch])));
  return [
    band({ x, lo: over((values) => Math.min(...values)), hi: over((values) => Math.max(...values)), series }),
    line({
      ...{ x, y: over(mean), series, weight: "bold", dash: look.dash ?? "solid" },
      ...(look.unnamed ? {} : { label }),
    }),
  ];
}

/** The colour of an optimizer; a variant has that of the one that its label begins with. */
export const seriesOf = (label: string): number => names.findIndex((name) => label.startsWith(name));

/** A data set's name in titles. */
export const titleOf = ({ name }: Pick<Dataset, "name">): string => name.toUpperCase();

/** The learning rates that were found, and the losses. */
export function tableOf(title: string, curves: readonly Curve[]): Told[number] {
  return numberTable(title, {
    optimizer: curves.map(({ label }) => label),
    "learning rate": curves.map(({ lr }) => lr),
    "mean loss in the second half": curves.map((curve) => words(lateLosses(curve))),
    "loss in the last epoch": curves.map((curve) => words(lastLosses(curve))),
    lowest: curves.map((curve) => words([Math.min(...lastLosses(curve))])),
    highest: curves.map((curve) => words([Math.max(...lastLosses(curve))])),
  });
}

const words = (values: readonly number[]): string => {
  const value = mean(values);
  return Number.isFinite(value) ? value.toPrecision(4) : "diverged";
};
