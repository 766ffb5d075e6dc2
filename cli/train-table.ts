import type { EpochRecord, RunRecord } from "../src/compare/index.ts";
import { type Table, tableLines } from "./table.ts";
import { cost, count, duration, hyperWords, percent } from "./words.ts";

/** The most epochs that the table shows. */
const ROWS = 20;

/** What `downhill train` prints at the end: the epochs, the test, how it ended, and where all this is kept. */
export function endOfRun(record: RunRecord, report: string | null): string {
  const { data, model, optimizer, parameters, test, outcome, target } = record;
  const ended = outcome.kind === "completed" ? "" : `${outcome.kind}: ${outcome.reason}\n`;
  const goal =
    target === undefined ? "" : `target reached after ${count(target.step)} steps, ${duration(target.seconds)}\n`;
  return [
    `${optimizer} on ${data}: ${model}, ${count(parameters)} parameters\n`,
    `${settingWords(record)}\n\n`,
    record.epochs.length === 0 ? "" : `${tableLines(epochTable(record.epochs)).join("\n")}\n\n`,
    `test: ${measuredWords(test)}\n`,
    `${count(record.steps)} steps in ${duration(record.seconds)}${pace(record)}\n`,
    goal,
    ended,
    report === null ? "" : `report: ${report}\n`,
  ].join("");
}

/** Steps a second, or where they are long the seconds of a step. */
function pace({ steps, seconds }: RunRecord): string {
  if (steps === 0 || seconds === 0) return "";
  return steps >= seconds ? `, ${count(steps / seconds)} a second` : `, ${duration(seconds / steps)} each`;
}

const settingWords = ({ hyper, schedule, seed }: RunRecord): string =>
  [hyperWords(hyper), schedule === undefined ? "" : `schedule ${schedule}`, `seed ${seed}`]
    .filter((words) => words !== "")
    .join(", ");

const measuredWords = ({ loss, accuracy }: RunRecord["test"]): string =>
  `cost ${cost(loss)}${accuracy === undefined ? "" : `, accuracy ${percent(accuracy)}`}`;

function epochTable(epochs: readonly EpochRecord[]): Table {
  const classes = epochs.some(({ validation }) => validation.accuracy !== undefined);
  const right = (title: string) => ({ title, align: "right" as const });
  const accuracy = (title: string) => (classes ? [right(title)] : []);
  return {
    columns: [
      ...[right("epoch"), right("steps"), right("train cost")],
      ...[...accuracy("accuracy"), right("validation cost"), ...accuracy("accuracy")],
    ],
    rows: spread(epochs).map(({ epoch, steps, train, validation }) => [
      ...[count(epoch), count(steps), cost(train.loss), ...(classes ? [percent(train.accuracy)] : [])],
      ...[cost(validation.loss), ...(classes ? [percent(validation.accuracy)] : [])],
    ]),
  };
}

/** At most ROWS of them, at even distances, the first and the last among them. */
function spread(epochs: readonly EpochRecord[]): EpochRecord[] {
  const rows = Math.min(ROWS, epochs.length);
  return Array.from(
    { length: rows },
    (_, i) => epochs[rows === 1 ? 0 : Math.round((i * (epochs.length - 1)) / (rows - 1))],
  );
}
