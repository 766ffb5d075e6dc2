import { stoppable } from "../../src/device/index.ts";
import { toTerminal } from "../../src/figure/index.ts";
import { type Connection, type LossSlice, measuresOf, type SliceTrust } from "../../src/landscape/index.ts";
import { curvatureLines, landscapeFigure, type TrustedSlice, verdictLines } from "../../src/report/index.ts";
import { besideFigure, checkStillFile, writeFigure, writePage } from "../files/figure-file.ts";
import { landscapeHtml, landscapesFolder, leaveFolder, writeLandscape } from "../files/landscape-folder.ts";
import * as flags from "../flags/index.ts";
import { exitCode, type Io, takesColor } from "../io.ts";
import { besideLines, lineWords, measureLines, sliceLines } from "../print/landscape.ts";
import { alongBoth, type Judged, type Result, type Shown } from "../print/landscape-result.ts";
import { connectionLine, pathLines } from "../print/path-lines.ts";
import { Progress } from "../print/progress.ts";
import { jsonText } from "../print/result.ts";
import { checkAlike } from "../read/alike-nets.ts";
import { checkConnect, connectedBy } from "../read/connection.ts";
import { deviceFor } from "../read/device.ts";
import { type Journeys, journeysOf } from "../read/journeys.ts";
import { sliceBeside } from "../read/slice-beside.ts";
import { directionsFor } from "../read/slice-directions.ts";
import { examplesIn, fewExamples, HESSIAN_EXAMPLES, levelOf } from "../read/slice-examples.ts";
import { checkMemoryFor, checkMemoryOfGrid, outOfMemory, workersFor } from "../read/slice-memory.ts";
import { normalizationIn } from "../read/slice-normalization.ts";
import { sliceShape } from "../read/slice-shape.ts";
import { dataOf, sourceRun } from "../read/source-run.ts";
import type { Settings } from "../settings.ts";
import { version } from "../version.ts";
import type { Read, Run } from "./command.ts";
import { curvatureOf } from "./landscape-curvature-work.ts";
import { netsOf } from "./landscape-nets-work.ts";
import { pathsOf } from "./landscape-paths-work.ts";
import { type Ready, Slicer } from "./landscape-slices-work.ts";
import { trustOf } from "./landscape-trust-work.ts";

/** `downhill landscape`: a slice through the loss around a trained net, or between nets. */
export const read: Read = async (settings, io) => {
  const progress = new Progress(io, { quiet: settings.get(flags.quiet) === true });
  try {
    return await readyToMeasure(settings, io, progress);
  } catch (error) {
    const code = endedBy(error, { io, progress }, " before the slice was measured: start the same again");
    return () => code;
  }
};

/** Reads what the slice is made of; directions that must be computed, such as a curve between nets, take the longest. */
async function readyToMeasure(settings: Settings, io: Io, progress: Progress): Promise<Run> {
  const file = settings.get(flags.stillFigureFile);
  if (file !== undefined) checkStillFile(file);
  const runs = settings.words.map((path) => sourceRun(path, settings.get(flags.dataDir)));
  const connects = settings.get(flags.connect) === true;
  if (connects) checkConnect(settings, runs);
  const asked = sliceShape(settings, runs);
  checkMemoryOfGrid(asked.grid);
  const others = sliceBeside(settings, asked.isLine);
  checkAlike(runs);
  const ways = asked.kind === "trajectory" ? journeysOf(settings, runs, asked) : undefined;
  const data = await dataOf(runs[0], progress, io.signal);
  const examples = await examplesIn(settings, data, progress);
  const normalization = await normalizationIn(settings, runs, data);
  checkMemoryFor(runs[0], examples);
  const workers = workersFor(settings, { run: runs[0], examples }, progress);
  const device = await deviceFor(settings, io, 1);
  const seed = settings.value(flags.directionSeed);
  const few = await fewExamples(settings, examples, HESSIAN_EXAMPLES);
  const connected = connects
    ? await connectedBy({ runs, shape: asked, data, examples, device: stoppable(device, io.signal), progress, io })
    : undefined;
  const journeys = connected ?? ways;
  const shape = { ...asked, ...(journeys && { grid: journeys.grid }) };
  const directions =
    journeys?.plane.directions ??
    (await directionsFor({ shape, runs, examples, few, device: stoppable(device, io.signal), seed }));
  const common = { settings, io, progress, runs, shape, directions };
  const measured = { data: data.name, examples, level: levelOf(data), normalization, device, workers };
  return () => measure({ ...common, ...measured }, { others, journeys, connection: connected?.connection });
}

