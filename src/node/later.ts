/**
 * What few programs need is loaded when it is called: reports bring all figures with them, and comparisons all update rules,
 * which is half of what there is.
 */

import type { CompareRequest, CompareResult } from "../compare/node/index.ts";
import type { Net, Trained } from "../nn/index.ts";
import type { LoadModelOptions, SaveOptions } from "../nn/node/index.ts";
import type { RunFolder } from "../report/index.ts";
import type { CreateRunOptions, RunWriter } from "../report/node/index.ts";

const comparing = () => import("../compare/node/index.ts");
const models = () => import("../nn/node/index.ts");
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

/**
 * Saves a model with its numbers in a folder, which is made where it is not there: model.json and weights.safetensors. Throws
 * a TypeError for a model that JSON cannot hold, a RangeError where the numbers are not as many as the model's, and a
 * DataError where the folder cannot be written.
 */
export async function save(trained: Trained, folder: string, options?: SaveOptions): Promise<void> {
  (await models()).writeModel(trained, folder, options);
}

/**
 * The net that `save` has left in a folder, to the bit; `predict` computes its outputs. Throws a DataError or
 * SafetensorsError where a file cannot be read or is another model's.
 */
export async function load(folder: string, options?: LoadModelOptions): Promise<Net> {
  return (await models()).load(folder, options);
}
