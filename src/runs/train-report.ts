import type { RunRecord } from "../compare/index.ts";
import type { Figure } from "../figure/index.ts";
import { type Block, chart, facts, type Section, section, table } from "../figure/page/index.ts";
import { cost, count, duration, percent, rate, setting, several } from "./phrases.ts";
import {
  batchFigure,
  lengthsFigure,
  type NamedRun,
  trainingAccuracyFigure,
  trainingCostFigure,
} from "./train-figures.ts";

/** Names runs by their optimizer, and by whatever else is needed to tell them apart. */
export function namedRuns(runs: readonly RunRecord[]): NamedRun[] {
  const parts = [
    ({ optimizer }: RunRecord) => optimizer,
    ({ hyper }: RunRecord) => (typeof hyper.lr === "number" ? `lr ${rate(hyper.lr)}` : ""),
    ({ data }: RunRecord) => data,
    ({ model }: RunRecord) => model,
    ({ batchSize }: RunRecord) => `batch ${batchSize}`,
    ({ schedule }: RunRecord) => schedule ?? "",
    ({ seed }: RunRecord) => `seed ${seed}`,
  ];
  const differing = parts.filter((part, i) => i === 0 || new Set(runs.map(part)).size > 1);
  const labels = runs.map((run) =>
    differing
      .map((part) => part(run))
      .filter((word) => word !== "")
      .join(", "),
  );
  const seen = new Map<string, number>();
  return runs.map((run, i) => {
    const times = (seen.get(labels[i]) ?? 0) + 1;
    seen.set(labels[i], times);
    return { run, label: times === 1 ? labels[i] : `${labels[i]} (${times})` };
  });
}

export function trainTitle(runs: readonly RunRecord[]): string {
  const data = [...new Set(runs.map((run) => run.data))].join(", ");
  return runs.length === 1 ? `${runs[0].optimizer} on ${data}` : `${several(runs.length, "run")} on ${data}`;
}

/** How it went, in a sentence or two. */
export function trainLead({ epochs, test, outcome, steps, seconds }: RunRecord): string {
  const ended = {
    completed: `All ${several(steps, "step")} were taken in ${duration(seconds)}`,
    target: `The target was reached after ${several(steps, "step")}, ${duration(seconds)}`,
    "stopped-early": `The run stopped early, after ${several(steps, "step")}, as the validation cost no longer improved`,
    converged: `The run converged after ${several(steps, "step")}, ${duration(seconds)}: ${outcome.reason}`,
    stalled: `The run stalled after ${several(steps, "step")}: ${outcome.reason}`,
    singular: `The run came to a singular point after ${several(steps, "step")}: ${outcome.reason}`,
    diverged: `The run **diverged**: ${outcome.reason}`,
    interrupted: `The run was interrupted after ${several(steps, "step")}`,
  }[outcome.kind];
  const right =
    test.accuracy === undefined ? "" : ` and is right on **${percent(test.accuracy)}** of the test examples`;
  const [best] = [...epochs].sort((a, b) => (a.validation.loss ?? Infinity) - (b.validation.loss ?? Infinity));
  const validation =
    best === undefined || best.validation.loss === null
      ? ""
      : ` The validation cost was lowest after epoch ${best.epoch}: ${cost(best.validation.loss)}.`;
  return test.loss === null
    ? `${ended}.`
    : `${ended}. The model has a test cost of **${cost(test.loss)}**${right}.${validation}`;
}

export function trainFacts({
  data,
  model,
  parameters,
  optimizer,
  hyper,
  schedule,
  seed,
  batchSize,
  epochs,
}: RunRecord): Block {
  const set = Object.entries(hyper).map(([name, value]) => `${name} ${setting(value)}`);
  return facts({
    Data: data,
    Model: parameters > 0 ? `${model}, ${several(parameters, "parameter")}` : model,
    Optimizer: optimizer,
    ...(set.length === 0 ? {} : { "Hyper-parameters": set.join(", ") }),
    ...(schedule === undefined ? {} : { Schedule: schedule }),
    ...(batchSize > 0 ? { Batch: count(batchSize) } : {}),
    Epochs: count(epochs.length),
    Seed: String(seed),
  });
}

