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
 * Reads a run folder. Throws a DataError that names the file, and the line where there is one, for anything that
 * Downhill would not have written. The summary of a killed run is recovered from its metrics.
 */
export function readRun(path: string): RunFolder {
  const file = (name: string): string => join(path, name);
  if (!existsSync(path)) throw new DataError(path, "no such folder", "pass a run folder");
  if (!existsSync(file("config.json")))
    throw new DataError(path, "it is not a run folder: it has no config.json", "pass a run folder");
  const config = parseConfig(readText(file("config.json")), file("config.json"));
  const environment = optional(file("env.json"), parseEnvironment);
  const metrics = optional(file("metrics.jsonl"), parseMetrics) ?? [];
  const summary =
    knownRules(file("summary.json"), (name) => optional(name, parseSummary)) ??
    knownRules(file("metrics.jsonl"), () => recover(config, metrics));
  return { path, config, environment, metrics, summary };
}

const optional = <T>(file: string, parse: (text: string, file: string) => T): T | null =>
  existsSync(file) ? parse(readText(file), file) : null;

/** Reads a file, and turns the error for a rule that this version does not have into a DataError. */
function knownRules<T>(file: string, read: (file: string) => T): T {
  try {
    return read(file);
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof SyntaxError)) throw error;
    const [problem] = error.message.split("\n", 1);
    throw new DataError(file, problem, "make the run again with this version", { cause: error });
  }
}

/** Writes one report on all of the run folders, and returns its path. Default for `out`: inside the folder, if there is only one. */
export function writeReport(paths: readonly string[], out?: string): string {
  const [only, ...more] = paths;
  if (only === undefined) throw new RangeError("report: no run folder is given; name at least one");
  const folders = paths.map(readRun);
  const empty = folders.find(({ summary }) => summary === null);
  if (empty !== undefined) throw new DataError(empty.path, "the run ended before it had a result", "leave it out");
  const file = out ?? (more.length === 0 ? join(only, "report.html") : "report.html");
  writeWhole(file, reportHtml(folders));
  for (const path of paths) sweepParts(path);
  return file;
}
