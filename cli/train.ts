import { setImmediate } from "node:timers/promises";
import { ewa } from "../src/averages/index.ts";
import { buildModel, type ModelSpec, Recorder } from "../src/compare/index.ts";
import { modelName } from "../src/compare/model-spec.ts";
import { type Dataset, samplers } from "../src/data/index.ts";
import { type TrainEvent, Training } from "../src/train/index.ts";
import { nodeMeans } from "../src/train/node/means.ts";
import { Archive } from "./archive.ts";
import { loadData } from "./data-set.ts";
import { asUsage } from "./failure.ts";
import * as flags from "./flags/index.ts";
import { exitCode, type Io } from "./io.ts";
import { modelSpec } from "./network.ts";
import { type Choice, chosen, optimizerOf } from "./optimizer.ts";
import { bar, Progress } from "./progress.ts";
import { jsonLine, printResult, runResult } from "./result.ts";
import type { Settings } from "./settings.ts";
import { endOfRun } from "./train-table.ts";
import { cost, count, percent } from "./words.ts";

/** `downhill train`: one run. */
export async function run(settings: Settings, io: Io): Promise<number> {
  const progress = new Progress(io, { quiet: settings.get(flags.quiet) === true });
  const choice = chosen(settings, { optimizer: "adam" });
  const spec = modelSpec(settings);
  const data = await loadData(settings, progress, io.signal);
  const { training, recorder, steps } = await prepare(settings, io, choice, spec, data);
  const archive = new Archive(settings, "train", `${choice.rule.spec.name}-${data.name}`);
  try {
    await follow(training, [
      (event) => recorder.observe(event),
      (event) => event.kind === "epoch" && archive.append({ ...event }),
      (event) => settings.get(flags.jsonl) && io.out.write(jsonLine(event)),
      watching(progress, steps),
    ]);
  } finally {
    progress.clear();
  }
  const record = recorder.record();
  archive.finish({ kind: "train", result: record });
  printResult(io, settings, runResult(record, archive.path), () => endOfRun(record, archive.report));
  archive.close();
  return record.outcome.kind === "interrupted" ? exitCode.interrupted : exitCode.success;
}

/** The run, ready to go; everything that can be wrong with the settings is found here. */
async function prepare(settings: Settings, io: Io, choice: Choice, spec: ModelSpec, data: Dataset) {
  const [batchSize, epochs] = [settings.value(flags.batchSize), settings.value(flags.epochs)];
  const [seed, maxSteps] = [settings.value(flags.seed), settings.get(flags.maxSteps)];
  const sampler = samplers.shuffled({ count: data.train.count, batchSize });
  const steps = Math.min(epochs * sampler.batchesPerEpoch, maxSteps ?? Number.POSITIVE_INFINITY);
  const means = await nodeMeans({ backend: settings.get(flags.backend), threads: settings.get(flags.threads) });
  const options = {
    ...{ data, batchSize, epochs, seed, maxSteps, signal: io.signal },
    l2: settings.get(flags.l2),
    target: settings.get(flags.target),
    stopAtTarget: settings.get(flags.stopAtTarget),
    patience: settings.get(flags.patience),
    dtype: settings.get(flags.dtype),
  };
  const training = asUsage(
    () => new Training({ ...options, model: buildModel(spec, data), optimizer: optimizerOf(choice, steps) }, means),
  );
  const recorder = new Recorder({
    data: data.name,
    model: modelName(spec, data),
    optimizer: choice.rule.spec.name,
    hyper: { ...choice.rule.spec.hyper, ...choice.hyper },
    schedule: choice.schedule,
    seed,
    batchSize: sampler.batchSize,
    parameters: training.parameters,
  });
  return { training, recorder, steps };
}

/** Hands every event to everyone, and lets the process hear of Ctrl-C in between. */
async function follow(training: Training, listeners: readonly ((event: TrainEvent) => unknown)[]): Promise<void> {
  let heard = performance.now();
  for await (const event of training) {
    for (const listen of listeners) listen(event);
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
