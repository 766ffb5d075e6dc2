import { type AxisOptions, type Figure, figure, type LineMark, line, marker, panel, rule } from "../../figure/index.ts";
import type { EpochRecord, RunRecord } from "../../train/index.ts";
import type { NamedRun } from "./named-runs.ts";

/** As the text beside the figure has it. */
const inPercent = (fraction: number | null | undefined): number | null =>
  fraction === null || fraction === undefined ? null : 100 * fraction;

type Measure = (epoch: EpochRecord) => number | null | undefined;

/** A curve by epoch. */
function byEpoch({ epochs, outcome }: RunRecord, measure: Measure, label: string, series: number): LineMark {
  const x = epochs.map(({ epoch }) => epoch);
  const y = epochs.map((epoch) => measure(epoch) ?? null);
  return line({ x, y, label, series, diverged: outcome.kind === "diverged" });
}

/** One run: training and validation set in one panel. Several runs: a panel for each set, a curve for each run. */
function bySet(
  all: readonly NamedRun[],
  title: string,
  y: AxisOptions,
  train: Measure,
  validation: Measure,
): Figure | null {
  const x = { label: "epoch", whole: true };
  const [{ run }] = all;
  const marks = (measure: Measure) => all.map((each, i) => byEpoch(each.run, measure, each.label, i));
  const panels =
    all.length === 1
      ? [
          panel({
            x,
            y,
            marks: [
              byEpoch(run, train, "training", 0),
              byEpoch(run, validation, "validation", 1),
              ...arrival(run),
              ...keptAt(run),
            ],
          }),
        ]
      : [
          panel({ title: "Training", x, y, marks: marks(train) }),
          panel({ title: "Validation", x, y, marks: marks(validation) }),
        ];
  return drawable(figure({ title, description: title, height: 400, panels }));
}

/** A diamond where the target was reached. */
function arrival({ epochs, target }: RunRecord) {
  const at = epochs.find(({ steps }) => steps === target?.step);
  const titles = ["the target was reached"];
  return at === undefined
    ? []
    : [marker({ points: [[at.epoch, at.validation.loss]], series: 1, shape: "diamond", size: 10, titles })];
}

/** A line at the epoch whose weights were kept. */
const keptAt = ({ kept }: RunRecord) => (kept === undefined ? [] : [rule({ x: kept.epoch, text: "weights kept" })]);

/** Null where no curve has a point. */
const drawable = (drawn: Figure): Figure | null =>
  drawn.panels.some(({ marks }) => marks.some((mark) => mark.kind === "line" && mark.points.length > 0)) ? drawn : null;

export const trainingLossFigure = (all: readonly NamedRun[]): Figure | null =>
  bySet(
    all,
    "Loss by epoch",
    { label: "loss", scale: "log" },
    ({ train }) => train.loss,
    ({ validation }) => validation.loss,
  );

export const trainingAccuracyFigure = (all: readonly NamedRun[]): Figure | null =>
  bySet(
    all.map(({ label, run }) => ({ label, run: { ...run, target: undefined } })),
    "Accuracy by epoch",
    { label: "accuracy (%)" },
    ({ train }) => inPercent(train.accuracy),
    ({ validation }) => inPercent(validation.accuracy),
  );

export function batchFigure(all: readonly NamedRun[]): Figure | null {
  const marks = all.map(({ label, run: { batches, outcome } }, series) =>
    line({
      x: batches.losses.map((_, i) => i * batches.every + 1),
      y: batches.losses,
      label,
      series,
      weight: "thin",
      dash: "solid",
      diverged: outcome.kind === "diverged",
    }),
  );
  const title = "Loss by batch";
  const panels = [panel({ x: { label: "step", whole: true }, y: { label: "batch loss", scale: "log" }, marks })];
  return drawable(figure({ title, description: title, legend: legendFor(all), panels }));
}

/** The norms of gradient and update at each epoch's last step. */
export function normsFigure(all: readonly NamedRun[]): Figure | null {
  const title = "Norms of the gradient and the update";
  const marks = (measure: Measure) => all.map(({ run, label }, i) => byEpoch(run, measure, label, i));
  const x = { label: "epoch", whole: true };
  const panels = [
    panel({ title: "Gradient", x, y: { label: "‖g‖", scale: "log" }, marks: marks((epoch) => epoch.gradientNorm) }),
    panel({ title: "Update", x, y: { label: "‖Δw‖ / ‖w‖", scale: "log" }, marks: marks((epoch) => epoch.updateRatio) }),
  ];
  return drawable(figure({ title, description: title, legend: legendFor(all), panels }));
}

const legendFor = (all: readonly NamedRun[]) => (all.length === 1 ? "none" : "list");
