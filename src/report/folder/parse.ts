import { assembleResult, type CompareResult } from "../../compare/index.ts";
import { DataError, JsonError, parseJson } from "../../files/index.ts";
import { fits, object, oneOf, type Schema, text as words } from "../../files/schema/index.ts";
import { reproduction } from "../reproduction/reproduction-schema.ts";
import { comparison, type StoredComparison } from "./comparison-schema.ts";
import { config, environment } from "./config-schema.ts";
import { curve } from "./curve-schema.ts";
import type { Environment, MetricsLine, RunConfig, Summary } from "./folder.ts";
import { folds } from "./folds-schema.ts";
import { run } from "./run-schema.ts";
import { walk } from "./walk-schema.ts";

/**
 * Parses the files of a run folder. Anything that Downhill would not have written is a DataError that names the file, and the
 * line where the text is not JSON.
 */

export const parseConfig = (text: string, file: string): RunConfig => parse(config, text, file);

export const parseEnvironment = (text: string, file: string): Environment => parse(environment, text, file);

export function parseSummary(text: string, file: string): Summary {
  const kinds = oneOf("train", "folds", "compare", "minimize", "fit", "reproduce");
  const { kind } = parse(object<{ kind: Summary["kind"] }>({ kind: kinds }), text, file);
  return summaries[kind]((schema) => parse(object({ result: schema }), text, file).result);
}

/** Reads the result of a summary, as a schema says. */
type Read = <T>(schema: Schema<T>) => T;

const summaries: Readonly<Record<Summary["kind"], (read: Read) => Summary>> = {
  train: (read) => ({ kind: "train", result: read(run) }),
  folds: (read) => ({ kind: "folds", result: read(folds) }),
  compare: (read) => ({ kind: "compare", result: assembled(read(comparison)) }),
  minimize: (read) => ({ kind: "minimize", result: read(walk) }),
  fit: (read) => ({ kind: "fit", result: read(curve) }),
  reproduce: (read) => ({ kind: "reproduce", result: read(reproduction) }),
};

function assembled({ sensitivity, runs, fullBatch, best, outcome, seconds, ...head }: StoredComparison): CompareResult {
  const trials = [...sensitivity, ...(fullBatch?.sensitivity ?? [])];
  return assembleResult(head, {
    trials,
    runs: [...runs, ...(fullBatch?.runs ?? [])],
    ...(best === undefined ? {} : { best }),
    outcome,
    seconds,
  });
}

/** Any event: only its kind is checked. */
const metricsLine: Schema<MetricsLine> = { problem: object<{ kind: string }>({ kind: words }).problem };

/** Lines of metrics.jsonl. If the run was killed while it wrote, the last one is cut short. */
export function parseMetrics(text: string, file: string): MetricsLine[] {
  const lines = text.split("\n");
  const unfinished = lines.pop();
  const parsed = lines.map((each, i) => parse(metricsLine, each, file, i + 1));
  return unfinished === undefined || unfinished === "" ? parsed : [...parsed, ...whole(unfinished)];
}

/** A last line without its line break: kept if it is whole. */
function whole(text: string): MetricsLine[] {
  try {
    const value = parseJson(text);
    return fits(metricsLine, value) ? [value] : [];
  } catch {
    return [];
  }
}

function parse<T>(schema: Schema<T>, text: string, file: string, line?: number): T {
  const value = json(text, file, line);
  if (fits(schema, value)) return value;
  const where = line === undefined ? file : `${file}, line ${line}`;
  const problem = schema.problem(value, "it") ?? "it is not as expected";
  const isNewer = problem.startsWith("it.format is");
  throw new DataError(
    where,
    problem,
    isNewer ? "another version of Downhill wrote it" : "the file was changed or damaged",
  );
}

function json(text: string, file: string, line: number | undefined): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    if (!(cause instanceof JsonError)) throw cause;
    const where = `${file}, line ${line ?? cause.line}`;
    throw new DataError(where, `it is not JSON: ${cause.detail}`, "the file was changed or damaged", { cause });
  }
}
