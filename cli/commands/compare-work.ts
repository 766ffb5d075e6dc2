import { join } from "node:path";
import {
  type CompareEvent,
  type CompareResult,
  type Comparison,
  type Contender,
  checkRuns,
  defaultContenders,
  FULL_BATCH,
  isTunable,
  plainGradientDescent,
  type Ranked,
  resolveCompareOptions,
} from "../../src/compare/index.ts";
import { compare } from "../../src/compare/node/index.ts";
import { checkDType } from "../../src/device/index.ts";
import { writeModel } from "../../src/nn/node/index.ts";
import { checkTunable } from "../../src/optimizers/index.ts";
import {
  bestWords,
  dataName,
  format,
  numberColumn,
  rankingColumns,
  rankingNotes,
  several,
  tableLines,
  weighingWords,
} from "../../src/report/index.ts";
import { nameOf } from "../../src/train/plain/index.ts";
import { Archive, planOf } from "../files/archive.ts";
import { checkSaveFolder } from "../files/save-folder.ts";
import * as bundles from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import { exitCode, type Io, warn } from "../io.ts";
import { UsageError } from "../mistakes/failure.ts";
import { sizesLine } from "../print/data-notes.ts";
import { predictLines } from "../print/next-command.ts";
import { bar, Progress } from "../print/progress.ts";
import { jsonLine, printResult, runResult } from "../print/result.ts";
import { StepRate } from "../print/step-rate.ts";
import { loadData, noteTable } from "../read/data-set.ts";
import { deviceFor } from "../read/device.ts";
import { network } from "../read/network.ts";
import { chosenOptimizers } from "../read/optimizer.ts";
import { checkTarget } from "../read/target.ts";
import type { Settings } from "../settings.ts";
import type { Read } from "./command.ts";

/** `downhill compare`: many optimizers on the same footing. */
export const read: Read = async (settings, io) => {
  const progress = new Progress(io, { quiet: settings.get(flags.quiet) === true });
  const options = {
    optimizers: contendersIn(settings),
    ...settings.options(bundles.run),
    ...settings.options(bundles.comparison),
  };
  const settled = resolveCompareOptions(options);
  const modelFor = network(settings);
  const data = await loadData(settings, progress, io.signal);
  const model = modelFor(data);
  checkRuns(settled, { data, model });
  checkTarget(settings, data, progress);
  checkSaveFolder(settings, progress);
  if (data.columns !== undefined) progress.note(sizesLine(data));
  noteTable(settings, data, progress);
  // Before a folder is made for a comparison that cannot be computed.
  const device = await deviceFor(settings, io, 1);
  checkDType(device, settled.dtype);
  return async () => {
    const archive = new Archive(settings, "compare", dataName(data.name), {
      device,
      plan: planOf(settings, data, model, settled),
    });
    const onWarning = (message: string): void => warn(io, message);
    const computing = { workers: settings.get(flags.workers), device: device.name, signal: io.signal, onWarning };
    const onEvent = listening(settings, io, progress, archive);
    const result = await compare({ ...options, ...computing, data, model, onEvent }).finally(() => progress.clear());
    archive.finish({ kind: "compare", result });
    const saved = settings.get(flags.saveBest);
    const folders = keep(result, archive, saved);
    if (result.best === null && saved !== undefined) warn(io, nothingKept(result, saved));
    printResult(io, settings, plain(result, archive, folders), () => {
      const next = folders.slice(0, 1).flatMap((folder) => predictLines(folder, data));
      return [
        endOfComparison(result, archive.report, folders),
        ...next.map(
          (line) => `${line}
`,
        ),
      ].join("");
    });
    archive.close();
    return result.outcome === "interrupted" ? exitCode.interrupted : exitCode.success;
  };
};

/** Keeps each event, and shows it as was asked for. */
function listening(settings: Settings, io: Io, progress: Progress, archive: Archive): (event: CompareEvent) => void {
  const watch = watching(progress);
  return (event) => {
    if (event.kind !== "progress") archive.append({ ...event });
    if (settings.get(flags.jsonl)) io.out.write(jsonLine(event));
    watch(event);
  };
}

/** Those that take part. Solvers have no place where all get the same mini-batches and as many trials of a rate. */
function contendersIn(settings: Settings): Contender[] {
  const lr = settings.get(flags.tunedLr);
  const schedule = settings.get(flags.schedule);
  if (schedule !== undefined && lr === "tuned" && settings.get(flags.trials) !== 0) checkTunable(schedule);
  const usual = defaultContenders.map(({ rule }) => rule);
  return chosenOptimizers(settings, usual, lr === "tuned" ? undefined : lr).map((optimizer) => {
    if ("rule" in optimizer) return { label: nameOf(optimizer), ...optimizer };
    throw new UsageError(
      `--optimizer ${optimizer.solver}: a solver takes all examples in each step, and has no rate to search for; ` +
        `compare is for update rules on mini-batches; see downhill train --optimizer ${optimizer.solver}`,
    );
  });
}

