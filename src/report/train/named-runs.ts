import { wilson } from "../../compare/index.ts";
import type { Block } from "../../figure/index.ts";
import type { RunRecord } from "../../train/index.ts";
import * as format from "../format.ts";
import { dataName, several } from "../phrases.ts";
import { type Column, numberColumn, tableBlock, textColumn } from "../table.ts";

/** A run with a label that no other run on the page has. */
export interface NamedRun {
  readonly label: string;
  readonly run: RunRecord;
}

/** Labels runs by their optimizer, and by whatever else differs between them. */
export function namedRuns(runs: readonly RunRecord[]): NamedRun[] {
  const parts: readonly ((run: RunRecord) => string)[] = [
    ({ optimizer }: RunRecord) => optimizer,
    ({ hyper }: RunRecord) => (typeof hyper.lr === "number" ? `lr ${format.setting(hyper.lr)}` : ""),
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

/** Several runs side by side. */
export const runsTable = (all: readonly NamedRun[]): Block =>
  tableBlock({
    caption: "How the runs ended",
    columns: runColumns(all),
    rows: all,
    curve: ({ label }, series) => ({ label, series }),
  });

/** Losses of single runs are not highlighted: how much of a difference is chance is not known. */
function runColumns(all: readonly NamedRun[]): Column<NamedRun>[] {
  const classes = all.some(({ run }) => run.epochs.some(({ validation }) => validation.accuracy !== undefined));
  const kept = all.some(({ run }) => run.kept !== undefined);
  return [
    textColumn("run", ({ label }) => label),
    numberColumn("steps", ({ run }) => run.steps, format.count),
    numberColumn("time", ({ run }) => run.seconds, format.duration),
    numberColumn("last training loss", ({ run }) => run.epochs.at(-1)?.train.loss, format.loss),
    numberColumn("last validation loss", ({ run }) => run.epochs.at(-1)?.validation.loss, format.loss),
    ...(kept ? [textColumn("weights", keptWords)] : []),
    classes ? testAccuracy(all) : numberColumn("test loss", ({ run }) => run.test.loss, format.loss),
    textColumn("outcome", ({ run }) => run.outcome.kind),
  ];
}

const keptWords = ({ run: { kept } }: NamedRun): string =>
  kept === undefined ? "last" : `of\u00a0epoch\u00a0${kept.epoch}`;

function testAccuracy(all: readonly NamedRun[]): Column<NamedRun> {
  // Accuracies on different test sets, or on one of unknown size, cannot be ranked.
  const isOneTest = new Set(all.map(({ run }) => run.data)).size === 1 && all.every(({ run }) => run.dataset);
  return numberColumn("test accuracy", ({ run }) => run.test.accuracy, format.percent, {
    best: isOneTest ? "max" : undefined,
    interval: ({ run: { test, dataset } }) => dataset && wilson(test.accuracy ?? 0, dataset.counts[2]),
  });
}
