/**
 * What few programs need is loaded when it is called: reports bring all figures with them, and comparisons all update rules,
 * which is half of what there is.
 */

import type { CompareRequest, CompareResult } from "../compare/node/index.ts";
import type { RunFolder } from "../report/index.ts";
import type { CreateRunOptions, RunWriter } from "../report/node/index.ts";

const comparing = () => import("../compare/node/index.ts");
const reports = () => import("../report/node/index.ts");

/** Compares optimizers on the same footing. Throws a RangeError for options that are not allowed, before anything runs. */
export async function compare(request: CompareRequest): Promise<CompareResult> {
  return (await comparing()).compare(request);
}

/** Makes a run folder. Throws a DataError where that is not possible; nothing is left behind then. */
export async function createRun(options: CreateRunOptions): Promise<RunWriter> {
  return (await reports()).createRun(options);
}

/** Reads a run folder. Throws a DataError that names the file, and its line where there is one, for what is not as we write it. */
export async function readRun(path: string): Promise<RunFolder> {
  return (await reports()).readRun(path);
}

/** Builds a report from run folders: into the folder itself where it is one, else into `out`. Gives its path. */
export async function writeReport(paths: readonly string[], out?: string): Promise<string> {
  return (await reports()).writeReport(paths, out);
}
