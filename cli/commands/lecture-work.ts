import {
  type Experiment,
  experiments,
  type Findings,
  findExperiment,
  type Given,
  lecturePage,
  type Performed,
} from "../../lecture/index.ts";
import { unknownName } from "../../src/arguments/index.ts";
import { type Device, stoppable } from "../../src/device/index.ts";
import { toTerminal } from "../../src/figure/index.ts";
import { tableLines, textColumn } from "../../src/report/index.ts";
import { besideFigure, checkFigureFile, writeFigure, writePage } from "../files/figure-file.ts";
import type { Flag } from "../flags/flag.ts";
import * as flags from "../flags/index.ts";
import { exitCode, type Io, takesColor } from "../io.ts";
import { UsageError } from "../mistakes/failure.ts";
import { findingLines } from "../print/findings.ts";
import { Progress } from "../print/progress.ts";
import { jsonText } from "../print/result.ts";
import { checkData, loadData } from "../read/data-set.ts";
import { readDeepLandscapes } from "../read/deep-landscapes.ts";
import { checkDevice, deviceFor } from "../read/device.ts";
import { readTemperatures } from "../read/temperatures.ts";
import type { Settings } from "../settings.ts";
import type { Read } from "./command.ts";

/** The word that stands for every experiment. */
const ALL = "all";

/** `downhill lecture`: the list of experiments, one of them run, or all. */
export const read: Read = (settings, io) => {
  const [id] = settings.words;
  const file = settings.get(flags.figureFile);
  checkData(settings.value(flags.data));
  checkDevice(settings);
  if (file !== undefined) checkFigureFile(file);
  if (id !== undefined && id !== ALL) {
    const experiment = found(id);
    return () => perform(experiment, settings, io);
  }
  if (id === undefined && file !== undefined) throw new UsageError("--figure: name an experiment, or all");
  if (file !== undefined && !file.toLowerCase().endsWith(".html"))
    throw new UsageError(`--figure ${file}: all figures go on one page; the name must end in .html`);
  return () => (id === ALL ? performAll(settings, io) : list(settings, io));
};

function list(settings: Settings, io: Io): number {
  const all = experiments.map(({ id, title, claim }) => ({ id, title, claim }));
  io.out.write(settings.get(flags.json) ? jsonText(all) : listing());
  return exitCode.success;
}

function found(id: string): Experiment {
  const ids = experiments.map((experiment) => experiment.id);
  const experiment = findExperiment(id);
  if (experiment === undefined) throw new UsageError(unknownName("experiment", id, ids, "downhill lecture"));
  return experiment;
}

/** Runs one experiment. One whose claim does not hold on the given data fails. */
async function perform(experiment: Experiment, settings: Settings, io: Io): Promise<number> {
  const file = settings.get(flags.figureFile);
  const progress = new Progress(io, { quiet: settings.get(flags.quiet) === true });
  progress.live(() => `${experiment.id} …`);
  const { given, idle } = givenBy(settings, io, progress);
  const findings = await experiment.run(given);
  progress.clear();
  for (const { name } of idle()) progress.note(`--${name} has no effect on ${experiment.id}, which does not use it`);
  const { figure, animation } = findings;
  const write = (name: string): void | Promise<void> =>
    name.toLowerCase().endsWith(".html")
      ? writePage(lecturePage([{ experiment, findings }]), name)
      : writeFigure(figure, name, { animation });
  await besideFigure(file, write, (figureLine) => {
    const color = takesColor(io.out, io, !settings.get(flags.noColor));
    io.out.write(settings.get(flags.json) ? jsonText(result({ experiment, findings })) : words(experiment, findings));
    if (!settings.get(flags.json) && io.out.isTTY)
      io.out.write(`\n${toTerminal(figure, { width: io.out.columns, color })}\n`);
    tell(figureLine, settings, io);
  });
  return findings.holds ? exitCode.success : exitCode.failure;
}

/** Runs every experiment, in the order of the lecture. */
async function performAll(settings: Settings, io: Io): Promise<number> {
  const file = settings.get(flags.figureFile);
  const progress = new Progress(io, { quiet: settings.get(flags.quiet) === true });
  const { given } = givenBy(settings, io, progress);
  const performed: Performed[] = [];
  for (const [i, experiment] of experiments.entries()) {
    io.signal.throwIfAborted();
    progress.live(() => `${experiment.id} …  ${i + 1} of ${experiments.length}`);
    performed.push({ experiment, findings: await experiment.run(given) });
  }
  progress.clear();
  const write = (name: string): void => writePage(lecturePage(performed), name);
  await besideFigure(file, write, (figureLine) => {
    io.out.write(settings.get(flags.json) ? jsonText(performed.map(result)) : verdicts(performed));
    tell(figureLine, settings, io);
  });
  return performed.every(({ findings }) => findings.holds) ? exitCode.success : exitCode.failure;
}

/** Says where the figure is; in JSON nothing is said beside the result. */
function tell(figureLine: string, settings: Settings, io: Io): void {
  if (figureLine !== "" && !settings.get(flags.json)) io.out.write(`\n${figureLine}`);
}

/** What experiments take from here. An interrupt ends them where they wait for a net. */
function givenBy(settings: Settings, io: Io, progress: Progress): Equipment {
  let device: Promise<Device> | undefined;
  const temperatures = readTemperatures(settings.get(flags.temperatures));
  const used = new Set<Flag<unknown>>();
  const given: Given = {
    get temperatures() {
      used.add(flags.temperatures);
      return temperatures;
    },
    get landscapes() {
      return readDeepLandscapes();
    },
    data: () => {
      used.add(flags.data);
      return loadData(settings, progress, io.signal);
    },
    device: async () => {
      // Asked for once: what is wrong is told once.
      device ??= deviceFor(settings, io);
      return stoppable(await device, io.signal);
    },
  };
  const chosen = [flags.data, flags.temperatures].filter((flag) => settings.isTyped(flag));
  return { given, idle: () => chosen.filter((flag) => !used.has(flag)) };
}

interface Equipment {
  readonly given: Given;
  /** The flags that were typed, but that no experiment has asked for so far. */
  readonly idle: () => readonly Flag<unknown>[];
}

/** JSON leaves out what an experiment does not have. */
const result = ({ experiment: { id, title, claim }, findings: { holds, numbers, trajectories } }: Performed) => ({
  ...{ id, title, claim, holds, numbers, trajectories },
});

function listing(): string {
  const columns = [
    textColumn("experiment", ({ id }: Experiment) => id),
    textColumn("title", ({ title }: Experiment) => title),
  ];
  const table = tableLines(columns, experiments);
  return `${table.join("\n")}\n\nRun one: downhill lecture ${experiments[0].id}\nRun all: downhill lecture ${ALL} --figure lecture.html\n`;
}

function words({ title, claim }: Experiment, { holds, told }: Findings): string {
  return [title, claim, "", ...findingLines(told), `The claim ${holds ? "holds" : "does not hold"}.`, ""].join("\n");
}

function verdicts(performed: readonly Performed[]): string {
  const columns = [
    textColumn("experiment", ({ experiment }: Performed) => experiment.id),
    textColumn("claim", ({ findings }: Performed) => (findings.holds ? "holds" : "does not hold")),
    textColumn("title", ({ experiment }: Performed) => experiment.title),
  ];
  return `${tableLines(columns, performed).join("\n")}\n`;
}