/** Saves the best model, if there is one, in the run's folder and in the one that was asked for. Returns where it is. */
function keep({ best }: Comparison, archive: Archive, saved: string | undefined): string[] {
  if (best === null) return [];
  archive.keep(best);
  if (saved !== undefined) writeModel(best, saved);
  return [...(archive.path === null ? [] : [join(archive.path, "model")]), ...(saved === undefined ? [] : [saved])];
}

/** Why there is no model to save. */
function nothingKept({ outcome }: Comparison, saved: string): string {
  const why =
    outcome === "interrupted"
      ? "the comparison was interrupted before a run ended with a finite loss"
      : "every run diverged; lower learning rates may help";
  return `--save ${saved}: no model was saved, as ${why}`;
}

/** The comparison as `--json` gives it; `folders` have the best model. */
function plain(result: Comparison, { path, report }: Archive, folders: readonly string[]): Record<string, unknown> {
  const { data, model, runs, ranking, best, ...more } = result;
  const tuned = runs.map((run) => ({ ...runResult(run, path), lr: run.hyper.lr ?? null }));
  return {
    data,
    model,
    loss: runs[0]?.loss ?? null,
    device: runs[0]?.device ?? null,
    backend: runs[0]?.backend ?? null,
    runs: tuned,
    ranking,
    best: best && { optimizer: best.optimizer, seed: best.seed, folder: folders[0] ?? null },
    ...more,
    run: path,
    report,
  };
}

function endOfComparison(result: CompareResult, report: string | null, folders: readonly string[]): string {
  const { outcome, sensitivity, runs, ranking } = result;
  const columns = [numberColumn("", ({ rank }: Ranked) => rank, format.count), ...rankingColumns(result)];
  const interrupted = `interrupted after ${several(sensitivity.length, "trial")} and ${several(runs.length, "final run")}`;
  return [
    ...(ranking.length === 0 ? [] : [...tableLines(columns, ranking), ""]),
    ...rankingNotes(result),
    ...(outcome === "interrupted" ? [interrupted] : []),
    ...(folders.length === 0 ? [] : [`model: ${folders.join(" and ")}, of ${bestWords(result)}`]),
    ...(report === null ? [] : [`report: ${report}`]),
    "",
  ].join("\n");
}

/** Says first how many runs there will be, then on one line how much is done, who is ahead, and how long it will take. */
function watching(progress: Progress): (event: CompareEvent) => void {
  const rate = new StepRate(); // steps are passes over the training set
  const done = { trials: 0, runs: 0 };
  let all = done;
  let best = { optimizer: "", loss: Number.POSITIVE_INFINITY };
  const compete = (optimizer: string, loss: number | null): void => {
    if (loss !== null && loss < best.loss) best = { optimizer, loss };
  };
  return (event) => {
    if (event.kind === "begin") {
      const contest = contestOf(event);
      all = contest.all;
      progress.note(contest.words);
      const weighing = weighingWords(event);
      if (weighing !== null) progress.note(weighing);
    } else if (event.kind === "trial") {
      done.trials++;
      compete(event.optimizer, event.loss);
    } else if (event.kind === "epoch") compete(event.optimizer, event.validation.loss);
    else if (event.kind === "run") done.runs++;
    else if (event.kind === "progress" && event.done > 0) {
      const speed = rate.at(event.done);
      progress.live(() => {
        const left = Number.isNaN(speed) ? "" : `  ${format.timeLeft((event.total - event.done) / speed)} left`;
        const ahead = best.optimizer === "" ? "" : `  lowest: ${best.optimizer} ${format.loss(best.loss)}`;
        return `${bar(event.done / event.total)}${left}  trials ${done.trials}/${all.trials}  runs ${done.runs}/${all.runs}${ahead}`;
      });
    }
  };
}

/** Trials and final runs in all: of those that are ranked, and of the one beside them. */
function contestOf({ optimizers, trials, seeds, settings }: Extract<CompareEvent, { kind: "begin" }>) {
  const beside = optimizers.includes(FULL_BATCH)
    ? [plainGradientDescent(settings)].filter((each) => each !== undefined)
    : [];
  const tuned = [...settings.optimizers, ...beside].filter(isTunable).length;
  const all = { trials: tuned * trials, runs: optimizers.length * seeds.length };
  const also = beside.length === 0 ? "" : `, plus full-batch gradient descent (not ranked)`;
  const who = `${several(settings.optimizers.length, "optimizer")}${also}`;
  return { all, words: `${who}: ${several(all.trials, "trial")}, ${several(all.runs, "final run")}` };
}
