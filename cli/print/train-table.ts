import { augmentationWords, type Dataset } from "../../src/data/index.ts";
import { registry, usualLoss } from "../../src/nn/index.ts";
import {
  dataName,
  epochColumns,
  epochsShown,
  format,
  groupWords,
  rowPrinter,
  several,
  tableLines,
  targetWords,
  testNotes,
  testWords,
  weighingWords,
  weightsWords,
} from "../../src/report/index.ts";
import type { EpochRecord, RunHead, RunRecord } from "../../src/train/index.ts";
import { sizesLine } from "./data-notes.ts";

/** What a run is about: its first lines. Of a table they say how many of its rows are used. */
export function headOfRun(head: RunHead, data: Dataset): string {
  const { model, optimizer, parameters, start, frozen = [], trained = parameters } = head;
  const still = frozen.length === 0 ? "" : `, ${format.count(trained)} trained; frozen: ${frozen.join(", ")}`;
  const weighing = weighingWords(head);
  return [
    `${optimizer} on ${dataName(head.data)}: ${model}, ${several(parameters, "parameter")}${still}`,
    ...(data.columns === undefined ? [] : [sizesLine(data)]),
    ...(start === undefined ? [] : [start]),
    ...lossLines(head.loss, data.task),
    settingWords(head),
    ...(weighing === null ? [] : [weighing]),
    "\n",
  ].join("\n");
}

/** Says which loss it is, where it is not the usual one for such data: one with smoothed labels, say, be it typed or a saved model's own. */
export const lossLines = (loss: string | undefined, task: Dataset["task"]): string[] =>
  loss === undefined || loss === registry.losses[usualLoss[task]].name ? [] : [`loss: ${loss}`];

/** A table of some of the epochs, for where they were not told as they ended. */
export const epochLines = (run: RunRecord): string =>
  run.epochs.length === 0 ? "" : `${tableLines(epochColumns(run.epochs), epochsShown(run)).join("\n")}\n\n`;

/** How it ended: the test, the weights, the target, and where all this is kept. */
export function endOfRun(record: RunRecord, report: string | null): string {
  const [target, weights] = [targetWords(record), weightsWords(record)];
  return [
    `test: ${testWords(record)}`,
    ...testNotes(record).map((words) => `      ${words}`),
    ...(weights === null ? [] : [`weights: ${weights}`]),
    ...(target === null ? [] : [`target: ${target}`]),
    `${several(record.steps, "step")} in ${format.duration(record.seconds)}${speed(record)}`,
    ...endingWords(record),
    ...(report === null ? [] : [`report: ${report}`]),
    "",
  ].join("\n");
}

function endingWords({ outcome, steps }: RunRecord): string[] {
  if (outcome.kind === "completed") return [];
  return [
    outcome.kind === "interrupted"
      ? `interrupted after ${several(steps, "step")}`
      : `${outcome.kind}: ${outcome.reason}`,
  ];
}

/** How fast the steps were taken, where there were any. */
function speed({ steps, seconds }: RunRecord): string {
  const words = format.pace(steps / seconds);
  return words === "" ? "" : `, ${words}`;
}

const settingWords = ({ hyper, schedule, groups = [], augment, seed, device }: RunHead): string =>
  [
    format.settings(hyper),
    schedule === undefined ? "" : `schedule ${schedule}`,
    ...groups.map(groupWords),
    augment === undefined ? "" : `augment ${augmentationWords(augment)}`,
    `seed ${seed}`,
    device === undefined ? "" : `device ${device}`,
  ]
    .filter((words) => words !== "")
    .join(", ");

/** Writes epochs as they end, in columns that are wide enough for all; the first with the heads above it. */
export function epochTeller(epochs: number, steps: number): (epoch: EpochRecord) => string {
  const least = [format.count(epochs).length, format.count(steps).length, ...Array.from({ length: 4 }, () => WIDEST)];
  let tell: ((epoch: EpochRecord) => string[]) | undefined;
  return (epoch) => {
    // Whether there are accuracies shows in the first epoch.
    tell ??= rowPrinter(epochColumns([epoch]), least);
    return [...tell(epoch), ""].join("\n");
  };
}

/** Of an accuracy, `100.0 %`; losses take no more but for such as 1.234×10⁻⁵. */
const WIDEST = 7;
