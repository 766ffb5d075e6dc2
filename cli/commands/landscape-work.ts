import { join } from "node:path";
import { stoppable } from "../../src/device/index.ts";
import { type Figure, toSvg, toTerminal } from "../../src/figure/index.ts";
import { makeFolder, writeWhole } from "../../src/files/node/index.ts";
import type { Connection, LossSlice, SliceTrust } from "../../src/landscape/index.ts";
import {
  curvatureFigure,
  curvatureLines,
  landscapeFigure,
  landscapePage,
  sliceCsv,
  sliceVtk,
  trustLines,
  verdictLines,
} from "../../src/report/index.ts";
import { viewerProgram } from "../../src/report/node/index.ts";
import { besideFigure, checkStillFile, writeFigure, writePage } from "../files/figure-file.ts";
import * as flags from "../flags/index.ts";
import { exitCode, type Io, takesColor } from "../io.ts";
import { lineWords, measureLines, sliceLines } from "../print/landscape.ts";
import { connectionLine, pathLines } from "../print/path-lines.ts";
import { Progress } from "../print/progress.ts";
import { jsonText } from "../print/result.ts";
import { checkConnect, connectedBy } from "../read/connection.ts";
import { deviceFor } from "../read/device.ts";
import { digestOfPlain } from "../read/digest.ts";
import { type Journeys, journeysOf } from "../read/journeys.ts";
import { sliceBeside } from "../read/slice-beside.ts";
import { checkMemoryFor, outOfMemory, workersFor } from "../read/slice-memory.ts";
import { checkAlike, directionsFor, examplesIn, levelOf, normalizationIn, sliceShape } from "../read/slice-plan.ts";
import { dataOf, type SourceRun, sourceRun } from "../read/source-run.ts";
import type { Settings } from "../settings.ts";
import type { Read } from "./command.ts";
import { curvatureOf } from "./landscape-curvature-work.ts";
import { pathsOf } from "./landscape-paths-work.ts";
import { type Ready, Slicer } from "./landscape-slices-work.ts";
import { trustOf } from "./landscape-trust-work.ts";

/** A slice, and how far it can be trusted. */
interface Result extends LossSlice {
  readonly measures: SliceTrust;
  /** Of a curve between two nets: what the net does along it, and along the straight line. */
  readonly connection?: Pick<Connection, "positions" | "curve" | "line">;
}

/** The slice, and what is drawn beside it. */
type Shown = readonly [Result, ...LossSlice[]];

const alongBoth = ({ positions, curve, line }: Connection): Result["connection"] => ({ positions, curve, line });

/** `downhill landscape`: a slice through the loss around a trained net, or between nets. */
export const read: Read = async (settings, io) => {
  const progress = new Progress(io, { quiet: settings.get(flags.quiet) === true });
  const file = settings.get(flags.figureFile);
  if (file !== undefined) checkStillFile(file);
  const runs = settings.words.map((path) => sourceRun(path, settings.get(flags.dataDir)));
  const connects = settings.get(flags.connect) === true;
  if (connects) checkConnect(settings, runs);
  const asked = sliceShape(settings, runs);
  const others = sliceBeside(settings, asked.isLine);
  checkAlike(runs);
  const ways = asked.kind === "trajectory" ? journeysOf(settings, runs, asked) : undefined;
  const data = await dataOf(runs[0], progress, io.signal);
  const examples = await examplesIn(settings, data);
  const normalization = await normalizationIn(settings, runs, data);
  checkMemoryFor(runs[0], examples);
  const workers = workersFor(settings, { run: runs[0], examples }, progress);
  const device = await deviceFor(settings, io, 1);
  const seed = settings.value(flags.directionSeed);
  const connected = connects
    ? await connectedBy({ runs, shape: asked, data, examples, device: stoppable(device, io.signal), progress, io })
    : undefined;
  const journeys = connected ?? ways;
  const shape = { ...asked, ...(journeys && { grid: journeys.grid }) };
  const directions =
    journeys?.plane.directions ??
    (await directionsFor({ shape, runs, examples, device: stoppable(device, io.signal), seed }));
  const common = { settings, io, progress, runs, shape, directions };
  const measured = { data: data.name, examples, level: levelOf(data), normalization, device, workers };
  return () => measure({ ...common, ...measured }, { others, journeys, connection: connected?.connection });
};

/** What is shown with a slice. */
interface Beside {
  /** Slices that are drawn beside it. */
  readonly others: readonly LossSlice[];
  readonly journeys: Journeys | undefined;
  readonly connection: Connection | undefined;
}

