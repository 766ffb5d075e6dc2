import {
  type ComparisonRequest,
  type Findings,
  findReproduction,
  type Given,
  type Reproduction,
  reproductions,
  type Scale,
  scales,
} from "../../reproduce/index.ts";
import { unknownName } from "../../src/arguments/index.ts";
import type { Comparison, FinishedRuns } from "../../src/compare/index.ts";
import { compare } from "../../src/compare/node/index.ts";
import { loadDataset } from "../../src/data/node/index.ts";
import { type Device, stoppable } from "../../src/device/index.ts";
import { toTerminal } from "../../src/figure/index.ts";
import {
  format,
  isRunRecord,
  type ReproductionRecord,
  reportHtml,
  tableLines,
  textColumn,
  verdictWords,
} from "../../src/report/index.ts";
import { environment } from "../../src/report/node/index.ts";
import { Archive } from "../files/archive.ts";
import { besideFigure, checkStillFile, writeFigure, writePage } from "../files/figure-file.ts";
import { partsBelow, Shelf } from "../files/shelf.ts";
import * as flags from "../flags/index.ts";
import { exitCode, type Io, takesColor, warn } from "../io.ts";
import { UsageError } from "../mistakes/failure.ts";
import { findingLines } from "../print/findings.ts";
import { bar, Progress } from "../print/progress.ts";
import { RecentRate } from "../print/recent-rate.ts";
import { jsonText } from "../print/result.ts";
import { loadOptions, tell } from "../read/data-set.ts";
import { deviceFor } from "../read/device.ts";
import { digest } from "../read/digest.ts";
import type { Settings } from "../settings.ts";
import { version } from "../version.ts";
import type { Read } from "./command.ts";

/** `downhill reproduce`: the list of reproductions, or one of them. */
export const read: Read = (settings, io) => {
  const [name, ...parts] = settings.words;
  const file = settings.get(flags.stillFigureFile);
  if (name === undefined && file !== undefined) throw new UsageError("--figure: name a reproduction");
  if (name === undefined) return () => list(settings, io);
  const reproduction = found(name, parts);
  if (file !== undefined) checkStillFile(file);
  const threads = settings.get(flags.workers);
  return async () =>
    perform(reproduction, parts, await deviceFor(settings, io, threads === 0 ? 1 : threads), settings, io);
};

function found(name: string, parts: readonly string[]): Reproduction {
  const reproduction = findReproduction(name);
  const names = reproductions.map((each) => each.name);
  const whole = reproductions.find(({ parts: own }) => own.includes(name));
  if (reproduction === undefined && whole !== undefined)
    throw new UsageError(
      `${name} is a part of ${whole.name}; write downhill reproduce ${[whole.name, name, ...parts].join(" ")}`,
    );
  if (reproduction === undefined) throw new UsageError(unknownName("reproduction", name, names, "downhill reproduce"));
  const other = parts.find((part) => !reproduction.parts.includes(part));
  if (other !== undefined && reproduction.parts.length === 0)
    throw new UsageError(`${name} is one piece: leave out ${other}`);
  if (other !== undefined) throw new UsageError(unknownName(`${name}: part`, other, reproduction.parts));
  return reproduction;
}

function list(settings: Settings, io: Io): number {
  const all = reproductions.map(({ name, title, source, parts, extents }) => ({ name, title, source, parts, extents }));
  io.out.write(settings.get(flags.json) ? jsonText(all) : listing());
  return exitCode.success;
}

function listing(): string {
  const table = tableLines(
    [
      textColumn("reproduction", ({ name }: Reproduction) => name),
      ...scales.map((scale) => textColumn(scale, ({ extents }: Reproduction) => extents[scale].cost)),
      textColumn("title", ({ title }: Reproduction) => title),
    ],
    reproductions,
  );
  return `${table.join("\n")}\n\nTimes are estimates for two idle cores. Make one: downhill reproduce ${reproductions[0].name}\n`;
}

async function perform(
  reproduction: Reproduction,
  parts: readonly string[],
  device: Device,
  settings: Settings,
  io: Io,
): Promise<number> {
  const begin = performance.now();
  const scale = settings.value(flags.reproductionScale);
  const progress = new Progress(io, { quiet: settings.get(flags.quiet) === true });
  const { name } = reproduction;
  const root = settings.get(flags.out);
  const known =
    root === undefined ? new Map<string, unknown>() : partsBelow(root, name, (message) => warn(io, message));
  const archive = new Archive(settings, "reproduce", [name, ...parts, scale].join("-"), { device });
  const shelf = new Shelf(archive, { downhill: version(), device: device.name }, known);
  const given = givenBy({ scale, parts, device, shelf, progress, settings, io });
  const findings = await reproduction.run(given).finally(() => progress.clear());
  const record = recordOf(reproduction, scale, findings, (performance.now() - begin) / 1000);
  archive.finish({ kind: "reproduce", result: record });
  if (shelf.found > 0) progress.note(`${counted(shelf.found)} taken from earlier folders below ${root}`);
  await show(record, archive, device, settings, io);
  if (findings.outcome === "interrupted")
    io.err.write("downhill: interrupted: start the same again to go on; what is finished is kept\n");
  archive.close();
  return findings.outcome === "interrupted" ? exitCode.interrupted : exitCode.success;
}