export function trainSections(all: readonly NamedRun[]): Section[] {
  const classes = all.some(({ run }) => run.epochs.some(({ validation }) => validation.accuracy !== undefined));
  return [
    ...(all.length > 1 ? [section("The runs", [runsTable(all, classes)])] : []),
    section("Down the hill", [
      ...chartOf(trainingCostFigure(all), costWords(all)),
      ...(classes ? chartOf(trainingAccuracyFigure(all), accuracyWords(all)) : []),
    ]),
    section("How it walked", [
      // A full batch's cost is the epoch's.
      ...(all.every(({ run }) => run.steps === run.epochs.length)
        ? []
        : chartOf(
            batchFigure(all),
            "The cost of single batches before their step: noisy, since each batch has a cost of its own.",
          )),
      ...chartOf(lengthsFigure(all), lengthWords(all)),
    ]),
  ].filter(({ blocks }) => blocks.length > 0);
}

function lengthWords(all: readonly NamedRun[]): string {
  const rated = all.some(({ run }) => run.hyper.lr !== undefined);
  const healthy = rated
    ? "Near a thousandth is usual; far above it the rate may be too large, far below too small."
    : "A solver looks how far it can go along each direction: its steps are long, and few.";
  return `At each epoch's last step: the length of the gradient, and of the update against that of the weights. ${healthy}`;
}

const chartOf = (drawn: Figure | null, words: string): Block[] =>
  drawn === null ? [] : [chart({ ...drawn, description: words }, words)];

function runsTable(all: readonly NamedRun[], classes: boolean): Block {
  return table({
    caption: "How the runs ended",
    columns: [
      "run",
      { name: "steps", numeric: true },
      { name: "time", numeric: true },
      { name: "training cost", numeric: true, best: "min" },
      { name: "validation cost", numeric: true, best: "min" },
      classes
        ? { name: "test accuracy", numeric: true, best: "max" }
        : { name: "test cost", numeric: true, best: "min" },
      "outcome",
    ],
    rows: all.map(({ label, run }, series) => ({
      label,
      series,
      cells: [
        label,
        run.steps,
        { value: run.seconds, text: duration(run.seconds) },
        written(run.epochs.at(-1)?.train.loss, cost),
        written(run.epochs.at(-1)?.validation.loss, cost),
        classes ? written(run.test.accuracy, percent) : written(run.test.loss, cost),
        run.outcome.kind,
      ],
    })),
  });
}

const written = (value: number | null | undefined, write: (value: number) => string) =>
  value === null || value === undefined ? null : { value, text: write(value) };

function costWords(all: readonly NamedRun[]): string {
  if (all.length > 1) return "On the training part as it is learned, and on the validation part, which is not.";
  const [{ run }] = all;
  const [first, last] = [run.epochs[0], run.epochs.at(-1)];
  if (first === undefined || last === undefined) return "";
  const gap =
    last.train.loss !== null && last.validation.loss !== null && last.validation.loss > 2 * last.train.loss
      ? " The validation cost stays well above it: part of what was learned is learned by heart."
      : "";
  return `The training cost fell from ${cost(first.train.loss)} in the first epoch to ${cost(last.train.loss)}, the validation cost to ${cost(last.validation.loss)}.${gap}`;
}

function accuracyWords(all: readonly NamedRun[]): string {
  if (all.length > 1) return "The part of the examples that are right.";
  const last = all[0].run.epochs.at(-1);
  const { train, validation } = last ?? {};
  if (train?.accuracy === undefined || validation?.accuracy === undefined) return "";
  return `At the end ${percent(train.accuracy)} of the training examples are right, and ${percent(validation.accuracy)} of those that were held back.`;
}
