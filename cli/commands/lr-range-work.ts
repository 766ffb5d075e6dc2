import { type Figure, toTerminal } from "../../src/figure/index.ts";
import type { LrRangePoint } from "../../src/train/index.ts";
import { checkLrRange, RANGE_STEPS } from "../../src/train/lr-range/index.ts";
import { lrRange } from "../../src/train/node/index.ts";
import { hyperOf, methodFrom, nameOf, type RuleRunData } from "../../src/train/plain/index.ts";
import { besideFigure, checkStillFile, writeFigure } from "../files/figure-file.ts";
import * as flags from "../flags/index.ts";
import { exitCode, type Io, takesColor } from "../io.ts";
import { UsageError } from "../mistakes/failure.ts";
import { type RangeTest, rangeFigure, rangeLines } from "../print/lr-range.ts";
import { bar, Progress } from "../print/progress.ts";
import { jsonLine, printResult } from "../print/result.ts";
import { deviceFor } from "../read/device.ts";
import { chosenOptimizer } from "../read/optimizer.ts";
import { startIn } from "../read/start.ts";
import type { Settings } from "../settings.ts";
import type { Read } from "./command.ts";

/** Steps of a test, where nobody says. */
const USUAL_STEPS = 100;

/** `downhill train --lr-range`: at which learning rates the loss falls. It is no run, so it leaves no folder. */
export const readLrRange: Read = async (settings, io) => {
  const rule = ruleIn(settings);
  const file = settings.get(flags.stillFigureFile);
  if (file !== undefined) checkStillFile(file);
  const progress = new Progress(io, { quiet: settings.get(flags.quiet) === true });
  const { data, model, initial } = await startIn(settings)(progress, io.signal);
  const device = await deviceFor(settings, io);
  const [from, to] = settings.value(flags.lrRange);
  const { steps = USUAL_STEPS, ...own } = settings.options(training);
  const freeze = settings.all(flags.freeze).flat();
  const run = { ...own, ...(freeze.length === 0 ? {} : { freeze }) };
  if (!RANGE_STEPS.allows(steps))
    throw new UsageError(`--steps is ${steps}; with --lr-range it must be ${RANGE_STEPS.words}`);
  const options = {
    ...{ from, to, steps, model, data, device },
    ...{ ...run, ...(initial && { initial }) },
    optimizer: methodFrom(rule),
    signal: io.signal,
  };
  checkLrRange(options);
  return async () => {
    const onPoint = watching(progress, steps);
    const found = await lrRange({ ...options, onPoint }).finally(() => progress.clear());
    const { lr: _, ...hyper } = hyperOf(rule);
    const about = { ...{ data: data.name, model: model.name, loss: model.loss.name }, optimizer: nameOf(rule), hyper };
    const test = { ...about, ...run, device: device.name, ...{ from, to, steps }, ...found };
    const figure = rangeFigure(test);
    if (file !== undefined && figure === null)
      progress.note(`--figure ${file}: not drawn, since fewer than two learning rates could be tried`);
    await besideFigure(
      figure === null ? undefined : file,
      (name) => (figure === null ? undefined : writeFigure(figure, name)),
      (figureLine) => show(test, figure, figureLine, settings, io),
    );
    return found.outcome === "interrupted" ? exitCode.interrupted : exitCode.success;
  };
};

/** What counts of a run. */
const training = {
  ...{ steps: flags.maxSteps, batchSize: flags.batchSize, l2: flags.l2, dtype: flags.dtype, seed: flags.seed },
  augment: flags.augment,
} as const;

/** What would have no effect on a test, or be against its sense. */
const without = [
  flags.lr,
  flags.schedule,
  flags.target,
  flags.stopAtTarget,
  flags.patience,
  flags.monitor,
  flags.minDelta,
  flags.trajectory,
];

/** What a test does not need, and a configuration of runs has all the same: refused only where it is typed. */
const idle = [
  [flags.epochs, "a test counts steps; give --steps"],
  [flags.out, "a test writes no run folder; leave it out"],
] as const;

function ruleIn(settings: Settings): RuleRunData["optimizer"] {
  const [flag] = without.filter((each) => settings.has(each));
  if (flag !== undefined) throw new UsageError(`--lr-range and --${flag.name}: give one of them`);
  for (const [{ name }, help] of idle.filter(([each]) => settings.isTyped(each)))
    throw new UsageError(`--lr-range and --${name}: ${help}`);
  const method = chosenOptimizer(settings, { optimizer: "adam" });
  if ("rule" in method && method.hyper?.lr !== undefined)
    throw new UsageError("--lr-range and --set lr: the test tries learning rates of its own; leave lr out");
  if ("rule" in method) return method;
  throw new UsageError(
    `--lr-range: ${method.solver} chooses its own step length and has no learning rate; use an update rule, such as adam`,
  );
}

function watching(progress: Progress, steps: number): (point: LrRangePoint) => void {
  let taken = 0;
  return () => {
    taken++;
    progress.live(() => `${bar(taken / steps)}  step ${taken} of ${steps}`);
  };
}

function show(test: RangeTest, figure: Figure | null, figureLine: string, settings: Settings, io: Io): void {
  if (settings.get(flags.jsonl))
    io.out.write(test.points.map((point) => jsonLine({ kind: "point", ...point })).join(""));
  printResult(io, settings, test, () => {
    const color = takesColor(io.out, io, settings.get(flags.noColor) !== true);
    const picture =
      io.out.isTTY && figure !== null
        ? `${toTerminal(figure, { width: Math.min(100, io.out.columns), color })}\n\n`
        : "";
    return `${picture}${rangeLines(test)}${figureLine}`;
  });
}
