import { setImmediate } from "node:timers/promises";
import type { Dataset } from "../../src/data/index.ts";
import type { Device } from "../../src/device/index.ts";
import { measureTest } from "../../src/metrics/index.ts";
import { type Model, Net, type TakenWeights } from "../../src/nn/index.ts";
import { writeModel } from "../../src/nn/node/index.ts";
import { Engine } from "../../src/objective/index.ts";
import { dataName, several } from "../../src/report/index.ts";
import {
  plainEvent,
  Recorder,
  type RunRecord,
  type SolverTraining,
  type TrainEvent,
  type Training,
  type TrajectoryPoint,
  trainingOn,
} from "../../src/train/index.ts";
import { lengthOf, optionsFrom, type RunData, runHead, withDefaults } from "../../src/train/plain/index.ts";
import { Archive, planOf } from "../files/archive.ts";
import { checkSaveFolder } from "../files/save-folder.ts";
import { checkTrajectoryRoom, type KeptTrajectory, TrajectoryFiles } from "../files/trajectory-files.ts";
import * as bundles from "../flags/bundles.ts";
import * as flags from "../flags/index.ts";
import { exitCode, type Io, warn } from "../io.ts";
import { UsageError } from "../mistakes/failure.ts";
import { goOnLines, predictLines } from "../print/next-command.ts";
import { Progress } from "../print/progress.ts";
import { jsonLine, printResult, runResult } from "../print/result.ts";
import { tellingEpochs, tellsEpochs, watching } from "../print/train-progress.ts";
import { endOfRun, epochLines, headOfRun } from "../print/train-table.ts";
import { deviceFor } from "../read/device.ts";
import { memoryFault } from "../read/memory.ts";
import { chosenOptimizer } from "../read/optimizer.ts";
import { startIn } from "../read/start.ts";
import { checkTarget, metAtTheStart } from "../read/target.ts";
import type { Settings } from "../settings.ts";
import type { Read } from "./command.ts";
import { readFolds } from "./folds-work.ts";
import { readLrRange } from "./lr-range-work.ts";

/** A run that is ready to begin. */
interface Ready {
  readonly settings: Settings;
  readonly progress: Progress;
  readonly run: RunData;
  readonly data: Dataset;
  readonly model: Model;
  /** Whose weights it starts from. */
  readonly words: string | undefined;
  readonly device: Device;
  readonly training: Training | SolverTraining;
  /** The points of its way, if they are kept. */
  readonly trajectory: TrajectoryFiles | undefined;
  readonly events: AsyncGenerator<TrainEvent, void>;
  /** What a solver cannot do shows in its first step, so that is taken already; of an update rule it shows before. */
  readonly first: IteratorResult<TrainEvent, void> | undefined;
}

/** Tensors of a net whose compilation may take seconds, in which nothing else is heard of. */
const DEEP = 100;

/** `downhill train`: one run. */
export const read: Read = async (settings, io) => {
  if (settings.has(flags.folds)) return readFolds(settings, io, runIn(settings));
  if (settings.has(flags.lrRange)) return readLrRange(settings, io);
  if (settings.has(flags.groupBy))
    throw new UsageError("--group-by: it says which rows to keep in one fold; give --folds, too");
  if (settings.has(flags.stillFigureFile))
    throw new UsageError("--figure works only with --lr-range; the figures of a run are in its report.html");
  const progress = new Progress(io, { quiet: settings.get(flags.quiet) === true });
  const plan = runIn(settings);
  const { data, model, initial, words } = await startIn(settings)(progress, io.signal);
  checkTarget(settings, data, progress);
  checkSaveFolder(settings, progress);
  const run = withType(plan, initial);
  const trajectory = run.trajectory && new TrajectoryFiles(model);
  if (run.trajectory !== undefined) {
    const subject = { model, dtype: withDefaults(run).dtype ?? "f32", length: lengthOf(run, data.train.count) };
    checkTrajectoryRoom(settings, run.trajectory, subject, progress);
  }
  const onPoint = trajectory && ((point: TrajectoryPoint) => trajectory.keep(point));
  const device = await deviceFor(settings, io);
  const options = optionsFrom(run, {
    ...{ data, model, signal: io.signal },
    ...(initial && { initial }),
    ...(onPoint && { onPoint }),
  });
  const training = trainingOn(options, new Engine(device));
  const { batchSize } = lengthOf(run, data.train.count);
  const fault = memoryFault({ options, batchSize, data, model, device });
  if (fault !== undefined) warn(io, fault);
  const events = training[Symbol.asyncIterator]();
  const first = "solver" in run.optimizer ? await events.next() : undefined;
  return () => train({ settings, progress, run, data, model, words, device, training, trajectory, events, first }, io);
};

