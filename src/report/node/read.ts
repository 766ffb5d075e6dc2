import { existsSync } from "node:fs";
import { join } from "node:path";
import { DataError } from "../../files/index.ts";
import { sweepParts, writeWhole } from "../../files/node/index.ts";
import type { RunFolder } from "../folder/folder.ts";
import { parseConfig, parseEnvironment, parseMetrics, parseSummary } from "../folder/parse.ts";
import { recover } from "../folder/recover.ts";
import { reportHtml } from "../report.ts";
import { readText } from "./files.ts";

/**
 * Reads a run folder. Throws a DataError that names the file, and its line where there is one, for what is not as we
 * write it. Where a run was killed, what its metrics tell stands for the summary.
 */
export function readRun(path: string): RunFolder {
  const file = (name: string): string => join(path, name);
  if (!existsSync(path)) throw new DataError(path, "it does not exist", "give a folder that a run has left");
  if (!existsSync(file("config.json")))
    throw new DataError(path, "it is not a run folder: it has no config.json", "give a folder that a run has left");
  const config = parseConfig(readText(file("config.json")), file("config.json"));
  const environment = optional(file("env.json"), parseEnvironment);
  const metrics = optional(file("metrics.jsonl"), parseMetrics) ?? [];
  const summary =
    understood(file("summary.json"), (name) => optional(name, parseSummary)) ??
    understood(file("metrics.jsonl"), () => recover(config, metrics));
  return { path, config, environment, metrics, summary };
}

const optional = <T>(file: string, parse: (text: string, file: string) => T): T | null =>
  existsSync(file) ? parse(readText(file), file) : null;

/** A run may name a rule that this version does not have. */
function understood<T>(file: string, read: (file: string) => T): T {
  try {
    return read(file);
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof SyntaxError)) throw error;
    const [problem] = error.message.split("\n", 1);
    throw new DataError(file, problem, "make the run again with this version", { cause: error });
  }
}

/** Builds a report from run folders: into the folder itself where it is one, else into `out`. Gives its path. */
export function writeReport(paths: readonly string[], out?: string): string {
  const [only, ...more] = paths;
  if (only === undefined) throw new RangeError("report: no run folder is given; name one at least");
  const folders = paths.map(readRun);
  const empty = folders.find(({ summary }) => summary === null);
  if (empty !== undefined)
    throw new DataError(empty.path, "the run ended before it had anything to tell", "leave it out");
  const file = out ?? (more.length === 0 ? join(only, "report.html") : "report.html");
  writeWhole(file, reportHtml(folders));
  for (const path of paths) sweepParts(path);
  return file;
}