async function measure(ready: Ready, { others, journeys, connection }: Beside): Promise<number> {
  const { settings, io, progress, runs, shape, directions } = ready;
  const folder = folderFor(settings, runs);
  const slicer = new Slicer(ready, folder);
  try {
    const plain = await slicer.slice(directions, shape.grid, "slice", settings.get(flags.refine));
    const paths = journeys && (await pathsOf(ready, journeys));
    const curvature = await curvatureOf(ready, slicer);
    const slice = { ...plain, ...(paths && { paths }), ...(curvature && { curvature }) };
    const result = {
      ...{ ...slice, measures: await trustOf(ready, slicer, slice) },
      ...(connection && { connection: alongBoth(connection) }),
    };
    progress.clear();
    const place = folder === undefined ? undefined : write(folder, slicer.key(directions), result);
    await show(ready, [result, ...others], place);
    return exitCode.success;
  } catch (error) {
    progress.clear();
    if (!io.signal.aborted || error !== io.signal.reason) throw outOfMemory(error);
    const advice = folder === undefined ? "" : ": start the same again to go on; what is measured is kept";
    io.err.write(`downhill: interrupted${advice}\n`);
    return exitCode.interrupted;
  } finally {
    slicer.close();
  }
}

/** Where files go; undefined if none are wanted. */
function folderFor(settings: Settings, [{ path }]: readonly SourceRun[]): string | undefined {
  if (settings.get(flags.noOut) === true) return undefined;
  const folder = settings.get(flags.landscapeOut) ?? join(path, "landscapes");
  makeFolder(folder);
  return folder;
}

/** Writes the result as JSON, CSV, VTK, pictures and a page, in a folder of its own; what is written depends on what was asked for alone. */
function write(folder: string, key: string, result: Result): string {
  const { x, y, curvature, measures } = result;
  const parts = { measures: Object.keys(measures), ...(curvature && { curvature: curvature.x.length }) };
  const asked = digestOfPlain({ key, x, y, ...parts }).slice(0, 8);
  const place = join(folder, `${result.directions[0].kind}-${result.x.length}x${result.y.length}-${asked}`);
  makeFolder(place);
  writeWhole(join(place, "landscape.json"), jsonText(result));
  writeWhole(join(place, "landscape.csv"), sliceCsv(result));
  writeWhole(join(place, "landscape.vtp"), sliceVtk(result));
  for (const [name, figure] of Object.entries(picturesOf(result)))
    writeWhole(join(place, `${name}.svg`), toSvg(figure));
  writePage(landscapeHtml([result]), join(place, "landscape.html"));
  return place;
}

/** A plane from the side and from above; a line as curves; and the map of curvature. */
const picturesOf = (result: Result): Readonly<Record<string, Figure>> => ({
  ...(result.y.length === 1
    ? { line: landscapeFigure([result]) }
    : { surface: landscapeFigure([result]), contour: landscapeFigure([result], { view: "contour" }) }),
  ...(result.curvature && { curvature: curvatureFigure(result) }),
});

/** The page, with a surface that a reader can turn, and how far it can be trusted. */
function landscapeHtml([result, ...others]: Shown): string {
  const program = viewerProgram();
  const lines = [...curvatureLines(result), ...trustLines(result.measures)];
  const trust = { measures: [lines], verdicts: [verdictLines(result.measures)] };
  return landscapePage([result, ...others], { ...trust, ...(program && { program }) });
}

/** Prints the result; and writes the figure, if it is wanted. */
async function show({ settings, io }: Ready, shown: Shown, place: string | undefined): Promise<void> {
  const [result] = shown;
  const file = settings.get(flags.figureFile);
  const figure = landscapeFigure(shown);
  await besideFigure(
    file,
    (to) => (to.toLowerCase().endsWith(".html") ? writePage(landscapeHtml(shown), to) : writeFigure(figure, to)),
    (figureLine) => {
      if (settings.get(flags.json))
        return io.out.write(jsonText({ ...result, folder: place ?? null, figure: file ?? null }));
      const lines = [
        ...sliceLines(result),
        ...(result.connection === undefined ? pathLines(result.paths ?? []) : [connectionLine(result.connection)]),
        ...curvatureLines(result).map(lineWords),
        ...measureLines(result.measures),
        ...(place === undefined ? [] : [`folder: ${place}`]),
      ];
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
