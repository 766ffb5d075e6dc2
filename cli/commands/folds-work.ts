import { quote, someOf } from "../../src/arguments/index.ts";
import { type Foldable, type FoldData, foldableOf, foldSplits, wholeSplit } from "../../src/data/folds/index.ts";
import type { Dataset } from "../../src/data/index.ts";
import type { Device } from "../../src/device/index.ts";
import type { Model } from "../../src/nn/index.ts";
import { writeModel } from "../../src/nn/node/index.ts";
import { Engine, type Evaluation } from "../../src/objective/index.ts";
import {
  dataName,
  dividedWords,
  foldColumns,
  foldRows,
  foldsNotes,
  foldsTitle,
  format,
  tableLines,
} from "../../src/report/index.ts";
import { watchesValidation } from "../../src/train/folds/index.ts";
import {
  type CrossValidation,
  type EndEvent,
  type FoldEvent,
  type TrainEvent,
  trainingOn,
} from "../../src/train/index.ts";
import { crossValidate } from "../../src/train/node/index.ts";
import { lengthOf, nameOf, optionsFrom, type RunData, withDefaults } from "../../src/train/plain/index.ts";
import { Archive, planOf } from "../files/archive.ts";
import { checkSaveFolder } from "../files/save-folder.ts";
import * as flags from "../flags/index.ts";
import { exitCode, type Io } from "../io.ts";
import { UsageError } from "../mistakes/failure.ts";
import { droppedNotes } from "../print/data-notes.ts";
import { predictLines } from "../print/next-command.ts";
import { bar, Progress } from "../print/progress.ts";
import { jsonLine, printResult } from "../print/result.ts";
import { lossLines } from "../print/train-table.ts";
import { loadFolds, noteMonitor, noteTable } from "../read/data-set.ts";
import { deviceFor } from "../read/device.ts";
import { network } from "../read/network.ts";
import type { Settings } from "../settings.ts";
import type { Run } from "./command.ts";

/** A cross-validation that is ready to begin. */
interface Ready {
  readonly settings: Settings;
  readonly progress: Progress;
  readonly run: RunData;
  readonly data: FoldData;
  readonly foldable: Foldable;
  readonly watched: boolean;
  readonly modelFor: ReturnType<typeof network>;
  readonly archive: () => Archive;
  readonly device: Device;
}

/**
 * What a fold cannot have: a target is for the validation set of one run, a range test is no run, and a net to start from has seen
 * rows that a fold is to be tested on, or keeps what each fold measures anew.
 */
const without = [
  flags.lrRange,
  flags.target,
  flags.stopAtTarget,
  flags.stillFigureFile,
  flags.from,
  flags.partial,
  flags.trajectory,
];

/** Each fold draws its validation set from its own training rows, so none can be given. */
const notWatched = [flags.validation, flags.validationSplit];

/** `downhill train --folds 5`: cross-validation. */
export async function readFolds(settings: Settings, io: Io, run: RunData): Promise<Run> {
  const flag = without.find((each) => settings.has(each));
  if (flag !== undefined) throw new UsageError(`--folds and --${flag.name}: give one of them`);
  const validation = notWatched.find((each) => settings.has(each));
  if (validation !== undefined)
    throw new UsageError(
      `--folds and --${validation.name}: each fold draws what early stopping watches from its own training rows; ` +
        `leave --${validation.name} out`,
    );
  const progress = new Progress(io, { quiet: settings.get(flags.quiet) === true });
  const modelFor = network(settings);
  const data = await loadFolds(settings, progress, io.signal);
  const foldable = foldableOf(data);
  checkSaveFolder(settings, progress);
  const watched = await watchesValidation(run);
  const [split] = foldSplits(foldable, { ...foldPlan(settings), watched });
  const first = foldable.build(split);
  for (const note of droppedNotes(first)) progress.note(note);
  noteTable(settings, first, progress);
  noteMonitor(settings, progress);
  noteSmall(foldable, first, settings.value(flags.folds), progress);
  const model = modelFor(first);
  const device = await deviceFor(settings, io);
  // What cannot be trained shows now, before a folder is made.
  const trial = trainingOn(optionsFrom(run, { data: first, model, signal: io.signal }), new Engine(device));
  const events = trial[Symbol.asyncIterator]();
  await events.next();
  await events.return();
  const name = `folds-${nameOf(run.optimizer)}-${dataName(first.name)}`;
  const plan = planOf(settings, first, model, withDefaults(run));
  const archive = () => new Archive(settings, "train", name, { device, plan });
  return () => validate({ settings, progress, run, data, foldable, watched, modelFor, archive, device }, io);
}

/** Tells of classes that are not in every fold. */
function noteSmall({ labels, groups }: Foldable, { classes }: Dataset, folds: number, progress: Progress): void {
  const counts = new Float64Array(classes.length);
  for (const label of Array.from(labels)) counts[label]++;
  const small = classes.filter((_, label) => counts[label] < folds);
  if (groups !== undefined || small.length === 0) return;
  const names = someOf(small.map((name) => quote(name)));
  progress.note(`fewer than ${folds} rows have the class ${names}, so some folds hold none of it`);
}

