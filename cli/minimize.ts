import { toTerminal } from "../src/figure/index.ts";
import type { MinimizeRecord } from "../src/runs/index.ts";
import { walkFigure } from "../src/runs/walk-figure.ts";
import type { Surface } from "../src/surfaces/index.ts";
import { minimize, type Path } from "../src/train/index.ts";
import { Archive } from "./archive.ts";
import { asUsage } from "./failure.ts";
import * as flags from "./flags/index.ts";
import { exitCode, type Io, takesColor } from "./io.ts";
import { type Choice, chosen, optimizerOf } from "./optimizer.ts";
import { jsonLine, printResult } from "./result.ts";
import type { Settings } from "./settings.ts";
import { surfaceFrom } from "./surface.ts";
import { walkTable } from "./walk-table.ts";

/** `downhill minimize`: a walk on a surface. */
export async function run(settings: Settings, io: Io): Promise<number> {
  const [text] = settings.words;
  const surface = asUsage(() => surfaceFrom(text));
  // Adam's own rate is made for nets; a surface is a few units wide.
  const choice = chosen(settings, { optimizer: "adam", lr: 0.1 });
  const steps = settings.value(flags.steps);
  const start = settings.get(flags.start);
  const path = asUsage(() =>
    minimize(surface, { optimizer: optimizerOf(choice, steps), start, steps, signal: io.signal }),
  );
  const record = recordOf(surface, choice, path);
  const archive = new Archive(settings, "minimize", `${choice.rule.spec.name}-${surface.name}`);
  archive.finish({ kind: "minimize", result: record });
  const { kind: outcome, reason } = path.outcome;
  const result = { ...record, schedule: choice.schedule ?? null, outcome, reason, run: archive.path };
  if (settings.get(flags.jsonl)) io.out.write(eventLines(record));
  printResult(io, settings, result, () => {
    const picture = io.out.isTTY ? drawn(surface, record, settings, io) : "";
    const report = archive.report === null ? "" : `report: ${archive.report}\n`;
    return `${picture}${walkTable(surface, record)}${report}`;
  });
  archive.close();
  return path.outcome.kind === "interrupted" ? exitCode.interrupted : exitCode.success;
}

function drawn(surface: Surface, record: MinimizeRecord, settings: Settings, io: Io): string {
  const color = takesColor(io.out, io, settings.get(flags.noColor) !== true);
  const figure = toTerminal(walkFigure(surface, record), { width: Math.min(100, io.out.columns), color });
  return `${figure}\n${surface.variables.length <= 2 ? "● start  ◆ end  ★ known minimum\n\n" : ""}`;
}

function recordOf(
  surface: Surface,
  { rule, hyper }: Choice,
  { dimension, points, values, outcome }: Path,
): MinimizeRecord {
  return {
    surface: surface.name,
    optimizer: rule.spec.name,
    hyper: { ...rule.spec.hyper, ...hyper },
    points: Array.from(values, (_, i) => [...points.subarray(i * dimension, (i + 1) * dimension)]),
    values: [...values],
    outcome,
  };
}

const eventLines = ({ points, values }: MinimizeRecord): string =>
  points.map((point, step) => jsonLine({ kind: "point", step, point, value: values[step] })).join("");
