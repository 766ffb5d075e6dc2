import { type EpochRecord, lowestEpoch, type RunHead, type RunRecord } from "../src/compare/index.ts";
import { dataName, several } from "../src/report/phrases.ts";
import { targetWords, testNotes, testWords, weightsWords } from "../src/report/train-words.ts";
import { type Table, tableLines } from "./table.ts";
import { cost, count, duration, hyperWords, percent } from "./words.ts";

/** The most epochs that the table at the end shows. */
const ROWS = 20;

/** What a run is about: its first lines. */
export function headOfRun(head: RunHead): string {
  const { data, model, optimizer, parameters } = head;
  return `${optimizer} on ${dataName(data)}: ${model}, ${several(parameters, "parameter")}\n${settingWords(head)}\n\n`;
}

/** A table of some of the epochs, for where they were not told as they ended. */
export const epochLines = (epochs: readonly EpochRecord[]): string =>
  epochs.length === 0 ? "" : `${tableLines(epochTable(epochs)).join("\n")}\n\n`;

/** How it ended: the test, the weights, the target, and where all this is kept. */
export function endOfRun(record: RunRecord, report: string | null): string {
  const [target, weights] = [targetWords(record, cost), weightsWords(record, cost)];
  return [
    `test: ${testWords(record, cost)}`,
    ...testNotes(record, cost).map((words) => `      ${words}`),
    ...(weights === null ? [] : [`weights: ${weights}`]),
    ...(target === null ? [] : [`target: ${target}`]),
    `${several(record.steps, "step")} in ${duration(record.seconds)}${pace(record)}`,
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

/** Steps a second, or where they are long the seconds of a step. */
function pace({ steps, seconds }: RunRecord): string {
  if (steps === 0 || seconds === 0) return "";
  return steps >= seconds ? `, ${count(steps / seconds)} a second` : `, ${duration(seconds / steps)} each`;
}

const settingWords = ({ hyper, schedule, seed, device }: RunHead): string =>
  [
    hyperWords(hyper),
    schedule === undefined ? "" : `schedule ${schedule}`,
    `seed ${seed}`,
    device === undefined ? "" : `device ${device}`,
  ]
    .filter((words) => words !== "")
    .join(", ");

type Cell = (epoch: EpochRecord) => string;

/** Each loss stands beside the accuracy on the same set; regressions have none. */
const columnsFor = (classes: boolean): readonly (readonly [title: string, cell: Cell])[] => [
  ["epoch", ({ epoch }) => count(epoch)],
  ["steps", ({ steps }) => count(steps)],
  ["train loss", ({ train }) => cost(train.loss)],
  ...(classes ? [["accuracy", ({ train }: EpochRecord) => percent(train.accuracy)] as const] : []),
  ["validation loss", ({ validation }) => cost(validation.loss)],
  ...(classes ? [["accuracy", ({ validation }: EpochRecord) => percent(validation.accuracy)] as const] : []),
];

const isClassified = ({ validation }: EpochRecord): boolean => validation.accuracy !== undefined;

function epochTable(epochs: readonly EpochRecord[]): Table {
  const columns = columnsFor(epochs.some(isClassified));
  return {
    columns: columns.map(([title]) => ({ title, align: "right" as const })),
    rows: shown(epochs).map((each) => columns.map(([, cell]) => cell(each))),
  };
}

/** At most ROWS of them: the first, the last, those at even distances between, and the one with the lowest validation loss. */
function shown(epochs: readonly EpochRecord[]): EpochRecord[] {
  const lowest = lowestEpoch(epochs);
  const even = evenly(epochs, Math.min(ROWS, epochs.length));
  if (lowest === undefined || even.includes(lowest)) return even;
  const fewer = new Set([...evenly(epochs, ROWS - 1), lowest]);
  return epochs.filter((epoch) => fewer.has(epoch));
}

const evenly = (epochs: readonly EpochRecord[], rows: number): EpochRecord[] =>
  Array.from({ length: rows }, (_, i) => epochs[rows === 1 ? 0 : Math.round((i * (epochs.length - 1)) / (rows - 1))]);

/** Lines for epochs as they end, in columns that are wide enough for all; the first with the titles above it. */
export function epochTeller(epochs: number, steps: number): (epoch: EpochRecord) => string {
  const least = [count(epochs).length, count(steps).length];
  let titled = false;
  return (epoch) => {
    const columns = columnsFor(isClassified(epoch));
    const widths = columns.map(([title], i) => Math.max(title.length, least[i] ?? 0, WIDEST));
    const line = (words: readonly string[]): string => words.map((word, i) => word.padStart(widths[i])).join("  ");
    const titles = titled ? [] : [line(columns.map(([title]) => title))];
    titled = true;
    return [...titles, line(columns.map(([, cell]) => cell(epoch))), ""].join("\n");
  };
}

/** Of an accuracy, `100.0 %`; losses take no more but for such as 1.234×10⁻⁵. */
const WIDEST = 7;