const foldPlan = (settings: Settings) => {
  const seed = settings.get(flags.splitSeed);
  return { folds: settings.value(flags.folds), ...(seed !== undefined && { seed }) };
};

async function validate(ready: Ready, io: Io): Promise<number> {
  const { settings, progress, archive: open } = ready;
  const archive = open();
  const watch = watching(ready);
  const result = await resultOf(ready, io.signal, (event, fold) => {
    if (event.kind === "fold") {
      archive.append({ ...event });
      if (settings.get(flags.jsonl)) io.out.write(jsonLine(event));
    }
    watch(event, fold);
  }).finally(() => progress.clear());
  archive.finish({ kind: "folds", result });
  const saved = result.outcome === "completed" ? await saveWhole(ready, io).finally(() => progress.clear()) : undefined;
  const plain = { ...result, saved: saved?.folder ?? null, run: archive.path };
  printResult(io, settings, plain, () => words(result, saved, archive.report));
  archive.close();
  return io.signal.aborted ? exitCode.interrupted : exitCode.success;
}

/** Runs the folds. */
function resultOf(
  { settings, run, data, modelFor, device }: Ready,
  signal: AbortSignal,
  onEvent: (event: TrainEvent | FoldEvent, fold: number) => void,
): Promise<CrossValidation> {
  const { folds, seed: foldSeed } = foldPlan(settings);
  const { optimizer, batchSize, target: _, stopAtTarget: __, trajectory: ___, ...plan } = run;
  const common = {
    ...plan,
    data,
    model: modelFor,
    folds,
    device,
    signal,
    onEvent,
    ...(foldSeed !== undefined && { foldSeed }),
  };
  return "solver" in optimizer
    ? crossValidate({ ...common, optimizer })
    : crossValidate({ ...common, optimizer, ...(batchSize !== undefined && { batchSize }) });
}

/** A net that was trained on all folds, in its folder. */
interface Saved {
  readonly folder: string;
  /** Rows that were trained on, and that early stopping or the schedule watched. */
  readonly counts: readonly [train: number, watched: number];
  /** The command that predicts with it. */
  readonly next: readonly string[];
  /** On the set that stayed aside; missing if there is none. */
  readonly test?: Evaluation;
}

/** Trains a net on all folds and saves it, if that is wanted and nothing interrupts it. */
async function saveWhole({ settings, progress, run, foldable, watched, modelFor, device }: Ready, io: Io) {
  const folder = settings.get(flags.save);
  if (folder === undefined) return undefined;
  const { seed } = foldPlan(settings);
  const data = foldable.build(wholeSplit(foldable, { watched, ...(seed !== undefined && { seed }) }));
  const model: Model = modelFor(data);
  const training = trainingOn(optionsFrom(run, { data, model, signal: io.signal }), new Engine(device));
  const { steps } = lengthOf(run, data.train.count);
  let end: EndEvent | undefined;
  for await (const event of training) {
    if (event.kind === "batch") progress.live(() => `the net to keep  ${bar(event.step / steps, 16)}`);
    if (event.kind === "end") end = event;
  }
  if (end === undefined || end.outcome.kind === "interrupted") return undefined;
  writeModel(training.trained, folder);
  const saved: Saved = {
    ...{ folder, counts: [data.train.count, data.validation.count], next: predictLines(folder, data) },
    ...(data.test.count > 0 && { test: end.test }),
  };
  return saved;
}

/** One line that says how it goes. */
function watching({ settings, progress, run, foldable }: Ready): (event: TrainEvent | FoldEvent, fold: number) => void {
  const { folds } = foldPlan(settings);
  const { steps } = lengthOf(run, Math.round((foldable.rows.length * (folds - 1)) / folds));
  return (event, fold) => {
    if (event.kind !== "batch") return;
    const done = (fold - 1 + Math.min(1, event.step / steps)) / folds;
    progress.live(() => `${bar(done)}  fold ${fold} of ${folds}  epoch ${event.epoch}`);
  };
}

function words(result: CrossValidation, saved: Saved | undefined, report: string | null): string {
  const { folds } = result;
  return [
    foldsTitle(result),
    `${result.model}; ${dividedWords(result)}`,
    ...lossLines(result.loss, result.task),
    "",
    ...(folds.length === 0 ? [] : [...tableLines(foldColumns(result), foldRows(result)), ""]),
    ...foldsNotes(result),
    ...(saved === undefined ? [] : savedWords(saved)),
    ...(report === null ? [] : [`report: ${report}`]),
    "",
  ].join("\n");
}

function savedWords({ folder, counts: [train, watched], test, next }: Saved): string[] {
  const rows =
    watched === 0
      ? `all ${format.count(train)} rows`
      : `${format.count(train)} rows, with ${format.count(watched)} to watch`;
  const accuracy = test?.accuracy === undefined ? "" : `, accuracy ${format.percent(test.accuracy)}`;
  return [
    `saved: ${folder}, a net that was trained on ${rows}`,
    ...(test === undefined
      ? []
      : [`       on the test set that stayed aside: loss ${format.loss(test.loss)}${accuracy}`]),
    ...next,
  ];
}
