import { join } from "node:path";
import type { Examples } from "../../src/data/index.ts";
import type { Device } from "../../src/device/index.ts";
import { toSvg, toTerminal } from "../../src/figure/index.ts";
import { makeFolder, writeWhole } from "../../src/files/node/index.ts";
import type { Direction, LossSlice } from "../../src/landscape/index.ts";
import { lossSlice } from "../../src/landscape/node/index.ts";
import { dot } from "../../src/linalg/index.ts";
import { format, landscapeFigure, several, sliceCsv, sliceVtk } from "../../src/report/index.ts";
import { besideFigure, checkStillFile, writeFigure } from "../files/figure-file.ts";
import { PointFile } from "../files/point-file.ts";
import * as flags from "../flags/index.ts";
import { exitCode, type Io, takesColor, warn } from "../io.ts";
import { sliceLines } from "../print/landscape.ts";
import { bar, Progress } from "../print/progress.ts";
import { RecentRate } from "../print/recent-rate.ts";
import { jsonText } from "../print/result.ts";
import { deviceFor } from "../read/device.ts";
import { digestOf, digestOfPlain } from "../read/digest.ts";
import { checkMemoryFor, outOfMemory, workersFor } from "../read/slice-memory.ts";
import {
  checkAlike,
  directionsFor,
  examplesIn,
  type Normalization,
  normalizationIn,
  type SliceShape,
  sliceShape,
} from "../read/slice-plan.ts";
import { dataOf, type SourceRun, sourceRun } from "../read/source-run.ts";
import type { Settings } from "../settings.ts";
import { version } from "../version.ts";
import type { Read } from "./command.ts";

/** All that a slice is made of, but its directions. */
interface Ready {
  readonly settings: Settings;
  readonly io: Io;
  readonly progress: Progress;
  readonly runs: readonly SourceRun[];
  readonly shape: SliceShape;
  /** The data set's name. */
  readonly data: string;
  readonly examples: Examples;
  readonly normalization: Normalization;
  readonly device: Device;
}

/** `downhill landscape`: a slice through the loss around a trained net, or between nets. */
export const read: Read = async (settings, io) => {
  const progress = new Progress(io, { quiet: settings.get(flags.quiet) === true });
  const file = settings.get(flags.figureFile);
  if (file !== undefined) checkStillFile(file);
  const runs = settings.words.map((path) => sourceRun(path, settings.get(flags.dataDir)));
  const shape = sliceShape(settings, runs);
  checkAlike(runs);
  const data = await dataOf(runs[0], progress, io.signal);
  const examples = await examplesIn(settings, data);
  const normalization = await normalizationIn(settings, runs, data);
  checkMemoryFor(runs[0]);
  const device = await deviceFor(settings, io, 1);
  return () => measure({ settings, io, progress, runs, shape, data: data.name, examples, normalization, device });
};

async function measure(ready: Ready): Promise<number> {
  const { settings, io, progress, runs, shape, examples, device } = ready;
  const seed = settings.value(flags.directionSeed);
  const directions = await directionsFor({ shape, runs, examples, device, seed });
  const key = keyOf(ready, directions);
  const folder = folderFor(settings, runs);
  const points = folder === undefined ? undefined : new PointFile(join(folder, `points-${key}.jsonl`));
  try {
    const slice = await slicedBy(ready, directions, points);
    progress.clear();
    const result = { ...slice, measures: measuresOf(directions, slice) };
    const place = folder === undefined ? undefined : write(folder, key, result);
    await show(ready, result, place);
    return exitCode.success;
  } catch (error) {
    if (!io.signal.aborted || error !== io.signal.reason) throw outOfMemory(error);
    progress.clear();
    io.err.write(
      `downhill: interrupted${points === undefined ? "" : ": start the same again to go on; what is measured is kept"}\n`,
    );
    return exitCode.interrupted;
  } finally {
    points?.close();
  }
}