/** Says that the user has ended the work, and how it goes on; throws what else has ended it. */
function endedBy(error: unknown, { io, progress }: Pick<Ready, "io" | "progress">, advice: string): number {
  progress.clear();
  if (!io.signal.aborted || error !== io.signal.reason) throw outOfMemory(error);
  io.err.write(`downhill: interrupted${advice}\n`);
  return exitCode.interrupted;
}

/** What is shown with a slice. */
interface Beside {
  /** Slices that are drawn beside it. */
  readonly others: readonly TrustedSlice[];
  readonly journeys: Journeys | undefined;
  readonly connection: Connection | undefined;
}

async function measure(ready: Ready, { others, journeys, connection }: Beside): Promise<number> {
  const { settings, progress, runs, shape, directions } = ready;
  const folder = landscapesFolder(settings, runs);
  const slicer = new Slicer(ready, folder);
  try {
    const plain = await slicer.slice(directions, shape.grid, "slice", settings.get(flags.refine));
    const paths = journeys && (await pathsOf(ready, journeys));
    const curvature = await curvatureOf(ready, slicer);
    // In a plane of ways, these tell where nets are.
    const nets = journeys === undefined || connection !== undefined ? await netsOf(ready, slicer) : [];
    const slice = {
      ...plain,
      ...(paths && { paths }),
      ...(nets.length > 0 && { nets }),
      ...(curvature && { curvature }),
    };
    const judged = judgedBy(slice, await trustOf(ready, slicer, slice));
    const result = { ...judged, ...madeOf(ready), ...(connection && { connection: alongBoth(connection) }) };
    progress.clear();
    const written = kept(folder, slicer.key(directions), result);
    const beside = others.map((each) =>
      judgedBy(each, each.measures ?? { slice: measuresOf(each, { level: ready.level }) }),
    );
    await show(ready, [result, ...beside], written.place);
    if (written.failure !== undefined) throw written.failure;
    return exitCode.success;
  } catch (error) {
    const advice = "start the same again to go on; what is measured is kept";
    return endedBy(error, ready, folder === undefined ? "" : `: ${advice}`);
  } finally {
    closeAll(slicer, folder);
  }
}

/** Throws what could not be written of the points, if anything; leaves no empty folder. */
function closeAll(slicer: Slicer, folder: string | undefined): void {
  try {
    slicer.close();
  } finally {
    if (folder !== undefined) leaveFolder(folder);
  }
}

/** Where the result was written, if it could be; else why not, which is told once the result is printed. */
function kept(folder: string | undefined, key: string, result: Result): Written {
  if (folder === undefined) return {};
  try {
    return { place: writeLandscape(folder, key, result) };
  } catch (failure) {
    return { failure };
  }
}

interface Written {
  readonly place?: string;
  readonly failure?: unknown;
}

const judgedBy = <T extends LossSlice>(slice: T, measures: SliceTrust): T & Judged => ({
  ...slice,
  ...{ measures, verdict: verdictLines(measures) },
});

/** What a slice was made of. */
function madeOf({
  settings,
  runs,
  normalization,
  device,
}: Ready): Pick<Result, "run" | "others" | "seed" | "batchNorm" | "device" | "version"> {
  const [{ path, net }, ...others] = runs;
  const batchNorm = normalization === "frozen" ? normalization : "recomputed";
  return {
    ...{ run: path, others: others.map((run) => run.path), seed: settings.value(flags.directionSeed) },
    ...{ batchNorm: net.model.state.length === 0 ? null : batchNorm, device: device.name, version: version() },
  };
}

/** Prints the result; and writes the figure, if it is wanted. */
async function show({ settings, io }: Ready, shown: Shown, place: string | undefined): Promise<void> {
  const [result, ...beside] = shown;
  const file = settings.get(flags.stillFigureFile);
  const figure = landscapeFigure(shown);
  await besideFigure(
    file,
    (to) => (to.toLowerCase().endsWith(".html") ? writePage(landscapeHtml(shown), to) : writeFigure(figure, to)),
    (figureLine) => {
      if (settings.get(flags.json))
        return io.out.write(jsonText({ ...result, beside, folder: place ?? null, figure: file ?? null }));
      const lines = [
        ...sliceLines(result),
        ...(result.connection === undefined ? pathLines(result.paths ?? []) : [connectionLine(result.connection)]),
        ...curvatureLines(result).map(lineWords),
        ...measureLines(result),
        ...beside.flatMap((each) => besideLines(each, result)),
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
