import { setImmediate } from "node:timers/promises";
import { type Dataset, samplers } from "../src/data/index.ts";
import type { Device } from "../src/device/device.ts";
import type { Vector } from "../src/expr/array.ts";
import type { Model, Trained } from "../src/nn/index.ts";
import { Engine } from "../src/objective/index.ts";
import { dataName } from "../src/report/index.ts";
import {
  meanAbsoluteError,
  plainEvent,
  Recorder,
  type RunRecord,
  runHead,
  SolverTraining,
  type TrainEvent,
  Training,
  type TrainOptions,
} from "../src/train/index.ts";
import { Archive } from "./archive.ts";
import { loadData } from "./data-set.ts";
import { deviceFor } from "./device.ts";
import { asUsage, asUsageLater, UsageError } from "./failure.ts";
import * as flags from "./flags/index.ts";
import { exitCode, type Io } from "./io.ts";
import { chosenMethod, type Method } from "./method.ts";
import { network } from "./network.ts";
import { Progress } from "./progress.ts";
import { jsonLine, printResult, runResult } from "./result.ts";
import type { Settings } from "./settings.ts";
import { checkTarget, goalOf, metAtTheStart } from "./target.ts";
import { tellingEpochs, tellsEpochs, watching } from "./train-progress.ts";
import { endOfRun, epochLines, headOfRun } from "./train-table.ts";

/** `downhill train`: one run. */
export async function run(settings: Settings, io: Io): Promise<number> {
  const progress = new Progress(io, { quiet: settings.get(flags.quiet) === true });
  const method = chosenMethod(settings, { optimizer: "adam" });
  const batchSize = batchSizeFor(method, settings.get(flags.trainBatchSize));
  const modelFor = network(settings);
  const data = await loadData(settings, progress, io.signal);
  checkTarget(settings, data, progress);
  const { training, device, recorder, steps, errorOnTest, net } = await prepare(
    settings,
    io,
    method,
    modelFor(data),
    data,
    batchSize,
  );
  const events = training[Symbol.asyncIterator]();
  const live = tellsEpochs(settings, io);
  try {
    // What a solver cannot do shows in its first step: before a folder is made.
    const first = await asUsageLater(events.next());
    const archive = new Archive(settings, "train", `${method.name}-${dataName(data.name)}`, device);
    archive.append({ kind: "begin", ...recorder.head });
    if (live) io.out.write(headOfRun(recorder.head));
    await follow(first, events, [
      (event) => recorder.observe(event),
      (event) => event.kind === "epoch" && archive.append(plainEvent(event)),
      (event) => settings.get(flags.jsonl) && io.out.write(jsonLine(plainEvent(event))),
      metAtTheStart(recorder.head.goal, progress),
      ...(live ? [tellingEpochs(progress, io, settings.value(flags.epochs), steps)] : []),
      watching(progress, settings.value(flags.epochs), steps),
    ]);
    progress.clear();
    const record = complete(recorder, errorOnTest);
    archive.finish({ kind: "train", result: record });
    // A folder that was lost is told by now, and not made again.
    archive.keep(net(record));
    printResult(io, settings, runResult(record, archive.path), () =>
      [
        live ? (record.epochs.length === 0 ? "" : "\n") : headOfRun(record) + epochLines(record.epochs),
        endOfRun(record, archive.report),
      ].join(""),
    );
    archive.close();
    return record.outcome.kind === "interrupted" ? exitCode.interrupted : exitCode.success;
  } finally {
    progress.clear();
    await events.return();
  }
}

/** Examples in a batch, where nothing is said. */
const BATCH = 32;

function batchSizeFor({ name, solver }: Method, given: number | "full" | undefined): number | "full" {
  if (solver === undefined) return given ?? BATCH;
  if (given === undefined || given === "full") return "full";
  throw new UsageError(
    `--batch-size ${given}: ${name} compares losses, so each step takes all examples; leave it out, or give full`,
  );
}

/** The run, ready to go; everything that can be wrong with the settings is found here. */
async function prepare(
  settings: Settings,
  io: Io,
  method: Method,
  model: Model,
  data: Dataset,
  batchSize: number | "full",
) {
  const [seed, epochs, maxSteps] = [
    settings.value(flags.seed),
    settings.value(flags.epochs),
    settings.get(flags.maxSteps),
  ];
  const sampler = samplers.shuffled({ count: data.train.count, batchSize });
  const steps = Math.min(epochs * sampler.batchesPerEpoch, maxSteps ?? Number.POSITIVE_INFINITY);
  const device = await deviceFor(settings, io);
  const options = {
    ...{ data, epochs, seed, maxSteps, signal: io.signal },
    model,
    l2: settings.get(flags.l2),
    target: settings.get(flags.target),
    stopAtTarget: settings.get(flags.stopAtTarget),
    patience: settings.get(flags.patience),
    dtype: settings.get(flags.dtype),
  };
  const { training, weights } = asUsage(() => runBy(method, { ...options, batchSize }, steps, device));
  const { name: optimizer, hyper, schedule } = method;
  const own = { optimizer, hyper, schedule, seed, batchSize: sampler.batchSize, goal: goalOf(options.target) };
  const recorder = new Recorder(runHead({ data, model, device }, own), { restores: options.patience !== undefined });
  const tested = ({ outcome }: RunRecord) => weights(outcome.kind !== "diverged");
  const net = (record: RunRecord): Trained => ({ model, w: tested(record), s: training.state.s });
  const errorOnTest = (record: RunRecord) => meanAbsoluteError(net(record), data.test);
  return { training, device, recorder, steps, errorOnTest, net };
}

/** The record, with the error that only predictions tell where a regression was tested. */
function complete(recorder: Recorder, errorOnTest: (record: RunRecord) => number): RunRecord {
  const record = recorder.record();
  return record.regression === undefined ? record : recorder.record({ mae: errorOnTest(record) });
}

/**
 * The run, and the weights that its test is of: the best ones that were kept, else an average where the rule has one, whose
 * state is `sound` unless the run diverged.
 */
function runBy(
  method: Method,
  { batchSize, ...options }: Omit<TrainOptions, "optimizer" | "batchSize"> & { batchSize: number | "full" },
  steps: number,
  device: Device,
): { training: Training | SolverTraining; weights: (sound: boolean) => Vector } {
  if (method.solver !== undefined) {
    const training = new SolverTraining({ ...options, optimizer: method.solver }, new Engine(device));
    return { training, weights: () => training.state.w };
  }
  const optimizer = method.optimizer(steps);
  const training = new Training({ ...options, batchSize, optimizer }, new Engine(device));
  const { state } = training;
  const averaged = () => (state.step === 0 ? undefined : optimizer.average?.at(state.w, state.optimizer));
  const weights = (sound: boolean) => (sound && state.best.w === undefined ? averaged() : undefined) ?? state.w;
  return { training, weights };
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
