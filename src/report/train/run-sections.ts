import { augmentationWords } from "../../data/index.ts";
import { type Block, chart, details, type Figure, facts, type Section, section } from "../../figure/index.ts";
import type { RunRecord } from "../../train/index.ts";
import * as format from "../format.ts";
import { capital, dataName, goalWords, groupWords, intervalWords, majorityWords, several } from "../phrases.ts";
import { tableBlock } from "../table.ts";
import { epochColumns, epochsShown } from "./epochs.ts";
import { errorWords } from "./metric-words.ts";
import { type NamedRun, runsTable } from "./named-runs.ts";
import { accuracyWords, batchWords, lossWords, normsWords } from "./run-captions.ts";
import { batchFigure, normsFigure, trainingAccuracyFigure, trainingLossFigure } from "./run-figures.ts";
import { noBetterWords, targetWords, weighingWords, weightsWords } from "./run-words.ts";
import { testSection } from "./test-section.ts";

/** The result of a run, in a few sentences. */
export function trainLead(run: RunRecord): string {
  const weights = weightsWords(run);
  return [`${endWords(run)}.`, ...resultWords(run), ...(weights === null ? [] : [`The weights are ${weights}.`])].join(
    " ",
  );
}

function endWords(run: RunRecord): string {
  const { epochs, outcome, steps, seconds, goal } = run;
  const taken = several(steps, "step");
  const noBetter = noBetterWords(run);
  return {
    completed: `The run took ${steps === 1 ? "its one step" : `all of its ${taken}`}, in ${format.duration(seconds)}`,
    target: `The target${goal === undefined ? "" : `, ${goalWords(goal)},`} was reached after ${taken}, ${format.duration(seconds)}`,
    "stopped-early": `The run stopped early, in epoch ${epochs.length} after ${taken}${noBetter === null ? "" : `, as ${noBetter}`}`,
    converged: `The run converged after ${taken}, ${format.duration(seconds)}: ${outcome.reason}`,
    stalled: `The run stalled after ${taken}: ${outcome.reason}`,
    singular: `The run stopped at a singular point after ${taken}: ${outcome.reason}`,
    diverged: `The run **diverged**: ${outcome.reason}`,
    interrupted: `The run was interrupted after ${taken}`,
  }[outcome.kind];
}

/** The test results, and the baseline to compare them with. */
function resultWords({ test, dataset, regression }: RunRecord): string[] {
  if (test.loss === null) return [];
  const { majority, target, counts: [, , examples] = [0, 0, 0] } = dataset ?? {};
  const interval = test.accuracy !== undefined && examples > 0 ? ` (${intervalWords(test.accuracy, examples)})` : "";
  const right =
    test.accuracy === undefined ? "" : `, the test accuracy **${format.percent(test.accuracy)}**${interval}`;
  const unit = target === undefined ? "" : ", a mean squared error of the standardised target";
  return [
    `The test loss is **${format.loss(test.loss)}**${unit}${right}.`,
    ...(regression === undefined ? [] : [`On the test set: ${errorWords(regression)}.`]),
    ...(test.accuracy === undefined ? [] : majorityWords(majority)).map((words) => `${capital(words)}.`),
  ];
}

export function trainFacts(run: RunRecord): Block {
  const {
    data,
    model,
    parameters,
    start,
    frozen,
    trained,
    loss,
    optimizer,
    hyper,
    schedule,
    groups,
    seed,
    batchSize,
    augment,
    epochs,
    dataset,
  } = run;
  const target = targetWords(run);
  const counts = dataset?.counts.map(format.count).join(", ");
  const all = [
    ["Data", dataName(data)],
    ["Examples (training, validation, test)", counts],
    ["Weights in the loss", weighingWords(run) ?? undefined],
    ["Model", parameters > 0 ? `${model}, ${several(parameters, "parameter")}` : model],
    ["Start", start],
    ["Frozen", frozen && `${frozen.join(", ")}; ${several(trained ?? parameters, "parameter")} trained`],
    ["Loss", loss],
    ["Optimizer", optimizer],
    ...Object.entries(hyper).map(([name, value]) => [name, format.setting(value)] as const),
    ["Schedule", schedule],
    ["Groups", groups?.map(groupWords).join("; ")],
    ["Batch size", batchSize > 0 ? format.count(batchSize) : undefined],
    ["Augmentation", augment && augmentationWords(augment)],
    ["Epochs", format.count(epochs.length)],
    ["Seed", String(seed)],
    ["Target", target ?? undefined],
  ] as const;
  return facts(all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}

export function trainSections(all: readonly NamedRun[]): Section[] {
  const classes = all.some(({ run }) => run.epochs.some(({ validation }) => validation.accuracy !== undefined));
  return [
    ...(all.length > 1 ? [section("The runs", [runsTable(all)])] : []),
    ...(all.length === 1 ? testSection(all[0].run) : []),
    section("Down the hill", [
      ...chartOf(trainingLossFigure(all), lossWords(all)),
      ...(classes ? chartOf(trainingAccuracyFigure(all), accuracyWords(all)) : []),
      ...(all.length === 1 ? epochTable(all[0].run) : []),
    ]),
    section("Step by step", [
      // A full batch's loss is the epoch's.
      ...(all.every(({ run }) => run.steps === run.epochs.length) ? [] : chartOf(batchFigure(all), batchWords(all))),
      ...chartOf(normsFigure(all), normsWords(all)),
    ]),
  ].filter(({ blocks }) => blocks.length > 0);
}

const chartOf = (drawn: Figure | null, words: string): Block[] =>
  drawn === null ? [] : [chart({ ...drawn, description: words }, words)];

function epochTable(run: RunRecord): Block[] {
  const { epochs } = run;
  const rows = epochsShown(run);
  if (rows.length === 0) return [];
  const caption = rows.length < epochs.length ? `${rows.length} of ${several(epochs.length, "epoch")}` : "All epochs";
  return [details("Table of the epochs", [tableBlock({ caption, columns: epochColumns(epochs), rows })])];
}
