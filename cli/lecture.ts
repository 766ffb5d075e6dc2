import { formatNumber, toTerminal } from "../src/figure/index.ts";
import { type Experiment, experiments, type Findings, findExperiment, type Numbers } from "../src/lecture/index.ts";
import { readTemperatures } from "../src/lecture/node/temperatures.ts";
import { nodeMeans } from "../src/train/node/means.ts";
import { loadData } from "./data-set.ts";
import { asUsage, UsageError } from "./failure.ts";
import { checkFigureFile, writeFigure } from "./figure-file.ts";
import * as flags from "./flags/index.ts";
import { exitCode, type Io, takesColor } from "./io.ts";
import { Progress } from "./progress.ts";
import { jsonText } from "./result.ts";
import type { Settings } from "./settings.ts";
import { tableLines } from "./table.ts";

/** `downhill lecture`: the list of experiments, or one of them run. */
export async function run(settings: Settings, io: Io): Promise<number> {
  const [id] = settings.words;
  if (id !== undefined)
    return perform(
      asUsage(() => findExperiment(id)),
      settings,
      io,
    );
  if (settings.get(flags.figureFile) !== undefined) throw new UsageError("--figure is for one experiment: name it");
  const list = experiments.map(({ id, title, claim }) => ({ id, title, claim }));
  io.out.write(settings.get(flags.json) ? jsonText(list) : listing());
  return exitCode.success;
}

/** Runs one experiment. One whose claim does not hold on the given data fails. */
async function perform(experiment: Experiment, settings: Settings, io: Io): Promise<number> {
  const { id, title, claim } = experiment;
  const file = settings.get(flags.figureFile);
  if (file !== undefined) checkFigureFile(file);
  const progress = new Progress(io, { quiet: settings.get(flags.quiet) === true });
  const findings = await experiment.run({
    temperatures: readTemperatures(settings.get(flags.temperatures)),
    data: () => loadData(settings, progress, io.signal),
    means: () => nodeMeans({ backend: settings.get(flags.backend), threads: settings.get(flags.threads) }),
  });
  const { holds, numbers, figure, animation, trajectories } = findings;
  if (file !== undefined) await writeFigure(figure, file, animation);
  const color = takesColor(io.out, io, !settings.get(flags.noColor));
  // JSON leaves out what an experiment does not have.
  const result = { id, title, claim, holds, numbers, trajectories };
  io.out.write(settings.get(flags.json) ? jsonText(result) : told(experiment, findings));
  if (!settings.get(flags.json) && io.out.isTTY)
    io.out.write(`\n${toTerminal(figure, { width: io.out.columns, color })}\n`);
  return holds ? exitCode.success : exitCode.failure;
}

function listing(): string {
  const table = tableLines({
    columns: [
      { title: "experiment", align: "left" },
      { title: "claim", align: "left" },
    ],
    rows: experiments.map(({ id, claim }) => [id, claim]),
  });
  return `${table.join("\n")}\n\nOne of them: downhill lecture ${experiments[0].id}\n`;
}

function told({ title, claim }: Experiment, { holds, numbers }: Findings): string {
  const { columns, rows } = {
    columns: [
      { title: "number", align: "left" as const },
      { title: "value", align: "left" as const },
    ],
    rows: Object.entries(numbers).map(([name, value]) => [name, words(value)]),
  };
  return `${title}\n${claim}\n\n${tableLines({ columns, rows }).join("\n")}\n\nThe claim ${holds ? "holds" : "does not hold"}.\n`;
}

const words = (value: Numbers[string]): string =>
  typeof value === "number"
    ? formatNumber(value, 6)
    : typeof value === "object"
      ? value
          .map((item) =>
            typeof item === "number" ? formatNumber(item, 6) : `(${item.map((x) => formatNumber(x, 6)).join(", ")})`,
          )
          .join("  ")
      : String(value);