async function train(ready: Ready, io: Io): Promise<number> {
  const { settings, progress, run, data, model, words, device, training, trajectory, events } = ready;
  const recorder = new Recorder({ ...runHead({ data, model, device }, run), ...(words && { start: words }) });
  const { steps } = lengthOf(run, data.train.count);
  const live = tellsEpochs(settings, io);
  try {
    if (model.parameters.length > DEEP) progress.live(() => `compiling ${model.name}`);
    // Before a folder is made: a device may refuse the first step.
    const first = ready.first ?? (await events.next());
    progress.clear();
    const archive = new Archive(settings, "train", `${recorder.head.optimizer}-${dataName(data.name)}`, {
      device,
      plan: planOf(settings, data, model, withDefaults(run)),
    });
    archive.append({ kind: "begin", ...recorder.head });
    if (archive.path !== null) trajectory?.open(archive.path);
    if (live) io.out.write(headOfRun(recorder.head, data));
    await follow(first, events, [
      (event) => recorder.observe(event),
      (event) => event.kind === "epoch" && archive.append(plainEvent(event)),
      (event) => settings.get(flags.jsonl) && io.out.write(jsonLine(plainEvent(event))),
      metAtTheStart(recorder.head.goal, progress),
      ...(live ? [tellingEpochs(progress, io, settings.value(flags.epochs), steps)] : []),
      watching(progress, settings.value(flags.epochs), steps),
    ]);
    progress.clear();
    const record = await complete(recorder, ready);
    archive.finish({ kind: "train", result: record });
    // A folder that was lost is told by now, and not made again.
    archive.keep(training.trained);
    const saved = settings.get(flags.save);
    if (saved !== undefined) writeModel(training.trained, saved);
    printResult(io, settings, runResult(record, archive.path, trajectory?.kept), () =>
      [
        live ? (record.epochs.length === 0 ? "" : "\n") : headOfRun(record, data) + epochLines(record),
        endOfRun(record, archive.report),
        ...trajectoryLines(trajectory?.kept).map((line) => `${line}\n`),
        ...(saved === undefined ? [] : [`saved: ${saved}`, ...predictLines(saved, data)].map((line) => `${line}\n`)),
        ...nextLines(record, saved ?? archive.path, settings).map((line) => `${line}\n`),
      ].join(""),
    );
    archive.close();
    if (trajectory?.failure !== undefined) throw trajectory.failure;
    return record.outcome.kind === "interrupted" ? exitCode.interrupted : exitCode.success;
  } finally {
    progress.clear();
    await events.return();
  }
}

/** Where the points of the way are. */
const trajectoryLines = (kept: KeptTrajectory | undefined): string[] =>
  kept === undefined ? [] : [`trajectory: ${several(kept.points, "point")} in ${kept.folder}`];

/** How it goes on, where it was interrupted and its net was kept. */
const nextLines = ({ outcome }: RunRecord, folder: string | null, settings: Settings): string[] =>
  outcome.kind === "interrupted" && folder !== null ? goOnLines(folder, settings) : [];

/** Weights in float64 stay so. */
const withType = (run: RunData, initial: TakenWeights | undefined): RunData =>
  run.dtype === undefined && initial?.w instanceof Float64Array ? { ...run, dtype: "f64" } : run;

/** What the flags ask for, as plain data. */
function runIn(settings: Settings): RunData {
  const optimizer = chosenOptimizer(settings, { optimizer: "adam" });
  const freeze = settings.all(flags.freeze).flat();
  const run = {
    ...{ optimizer, ...settings.options(bundles.run), ...settings.options(bundles.oneRun) },
    ...(freeze.length === 0 ? {} : { freeze }),
  };
  checkBatchSize(run);
  if (run.minDelta !== undefined && run.patience === undefined && run.monitor === undefined)
    throw new UsageError("--min-delta: nothing is watched; give --patience or --monitor, too");
  return run;
}

function checkBatchSize({ optimizer, batchSize = "full" }: RunData): void {
  if ("rule" in optimizer || batchSize === "full") return;
  throw new UsageError(
    `--batch-size ${batchSize}: ${optimizer.solver} compares losses, so each step takes all examples; leave the flag out, or pass full`,
  );
}

/** The record, with the metrics that only predictions tell. A test that was cut off, or whose loss is not finite, has none. */
async function complete(recorder: Recorder, { training, device, data }: Ready): Promise<RunRecord> {
  const record = recorder.record();
  if (record.test.loss === null) return record;
  const net = new Net(training.trained, device);
  try {
    return recorder.record(await measureTest(net, data));
  } finally {
    await net.dispose();
  }
}

/** Hands every event to everyone, and lets the process hear of Ctrl-C in between. */
async function follow(
  first: IteratorResult<TrainEvent, void>,
  events: AsyncGenerator<TrainEvent, void>,
  listeners: readonly ((event: TrainEvent) => unknown)[],
): Promise<void> {
  let heard = performance.now();
  for (let next = first; !next.done; next = await events.next()) {
    for (const listen of listeners) listen(next.value);
    if (performance.now() - heard < 50) continue;
    await setImmediate();
    heard = performance.now();
  }
}