function slicedBy(
  { settings, io, progress, runs, shape, data, examples, normalization, device }: Ready,
  directions: readonly Direction[],
  finished: PointFile | undefined,
): Promise<LossSlice> {
  const [{ net, batchSize }] = runs;
  if (finished !== undefined && finished.kept > 0)
    progress.note(`${several(finished.kept, "point")} measured before: ${finished.file}`);
  return lossSlice({
    ...{ net, examples, directions, normalization, device, grid: shape.grid, signal: io.signal },
    about: { data, split: settings.value(flags.measuredSplit) },
    refine: settings.get(flags.refine) ?? 0,
    ...{ batchSize, workers: workersFor(settings, runs[0], progress) },
    ...(finished && { finished }),
    onProgress: showing(progress),
    onWarning: (message) => warn(io, message),
  });
}

/** How far it is, and the time left. */
function showing(progress: Progress): (done: number, total: number) => void {
  const rate = new RecentRate();
  return (done, total) => {
    const left = rate.left(done / total);
    progress.live(
      () =>
        `${bar(done / total)}  ${Number.isNaN(left) ? "" : `${format.timeLeft(left)} left  `}${format.count(done)} of ${several(total, "point")}`,
    );
  };
}

/** All that the values depend on, but the grid: finer grids take the points of coarser ones. */
function keyOf({ runs, examples, normalization, device }: Ready, directions: readonly Direction[]): string {
  const [{ net, batchSize }] = runs;
  return digestOfPlain({
    ...{ downhill: version(), device: device.name, runtime: device.runtime, batchSize },
    net: digestOf([net.w, net.s]),
    examples: digestOf([examples.inputs, examples.targets, ...(examples.weights ? [examples.weights] : [])]),
    directions: directions.map(({ vector }) => digestOf([vector])),
    normalization: normalization === "frozen" ? normalization : digestOf([normalization.examples.inputs]),
  });
}

/** Where files go; undefined if none are wanted. */
function folderFor(settings: Settings, [{ path }]: readonly SourceRun[]): string | undefined {
  if (settings.get(flags.noOut) === true) return undefined;
  const folder = settings.get(flags.landscapeOut) ?? join(path, "landscapes");
  makeFolder(folder);
  return folder;
}

/** What can be said of how far the slice is to be trusted. */
function measuresOf(directions: readonly Direction[], { loss }: LossSlice): Record<string, number> {
  const all = loss.flat();
  const finite = all.filter((value) => value !== null);
  const [a, b] = directions;
  return {
    ...(b && { cosine: dot(a.vector, b.vector) / (a.facts.length * b.facts.length) }),
    notFinite: (all.length - finite.length) / all.length,
  };
}

/** Writes the result as JSON, CSV, VTK and a picture, in a folder of its own; what is written depends on what was asked for alone. */
function write(folder: string, key: string, result: LossSlice): string {
  const asked = digestOfPlain({ key, x: result.x, y: result.y }).slice(0, 8);
  const place = join(folder, `${result.directions[0].kind}-${result.x.length}x${result.y.length}-${asked}`);
  makeFolder(place);
  writeWhole(join(place, "landscape.json"), jsonText(result));
  writeWhole(join(place, "landscape.csv"), sliceCsv(result));
  writeWhole(join(place, "landscape.vtp"), sliceVtk(result));
  writeWhole(join(place, "landscape.svg"), toSvg(landscapeFigure([result])));
  return place;
}

/** Prints the result; and writes the figure, if it is wanted. */
async function show({ settings, io }: Ready, result: LossSlice, place: string | undefined): Promise<void> {
  const file = settings.get(flags.figureFile);
  const figure = landscapeFigure([result]);
  await besideFigure(
    file,
    (to) => writeFigure(figure, to),
    (figureLine) => {
      if (settings.get(flags.json))
        return io.out.write(jsonText({ ...result, folder: place ?? null, figure: file ?? null }));
      const lines = [...sliceLines(result), ...(place === undefined ? [] : [`folder: ${place}`])];
      io.out.write(lines.map((line) => `${line}\n`).join(""));
      if (io.out.isTTY) io.out.write(`${drawn(result, settings, io)}\n`);
      io.out.write(figureLine);
    },
  );
}

/** From above: a terminal has no depth. */
const drawn = (slice: LossSlice, settings: Settings, io: Io): string =>
  toTerminal(landscapeFigure([slice], { view: "contour" }), {
    width: io.out.columns,
    color: takesColor(io.out, io, !settings.get(flags.noColor)),
  });
