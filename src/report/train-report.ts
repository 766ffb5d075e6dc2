import { lowestEpoch, type RunRecord, wilson } from "../compare/index.ts";
import { quote } from "../expr/quote.ts";
import type { Figure } from "../figure/index.ts";
import { type Block, chart, facts, type Section, section, table } from "../figure/page/index.ts";
import {
  cost,
  count,
  dataName,
  duration,
  goalWords,
  intervalWords,
  percent,
  rate,
  setting,
  several,
} from "./phrases.ts";
import { accuracyWords, batchWords, lengthWords, lossWords } from "./train-captions.ts";
import {
  batchFigure,
  lengthsFigure,
  type NamedRun,
  trainingAccuracyFigure,
  trainingCostFigure,
} from "./train-figures.ts";
import { errorWords, targetWords } from "./train-words.ts";

/** Names runs by their optimizer, and by whatever else is needed to tell them apart. */
export function namedRuns(runs: readonly RunRecord[]): NamedRun[] {
  const parts: readonly ((run: RunRecord) => string)[] = [
    ({ optimizer }: RunRecord) => optimizer,
    ({ hyper }: RunRecord) => (typeof hyper.lr === "number" ? `lr ${rate(hyper.lr)}` : ""),
    ({ data }: RunRecord) => shortName(data, runs),
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

/** A file's own name, or its whole path where another file has the same name. */
const shortName = (data: string, runs: readonly RunRecord[]): string =>
  runs.some((other) => other.data !== data && dataName(other.data) === dataName(data)) ? data : dataName(data);

export function trainTitle(runs: readonly RunRecord[]): string {
  const data = [...new Set(runs.map((run) => shortName(run.data, runs)))].join(", ");
  return runs.length === 1 ? `${runs[0].optimizer} on ${data}` : `${several(runs.length, "run")} on ${data}`;
}

/** How it went, in a few sentences. */
export const trainLead = (run: RunRecord): string =>
  [`${endWords(run)}.`, ...resultWords(run), ...keptWords(run)].join(" ");

function endWords({ epochs, outcome, steps, seconds, goal }: RunRecord): string {
  const taken = several(steps, "step");
  const lowest = lowestEpoch(epochs);
  return {
    completed: `All ${taken} were taken in ${duration(seconds)}`,
    target: `The target${goal === undefined ? "" : `, ${goalWords(goal)},`} was reached after ${taken}, ${duration(seconds)}`,
    "stopped-early": `The run stopped early, in epoch ${epochs.length} after ${taken}${lowest === undefined ? "" : `, as the validation loss did not fall below that of epoch ${lowest.epoch}`}`,
    converged: `The run converged after ${taken}, ${duration(seconds)}: ${outcome.reason}`,
    stalled: `The run stalled after ${taken}: ${outcome.reason}`,
    singular: `The run came to a singular point after ${taken}: ${outcome.reason}`,
    diverged: `The run **diverged**: ${outcome.reason}`,
    interrupted: `The run was interrupted after ${taken}`,
  }[outcome.kind];
}

/** The test, and what it is to be held against. */
function resultWords({ test, dataset, regression }: RunRecord): string[] {
  if (test.loss === null) return [];
  const { majority, target, counts: [, , examples] = [0, 0, 0] } = dataset ?? {};
  const interval = test.accuracy !== undefined && examples > 0 ? ` (${intervalWords(test.accuracy, examples)})` : "";
  const right =
    test.accuracy === undefined ? "" : ` and is right on **${percent(test.accuracy)}** of the test examples${interval}`;
  const unit = target === undefined ? "" : ", a mean squared error of the standardised target";
  return [
    `The model has a test loss of **${cost(test.loss)}**${unit}${right}.`,
    ...(regression === undefined ? [] : [`On the test set: ${errorWords(regression)}.`]),
    ...(majority === undefined || majority.test === null
      ? []
      : [
          `Always answering ${quote(majority.class)}, one of the most frequent classes, gives ${percent(majority.test)}.`,
        ]),
  ];
}

/** Whose weights these are. */
function keptWords({ epochs, kept, test }: RunRecord): string[] {
  const lowest = lowestEpoch(epochs);
  if (lowest === undefined) return [];
  const loss = cost(lowest.validation.loss);
  if (kept !== undefined)
    return [
      `These are the weights of **epoch ${kept.epoch}**, to which the run went back: there the validation loss was lowest, ${loss}.`,
    ];
  return test.loss === null ? [] : [`The validation loss was lowest in epoch ${lowest.epoch}: ${loss}.`];
}

export function trainFacts(run: RunRecord): Block {
  const { data, model, parameters, optimizer, hyper, schedule, seed, batchSize, epochs, dataset } = run;
  const set = Object.entries(hyper).map(([name, value]) => `${name} ${setting(value)}`);
  const target = targetWords(run);
  return facts({
    Data: dataName(data),
    ...(dataset === undefined ? {} : { "Examples (training, validation, test)": dataset.counts.map(count).join(", ") }),
    Model: parameters > 0 ? `${model}, ${several(parameters, "parameter")}` : model,
    Optimizer: optimizer,
    ...(set.length === 0 ? {} : { "Hyper-parameters": set.join(", ") }),
    ...(schedule === undefined ? {} : { Schedule: schedule }),
    ...(batchSize > 0 ? { Batch: count(batchSize) } : {}),
    Epochs: count(epochs.length),
    Seed: String(seed),
    ...(target === null ? {} : { Target: target }),
  });
}

export function trainSections(all: readonly NamedRun[]): Section[] {
  const classes = all.some(({ run }) => run.epochs.some(({ validation }) => validation.accuracy !== undefined));
  return [
    ...(all.length > 1 ? [section("The runs", [runsTable(all, classes)])] : []),
    section("Down the hill", [
      ...chartOf(trainingCostFigure(all), lossWords(all)),
      ...(classes ? chartOf(trainingAccuracyFigure(all), accuracyWords(all)) : []),
    ]),
    section("How it walked", [
      // A full batch's loss is the epoch's.
      ...(all.every(({ run }) => run.steps === run.epochs.length) ? [] : chartOf(batchFigure(all), batchWords(all))),
      ...chartOf(lengthsFigure(all), lengthWords(all)),
    ]),
  ].filter(({ blocks }) => blocks.length > 0);
}

const chartOf = (drawn: Figure | null, words: string): Block[] =>
  drawn === null ? [] : [chart({ ...drawn, description: words }, words)];

/** Losses of single runs are not set off: nothing tells how much of them is chance. */
function runsTable(all: readonly NamedRun[], classes: boolean): Block {
  const kept = all.some(({ run }) => run.kept !== undefined);
  return table({
    caption: "How the runs ended",
    columns: [
      "run",
      { name: "steps", numeric: true },
      { name: "time", numeric: true },
      { name: "last training loss", numeric: true },
      { name: "last validation loss", numeric: true },
      ...(kept ? ["weights"] : []),
      classes
        ? { name: "test accuracy", numeric: true, ...(isOneTest(all) ? { best: "max" as const } : {}) }
        : { name: "test loss", numeric: true },
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
        ...(kept ? [run.kept === undefined ? "last" : `of\u00a0epoch\u00a0${run.kept.epoch}`] : []),
        classes ? accuracyCell(run) : written(run.test.loss, cost),
        run.outcome.kind,
      ],
    })),
  });
}

/** Whether the runs were tested on the same set, whose size is known: else no accuracy is better than another. */
const isOneTest = (all: readonly NamedRun[]): boolean =>
  new Set(all.map(({ run }) => run.data)).size === 1 && all.every(({ run }) => run.dataset !== undefined);

function accuracyCell({ test, dataset }: RunRecord) {
  const cell = written(test.accuracy, percent);
  return cell && dataset ? { ...cell, interval: wilson(cell.value, dataset.counts[2]) } : cell;
}

const written = (value: number | null | undefined, write: (value: number) => string) =>
  value === null || value === undefined ? null : { value, text: write(value) };
