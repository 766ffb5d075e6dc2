import { type Entrant, race, tunedRate, type Walks } from "../../lecture/index.ts";
import { cut } from "../../src/arguments/index.ts";
import { toTerminal } from "../../src/figure/index.ts";
import { checkTunable, optimizerFromData, type RuleData } from "../../src/optimizers/index.ts";
import { several } from "../../src/report/index.ts";
import { type SolverData, solverFromData } from "../../src/solvers/index.ts";
import type { Surface } from "../../src/surfaces/index.ts";
import { minimize } from "../../src/train/index.ts";
import { hyperOf, nameOf } from "../../src/train/plain/index.ts";
import { besideFigure, checkFigureFile, writeFigure } from "../files/figure-file.ts";
import * as flags from "../flags/index.ts";
import { exitCode, type Io, takesColor } from "../io.ts";
import { UsageError } from "../mistakes/failure.ts";
import { ARRIVED, byArrival, type Result, raceBlocks, raceLines } from "../print/race-table.ts";
import { jsonText } from "../print/result.ts";
import { checkServes, chosenOptimizers } from "../read/optimizer.ts";
import { problemFrom, startIn } from "../read/surface.ts";
import type { Settings } from "../settings.ts";
import type { Read } from "./command.ts";

/** Those of Radford's animations, and Adam. */
const USUAL = ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adadelta", "adam"];

/** One who takes part, and with which settings. */
interface Racer extends Pick<Result, "name" | "lr" | "hyper"> {
  readonly optimizer: Entrant["optimizer"];
}

/** One who is to take part; what makes it ready searches for its rate, where none was given. */
interface Entry {
  readonly name: string;
  /** Shows whether it can walk at all. */
  readonly optimizer: Entrant["optimizer"];
  readonly ready: () => Racer;
}

/** `downhill race`: several optimizers on one surface, side by side. */
export const read: Read = (settings, io) => {
  const [text] = settings.words;
  const file = settings.get(flags.figureFile);
  if (file !== undefined) checkFigureFile(file);
  const problem = problemFrom(text);
  const { surface } = problem;
  if (surface.variables.length !== 2)
    throw new UsageError(
      `${cut(problem.name)} has ${several(surface.variables.length, "variable")}; a race is drawn on two, so name a surface in x and y`,
    );
  const [start, steps] = [
    startIn(problem, settings.get(flags.pointStart)) ?? surface.start,
    settings.value(flags.steps),
  ];
  const course = { surface, start, steps };
  const entries = entriesIn(settings, course);
  // What one of them cannot do from this start shows in the first step.
  for (const { optimizer } of entries) minimize(surface, { optimizer, start, steps: Math.min(1, steps) });
  return () => hold(entries, course, problem.name, settings, io);
};

async function hold(
  entries: readonly Entry[],
  { surface, start, steps }: Course,
  name: string,
  settings: Settings,
  io: Io,
): Promise<number> {
  const file = settings.get(flags.figureFile);
  const racers = entries.map(({ ready }) => ready());
  const entrants = Object.fromEntries(racers.map(({ name, optimizer }) => [name, optimizer]));
  const { walks, trajectories, figure, animation } = race(surface, entrants, { start, steps });
  const results = racers.map((racer) => resultOf(racer, surface, walks)).sort(byArrival);
  const names = racers.map(({ name }) => name);
  const write = (to: string) => writeFigure(figure, to, { animation, blocks: raceBlocks(surface, results, names) });
  await besideFigure(file, write, (figureLine) => {
    if (settings.get(flags.json)) io.out.write(jsonText({ surface: name, start, steps, results, trajectories }));
    else {
      const color = takesColor(io.out, io, settings.get(flags.noColor) !== true);
      if (io.out.isTTY) io.out.write(`${toTerminal(figure, { width: Math.min(100, io.out.columns), color })}\n\n`);
      io.out.write(raceLines(surface, results) + figureLine);
    }
  });
  return exitCode.success;
}

/** A race: where it is run, from where, and how far. */
interface Course {
  readonly surface: Surface;
  readonly start: readonly number[];
  readonly steps: number;
}

/** Who takes part: rules and solvers by their names, and rules from files. */
function entriesIn(settings: Settings, course: Course): Entry[] {
  const lr = settings.value(flags.tunedLr);
  const all = chosenOptimizers(settings, USUAL, lr === "tuned" ? undefined : lr);
  const entries = all.map((each) => ("solver" in each ? bySolver(each, course) : byRule(each, course)));
  const twice = entries.find(({ name }, i) => entries.findIndex((other) => other.name === name) !== i);
  if (twice !== undefined) throw new UsageError(`--optimizer: ${twice.name} takes part twice; once is enough`);
  return entries;
}

/** A rule, at the rate that was given, or at the best that a search finds for this surface and start. */
function byRule(rule: RuleData, { surface, start, steps }: Course): Entry {
  const name = nameOf(rule);
  const { lr: from } = hyperOf(rule);
  const optimizer = optimizerFromData(rule, steps);
  if (rule.hyper?.lr !== undefined || typeof from !== "number")
    return { name, optimizer, ready: () => ({ name, lr: rule.hyper?.lr ?? null, hyper: hyperOf(rule), optimizer }) };
  if (rule.schedule !== undefined) checkTunable(rule.schedule);
  const withRate = (lr: number): RuleData => ({ ...rule, hyper: { ...rule.hyper, lr } });
  const optimizerAt = (lr: number) => optimizerFromData(withRate(lr), steps);
  const ready = (): Racer => {
    const lr = tunedRate(surface, optimizerAt, { start, steps, from });
    return { name, lr, hyper: hyperOf(withRate(lr)), optimizer: optimizerAt(lr) };
  };
  return { name, optimizer, ready };
}

function bySolver(solver: SolverData, { surface }: Course): Entry {
  const optimizer = solverFromData(solver);
  checkServes(optimizer, surface);
  const name = nameOf(solver);
  return { name, optimizer, ready: () => ({ name, lr: null, hyper: hyperOf(solver), optimizer }) };
}

function resultOf({ name, lr, hyper }: Racer, { minima }: Surface, walks: Walks): Result {
  const { points, values, outcome } = walks[name];
  const [x, y] = points.subarray(-2);
  const goal = Math.min(...minima.map(({ value }) => value));
  const arrived = values.findIndex((value) => value <= goal + (1 - ARRIVED) * (values[0] - goal));
  return {
    ...{ name, lr, hyper },
    arrived: minima.length === 0 || arrived < 0 ? null : arrived,
    value: values[values.length - 1],
    distance: minima.length === 0 ? null : Math.min(...minima.map(({ at }) => Math.hypot(at[0] - x, at[1] - y))),
    outcome: outcome.kind,
    reason: outcome.reason,
  };
}
