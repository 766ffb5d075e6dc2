import { writeFileSync } from "node:fs";
import { fileError } from "../src/data/node/file-error.ts";
import { chart, type Figure, formatNumber, page, toSvg, toTerminal } from "../src/figure/index.ts";
import { type Experiment, experiments, type Findings, findExperiment, type Numbers } from "../src/lecture/index.ts";
import { readTemperatures } from "../src/lecture/node/temperatures.ts";
import { asUsage, UsageError } from "./failure.ts";
import * as flags from "./flags/index.ts";
import { exitCode, type Io, takesColor } from "./io.ts";
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
  const findings = await experiment.run({ temperatures: readTemperatures(settings.get(flags.temperatures)) });
  const { holds, numbers, figure } = findings;
  const file = settings.get(flags.figureFile);
  if (file !== undefined) await writeFigure(figure, file);
  const color = takesColor(io.out, io, !settings.get(flags.noColor));
  io.out.write(settings.get(flags.json) ? jsonText({ id, title, claim, holds, numbers }) : told(experiment, findings));
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

/** As the file's name says: .svg, .png or .html. */
async function writeFigure(figure: Figure, file: string): Promise<void> {
  const kind = /\.(svg|png|html)$/i.exec(file)?.[1].toLowerCase();
  if (kind === undefined) throw new UsageError(`--figure ${file}: the name must end in .svg, .png or .html`);
  const bytes =
    kind === "png"
      ? await (await import("../src/figure/node/index.ts")).toPng(figure)
      : kind === "svg"
        ? toSvg(figure)
        : pageOf(figure);
  try {
    writeFileSync(file, bytes);
  } catch (error) {
    throw fileError(error, file);
  }
}

const pageOf = (figure: Figure): string => page({ title: figure.title, blocks: [chart(figure)], sections: [] });