const counted = (found: number): string => `${format.count(found)} finished ${found === 1 ? "part was" : "parts were"}`;

const recordOf = (
  { name, title, source, extents }: Reproduction,
  scale: Scale,
  findings: Findings,
  seconds: number,
): ReproductionRecord => ({ name, title, source, scale, about: extents[scale].about, ...findings, seconds });

interface Surroundings {
  readonly scale: Scale;
  readonly parts: readonly string[];
  readonly device: Device;
  readonly shelf: Shelf;
  readonly progress: Progress;
  readonly settings: Settings;
  readonly io: Io;
}

function givenBy({ scale, parts, device, shelf, progress, settings, io }: Surroundings): Given {
  const { signal } = io;
  const computing = { workers: settings.get(flags.workers), device: device.name, signal };
  const onWarning = (message: string): void => warn(io, message);
  return {
    ...{ scale, parts, signal, digest, kept: shelf, progress: showing(progress, shelf) },
    data: async (name, { whiten } = {}) => {
      const options = { ...loadOptions(settings), ...(whiten && { whiten }), signal };
      const data = await loadDataset(name, { ...options, onProgress: (event) => tell(event, progress) });
      progress.clear();
      return data;
    },
    device: async () => stoppable(device, signal),
    note: (words) => progress.note(words),
    compare: ({ onPasses, ...request }: ComparisonRequest): Promise<Comparison> =>
      compare({
        ...{ ...computing, ...request, onWarning },
        finished: finishedRuns(shelf, { data: digest(request.data), model: request.model }),
        onEvent: (event) => event.kind === "progress" && onPasses?.(event.done, event.total),
      }),
  };
}

/** A comparison's runs on the shelf. */
const finishedRuns = (shelf: Shelf, subject: object): FinishedRuns => ({
  find: (job) => {
    const run = shelf.find({ ...subject, job });
    return isRunRecord(run) ? run : undefined;
  },
  keep: (job, run) => shelf.keep({ ...subject, job }, run),
});

/** Shows how far the work is, and the time left by the speed since the last part that was found finished. */
function showing(progress: Progress, shelf: Shelf): Given["progress"] {
  const rate = new RecentRate();
  let found = 0;
  return (done, part) => {
    if (shelf.found > found) rate.restart();
    found = shelf.found;
    const left = rate.left(done);
    progress.live(() => `${bar(done)}  ${Number.isNaN(left) ? "" : `${format.timeLeft(left)} left  `}${part}`);
  };
}

/** Prints the result; and writes the figure, if it is wanted. */
async function show(
  record: ReproductionRecord,
  archive: Archive,
  device: Device,
  settings: Settings,
  io: Io,
): Promise<void> {
  const file = settings.get(flags.stillFigureFile);
  const [figure] = record.figures;
  const write = (to: string): void | Promise<void> => {
    if (to.toLowerCase().endsWith(".html")) return writePage(pageOf(record, device, settings), to);
    if (figure !== undefined) return writeFigure(figure, to);
  };
  await besideFigure(file, write, (figureLine) => {
    const { figures: _, ...plain } = record;
    if (settings.get(flags.json))
      return io.out.write(jsonText({ ...plain, run: archive.path, report: archive.report, figure: file ?? null }));
    io.out.write(words(record));
    if (io.out.isTTY && figure !== undefined) {
      const color = takesColor(io.out, io, !settings.get(flags.noColor));
      io.out.write(`${toTerminal(figure, { width: io.out.columns, color })}\n\n`);
    }
    io.out.write(`${figureLine}${archive.report === null ? "" : `report: ${archive.report}\n`}`);
  });
}

const pageOf = (result: ReproductionRecord, device: Device, settings: Settings): string =>
  reportHtml([
    {
      path: "",
      config: {
        ...{ format: 1, kind: "reproduce", name: result.name, startedAt: new Date().toISOString() },
        ...{ command: `downhill reproduce ${settings.toCommandLine()}`, settings: settings.toJSON() },
      },
      environment: environment(device),
      metrics: [],
      summary: { kind: "reproduce", result },
    },
  ]);

function words(record: ReproductionRecord): string {
  const { title, source, scale, about, claims, told, notes, seconds } = record;
  const judged = claims.flatMap(({ claim, verdict, measured }) => [
    `${verdict.padEnd(15)}${claim}`,
    `${" ".repeat(15)}${measured}`,
  ]);
  return [
    ...[title, source, `${scale}: ${about}`, ""],
    ...findingLines(told),
    ...[...judged, "", verdictWords(record)],
    ...notes,
    `time: ${format.duration(seconds)}`,
    "",
  ].join("\n");
}
