import { setImmediate } from "node:timers/promises";
import { ewa } from "../src/averages/index.ts";
import { buildModel, type ModelSpec, plainEvent, Recorder } from "../src/compare/index.ts";
import { modelName } from "../src/compare/model-spec.ts";
import { type Dataset, samplers } from "../src/data/index.ts";
import { SolverTraining, type TrainEvent, Training } from "../src/train/index.ts";
import { nodeMeans } from "../src/train/node/means.ts";
import { Archive } from "./archive.ts";
import { loadData } from "./data-set.ts";
import { asUsage, asUsageLater, UsageError } from "./failure.ts";
import * as flags from "./flags/index.ts";
import { exitCode, type Io } from "./io.ts";
import { chosenMethod, type Method } from "./method.ts";
import { modelSpec } from "./network.ts";
import { bar, Progress } from "./progress.ts";
import { jsonLine, printResult, runResult } from "./result.ts";
import type { Settings } from "./settings.ts";
import { endOfRun } from "./train-table.ts";
import { cost, count, percent } from "./words.ts";

/** `downhill train`: one run. */
export async function run(settings: Settings, io: Io): Promise<number> {
  const progress = new Progress(io, { quiet: settings.get(flags.quiet) === true });
  const method = chosenMethod(settings, { optimizer: "adam" });
  const batchSize = batchSizeFor(method, settings.get(flags.trainBatchSize));
  const spec = modelSpec(settings);
  const data = await loadData(settings, progress, io.signal);
  const { training, recorder, steps } = await prepare(settings, io, method, spec, data, batchSize);
  const events = training[Symbol.asyncIterator]();
  try {
    // What a solver cannot do shows in its first step: before a folder is made.
    const first = await asUsageLater(events.next());
    const archive = new Archive(settings, "train", `${method.name}-${data.name}`);
    archive.append({ kind: "begin", ...recorder.head });
    await follow(first, events, [
      (event) => recorder.observe(event),
      (event) => event.kind === "epoch" && archive.append(plainEvent(event)),
      (event) => settings.get(flags.jsonl) && io.out.write(jsonLine(plainEvent(event))),
      watching(progress, steps),
    ]);
    progress.clear();
    const record = recorder.record();
    archive.finish({ kind: "train", result: record });
    printResult(io, settings, runResult(record, archive.path), () => endOfRun(record, archive.report));
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
    `--batch-size ${given}: ${name} compares costs, so each step takes all examples; leave it out, or give full`,
  );
}

/** The run, ready to go; everything that can be wrong with the settings is found here. */
async function prepare(
  settings: Settings,
  io: Io,
  method: Method,
  spec: ModelSpec,
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
  const means = await nodeMeans({ backend: settings.get(flags.backend), threads: settings.get(flags.threads) });
  const options = {
    ...{ data, epochs, seed, maxSteps, signal: io.signal },
    model: buildModel(spec, data),
    l2: settings.get(flags.l2),
    target: settings.get(flags.target),
    stopAtTarget: settings.get(flags.stopAtTarget),
    patience: settings.get(flags.patience),
    dtype: settings.get(flags.dtype),
  };
  const training = asUsage(() =>
    method.solver === undefined
      ? new Training({ ...options, batchSize, optimizer: method.optimizer(steps) }, means)
      : new SolverTraining({ ...options, optimizer: method.solver }, means),
  );
  const recorder = new Recorder({
    data: data.name,
    model: modelName(spec, data),
    optimizer: method.name,
    hyper: method.hyper,
    schedule: method.schedule,
    seed,
    batchSize: sampler.batchSize,
    parameters: training.parameters,
    backend: means.backend.name,
  });
  return { training, recorder, steps };
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

/** One line that says how the run goes. */
function watching(progress: Progress, steps: number): (event: TrainEvent) => void {
  const begin = performance.now();
  // A batch's cost jumps; the average of the last twenty or so can be read.
  const smooth = ewa({ beta: 0.95 });
  let validation = "";
  return (event) => {
    if (event.kind === "epoch")
      validation = `  validation ${cost(event.validation.loss)} ${percent(event.validation.accuracy)}`;
    if (event.kind !== "batch") return;
    const { epoch, step } = event;
    const loss = smooth.add(event.loss);
    progress.live(() => {
      const perSecond = count(step / ((performance.now() - begin) / 1000));
      return `epoch ${epoch}  ${bar(step / steps)}  cost ${cost(loss)}${validation}  ${perSecond} steps/s`;
    });
  };
}
