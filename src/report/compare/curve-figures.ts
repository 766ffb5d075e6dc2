import { type CompareResult, labelOf, median, quantile, type Trial } from "../../compare/index.ts";
import { band, type Figure, figure, line, type Mark, panel, rule } from "../../figure/index.ts";
import type { EpochRecord, RunRecord } from "../../train/index.ts";

/** One optimizer of a comparison, with its colour in all figures: `series`, a number in the palette. */
export interface Series {
  readonly label: string;
  readonly series: number;
  readonly runs: readonly RunRecord[];
  readonly trials: readonly Trial[];
}

export const seriesOf = ({ settings, runs, sensitivity }: CompareResult): Series[] =>
  settings.optimizers.map(labelOf).map((label, series) => ({
    label,
    series,
    runs: runs.filter(({ optimizer, outcome }) => optimizer === label && outcome.kind !== "interrupted"),
    trials: sensitivity.filter(({ optimizer }) => optimizer === label),
  }));

type Measure = (epoch: EpochRecord) => number | null | undefined;

/** The loss on the training set, averaged over an epoch's batches, or on the validation set. */
export function lossFigure(result: CompareResult, set: "train" | "validation", description: string): Figure {
  const all = seriesOf(result);
  const name = set === "train" ? "training loss" : "validation loss";
  const measure: Measure = (epoch) => epoch[set].loss;
  const { target } = result;
  const goal = set === "validation" && target?.measure === "loss" ? [rule({ y: target.value, text: "target" })] : [];
  return figure({
    title: set === "train" ? "Training loss by epoch" : "Validation loss by epoch",
    description,
    height: 460,
    legend: set === "train" ? "auto" : "list",
    panels: [
      panel({
        x: { label: "epoch", whole: true },
        y: { label: name, scale: "log", domain: cappedDomain(all, measure) },
        marks: [...goal, ...all.flatMap((each) => overSeeds(each, measure))],
      }),
    ],
  });
}

/** Where the axis of accuracies begins: a little below the median after the first tenth of the epochs. */
export function accuracyFloor({ runs, settings }: CompareResult): number {
  const early = Math.ceil(settings.epochs / 10);
  const start = median(runs.flatMap(({ epochs }) => epochs[early - 1]?.validation.accuracy ?? []));
  return Number.isFinite(start) ? Math.max(0, Math.floor(start * 20 - 1) / 20) : 0;
}

/** The fraction of the validation examples that are classified correctly. */
export function accuracyFigure(result: CompareResult, description: string): Figure {
  const all = seriesOf(result);
  const measure: Measure = ({ validation: { accuracy } }) => (typeof accuracy === "number" ? 100 * accuracy : accuracy);
  const low = accuracyFloor(result);
  return figure({
    title: "Validation accuracy by epoch",
    description,
    height: 400,
    legend: "list",
    panels: [
      panel({
        x: { label: "epoch", whole: true },
        y: { label: "validation accuracy (%)", domain: [100 * low, 100] },
        marks: all.flatMap((each) => overSeeds(each, measure)),
      }),
    ],
  });
}

/** The median over the seeds as a line, the middle half of them as a band; the line ends where most have diverged. */
function overSeeds({ label, series, runs }: Series, measure: Measure): Mark[] {
  const length = Math.max(0, ...runs.map(({ epochs }) => epochs.length));
  const at = Array.from({ length }, (_, i) => {
    const values = runs.flatMap(({ epochs }) => (epochs[i] === undefined ? [] : [measure(epochs[i]) ?? null]));
    const whole = values.filter((value) => value !== null);
    return 2 * whole.length > runs.length ? [0.25, 0.5, 0.75].map((p) => quantile(whole, p)) : [null, null, null];
  });
  const x = at.map((_, i) => i + 1);
  const [lo, y, hi] = [0, 1, 2].map((k) => at.map((quartiles) => quartiles[k]));
  if (y.every((each) => each === null)) return [];
  const diverged =
    runs.some(({ outcome }) => outcome.kind === "diverged") && (y.at(-1) === null || length < longest(runs));
  return [...(runs.length > 1 ? [band({ x, lo, hi, label, series })] : []), line({ x, y, label, series, diverged })];
}

const longest = (runs: readonly RunRecord[]): number => Math.max(...runs.map(({ epochs }) => epochs.length));

/** From the lowest value to 1.5 times the first batches' loss: the curve of a run that explodes leaves at the top. */
function cappedDomain(all: readonly Series[], measure: Measure): readonly [number, number] | undefined {
  const values = all.flatMap(({ runs }) => runs.flatMap(({ epochs }) => epochs.map((epoch) => measure(epoch) ?? null)));
  const positive = values.filter((value) => value !== null).filter((value) => value > 0);
  const starts = all.flatMap(({ runs }) => runs.flatMap(({ batches }) => batches.losses[0] ?? []));
  const cap = 1.5 * median(starts);
  const [low, high] = [Math.min(...positive), Math.max(...positive)];
  return high > cap ? lossWindow(0.9 * low, cap) : undefined;
}

/** The domain of a log axis; undefined where these numbers, read from a run's file, do not make one. */
export const lossWindow = (low: number, high: number): readonly [number, number] | undefined =>
  low > 0 && low < high && high < Number.POSITIVE_INFINITY ? [low, high] : undefined;
