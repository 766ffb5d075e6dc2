import { type Figure, toTerminal } from "../../src/figure/index.ts";
import { type Noise, noisy } from "../../src/objective/index.ts";
import { fitOf, hasStars, isDrawable, type MinimizeRecord, walkAnimation, walkFigure } from "../../src/report/index.ts";
import { minimizeAsync, type Path, pointsOf, WALK_STEPS } from "../../src/train/index.ts";
import { hyperOf, methodFrom, nameOf, type OptimizerData } from "../../src/train/plain/index.ts";
import { Archive } from "../files/archive.ts";
import { besideFigure, checkFigureFile, writeFigure } from "../files/figure-file.ts";
import * as flags from "../flags/index.ts";
import { exitCode, type Io, takesColor } from "../io.ts";
import { UsageError } from "../mistakes/failure.ts";
import { jsonLine, printResult } from "../print/result.ts";
import { walkTable } from "../print/walk-table.ts";
import { checkServes, chosenOptimizer } from "../read/optimizer.ts";
import { type Problem, problemFrom, startIn } from "../read/surface.ts";
import type { Settings } from "../settings.ts";
import type { Read } from "./command.ts";

/** Adam's own rate is made for nets; a surface is a few units wide. */
const usual = { optimizer: "adam", lr: 0.1 };
const usualForFits = { optimizer: "levenberg-marquardt" };

/** `downhill minimize`: a walk on a surface, or the fit of a model to data. */
export const read: Read = async (settings, io) => {
  const [text] = settings.words;
  const problem = problemFrom(text);
  const optimizer = chosenOptimizer(settings, problem.regression === undefined ? usual : usualForFits);
  const noise = noiseIn(settings, optimizer);
  const file = settings.get(flags.figureFile);
  if (file !== undefined) checkFigure(file, problem);
  const walk = walkIn(problem, optimizer, noise, settings, io);
  await walk(Math.min(1, settings.get(flags.steps) ?? 1));
  return async () => {
    const path = await walk(settings.get(flags.steps));
    return finish({ problem, optimizer, noise, file, path }, settings, io);
  };
};

/** A walk that has come to its end, and what it was. */
interface Walked {
  readonly problem: Problem;
  readonly optimizer: OptimizerData;
  readonly noise: Noise | undefined;
  readonly file: string | undefined;
  readonly path: Path;
}

async function finish({ problem, optimizer, noise, file, path }: Walked, settings: Settings, io: Io): Promise<number> {
  const record = recordOf(problem, optimizer, noise, path);
  const archive = new Archive(settings, "minimize", `${record.optimizer}-${problem.surface.name}`);
  // A regression is its data, and no surface to draw: its page says nothing of one.
  archive.finish({ kind: "minimize", result: record }, problem.regression === undefined ? problem.surface : undefined);
  const { kind: outcome, reason } = path.outcome;
  const result = {
    ...record,
    schedule: ("schedule" in optimizer ? optimizer.schedule : undefined) ?? null,
    outcome,
    reason,
    run: archive.path,
  };
  if (settings.get(flags.jsonl)) io.out.write(eventLines(record));
  const write = (name: string): Promise<void> => {
    const animation = moves(name) ? { animation: walkAnimation(problem.surface, record) } : {};
    return writeFigure(walkFigure(problem.surface, record), name, animation);
  };
  await besideFigure(file, write, (figureLine) => {
    printResult(io, settings, result, () => {
      const picture = io.out.isTTY ? drawn(walkFigure(problem.surface, record), record, settings, io) : "";
      const report = archive.report === null ? "" : `report: ${archive.report}\n`;
      return `${picture}${walkTable(problem.surface, record)}${figureLine}${report}`;
    });
  });
  archive.close();
  return path.outcome.kind === "interrupted" ? exitCode.interrupted : exitCode.success;
}

/** Refuses a file that no figure can go to. A walk among more than two variables cannot be seen to move. */
function checkFigure(file: string, { surface, regression }: Problem): void {
  checkFigureFile(file);
  if (moves(file) && (regression !== undefined || !isDrawable(surface)))
    throw new UsageError(
      `--figure ${file}: only walks on one or two variables move; give a name ending in .svg, .png or .html`,
    );
}

/** Whether a file is to show the walk as it comes about. */
const moves = (file: string): boolean => /\.gif$/i.test(file);

/** The noise that gradients are to be seen through. */
function noiseIn(settings: Settings, optimizer: OptimizerData): Noise | undefined {
  const [sigma, seed] = [settings.get(flags.noise), settings.get(flags.noiseSeed)];
  if (sigma === undefined && seed !== undefined)
    throw new UsageError("--seed decides the noise, and there is none: give --noise, too");
  if (sigma !== undefined && "solver" in optimizer)
    throw new UsageError(
      `--noise: ${optimizer.solver} relies on exact gradients; take an update rule, such as momentum`,
    );
  return sigma === undefined ? undefined : { sigma, seed: seed ?? 1 };
}

/** What walks so many steps. What this optimizer cannot do from this start shows in the first. */
function walkIn(
  problem: Problem,
  data: OptimizerData,
  noise: Noise | undefined,
  settings: Settings,
  io: Io,
): (steps: number | undefined) => Promise<Path> {
  const { surface, regression = surface } = problem;
  const optimizer = methodFrom(data, settings.get(flags.steps) ?? WALK_STEPS);
  const isSolver = "needsOneOf" in optimizer;
  if (isSolver) checkServes(optimizer, regression);
  const target = isSolver ? regression : noise === undefined ? surface : noisy(surface, noise);
  const start = startIn(problem, settings.get(flags.start));
  return (steps) => minimizeAsync(target, { start, steps, signal: io.signal, optimizer });
}

function drawn(figure: Figure, record: MinimizeRecord, settings: Settings, io: Io): string {
  const color = takesColor(io.out, io, settings.get(flags.noColor) !== true);
  const picture = toTerminal(figure, { width: Math.min(100, io.out.columns), color });
  return [picture, ...keyTo(figure, record), ""].join("\n");
}

/** What the marks mean, where there are any: not every surface has a minimum that is known. */
function keyTo({ panels }: Figure, { fit }: MinimizeRecord): string[] {
  if (panels.length === 1) return [];
  if (fit?.curve !== undefined) return ["● observed", ""];
  return [hasStars(panels) ? "● start  ◆ end  ★ known minimum" : "● start  ◆ end", ""];
}

function recordOf(
  { name, regression }: Problem,
  optimizer: OptimizerData,
  noise: Noise | undefined,
  path: Path,
): MinimizeRecord {
  const { values, outcome } = path;
  const points = pointsOf(path);
  const end = points[points.length - 1];
  return {
    surface: name,
    ...{ optimizer: nameOf(optimizer), hyper: hyperOf(optimizer) },
    ...(noise === undefined ? {} : { noise }),
    points,
    values: [...values],
    outcome,
    ...(regression === undefined ? {} : { fit: fitOf(regression, end, values[values.length - 1]) }),
  };
}

const eventLines = ({ points, values }: MinimizeRecord): string =>
  points.map((point, step) => jsonLine({ kind: "point", step, point, value: values[step] })).join("");
