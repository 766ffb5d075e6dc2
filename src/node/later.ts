/**
 * What few programs need is loaded when it is called: reports bring all figures with them, and comparisons all update rules,
 * which is half of what there is.
 */

import { checkText, isOptions, quoteValue } from "../arguments/index.ts";
import type { CompareRequest, CompareResult } from "../compare/node/index.ts";
import type { Model, Net, TakenWeights, Trained } from "../nn/index.ts";
import type { LoadModelOptions, SaveOptions, WeightsFromOptions } from "../nn/node/index.ts";
import type { RunFolder } from "../report/index.ts";
import type { CreateRunOptions, RunWriter } from "../report/node/index.ts";
import type { TrajectoryPoint } from "../train/index.ts";
import type { SavedPoint, TrajectoryOptions } from "../train/trajectory/node/index.ts";

const RUN = '"runs/adam-digits"';

const comparing = () => import("../compare/node/index.ts");
const models = () => import("../nn/node/index.ts");
const reports = () => import("../report/node/index.ts");
const trajectories = () => import("../train/trajectory/node/index.ts");

/**
 * Compares optimizers on an equal footing: the same initial weights, batches and number of learning rates to try.
 * Before anything runs, it throws a RangeError for a value that is not allowed and a TypeError for a wrong type.
 */
export async function compare(request: CompareRequest): Promise<CompareResult> {
  return (await comparing()).compare(request);
}

/**
 * Creates a run folder and returns its writer. Throws a DataError if that is not possible; nothing is left behind then.
 */
export async function createRun(options: CreateRunOptions): Promise<RunWriter> {
  if (!isOptions(options) || !isOptions(options.settings))
    throw new TypeError(`createRun: the options are ${quoteValue(options)}; give { kind, name, command, settings }`);
  for (const field of ["kind", "name", "command"] as const) checkText(`createRun: ${field}`, options[field], '"train"');
  return (await reports()).createRun(options);
}

/**
 * Reads a run folder. Throws a DataError that names the file, and the line if there is one, if its content is not as
 * Downhill writes it.
 */
export async function readRun(path: string): Promise<RunFolder> {
  checkText("readRun: the folder", path, RUN);
  return (await reports()).readRun(path);
}

/**
 * Writes one report on all of the run folders to the file `out`, and returns its path. Default: `report.html`, in the
 * folder if there is only one. Throws a DataError if a folder cannot be read or has no result.
 */
export async function writeReport(paths: readonly string[], out?: string): Promise<string> {
  if (!Array.isArray(paths))
    throw new TypeError(`writeReport: the run folders are ${quoteValue(paths)}; give a list, such as [${RUN}]`);
  for (const path of paths) checkText("writeReport: a run folder", path, RUN);
  if (out !== undefined) checkText("writeReport: the folder for the report", out, '"report"');
  return (await reports()).writeReport(paths, out);
}

/**
 * Saves a model with its weights in a folder, which is made if needed: model.json and weights.safetensors. Throws a
 * TypeError for a model that JSON cannot hold, a RangeError if the vectors do not have the model's length, and a
 * DataError if the folder cannot be written.
 */
export async function save(trained: Trained, folder: string, options?: SaveOptions): Promise<void> {
  if (!(isOptions(trained) && "model" in trained && "w" in trained))
    throw new TypeError(
      `save: the model is ${quoteValue(trained)}; give one with its weights, such as await fit({ … })`,
    );
  checkText("save: the folder", folder, '"model"');
  (await models()).writeModel(trained, folder, options);
}

/**
 * Loads the net that `save` has left in a folder, bit for bit; its `predict` computes outputs. Throws a DataError or
 * SafetensorsError if a file cannot be read or belongs to another model.
 */
export async function load(folder: string, options?: LoadModelOptions): Promise<Net> {
  checkText("load: the folder", folder, '"model"');
  return (await models()).load(folder, options);
}

/**
 * Weights for a model to start from: of a saved model or a run (its folder, with the model's state), a safetensors or an ONNX file.
 * Tensors are matched by name (`layer1.weight` is layer1_weight) or, where no name fits, by the order of the layers; matrices may be
 * stored as [outputs, inputs], as PyTorch does. Values are taken bit for bit; float16 and bfloat16 become float32.
 *
 *     const model = mlp([4, 16, 3]);
 *     const initial = await weightsFrom("torch-net.safetensors", model);
 *     const net = await fit({ model, initial, data, optimizer: adam({ lr: 1e-4 }) });
 *
 * Throws a MismatchError with all differences if the tensors are not those of the model, a DataError for a file that cannot be read, for
 * tensors that cannot be matched without doubt and for values that are not finite, and a RangeError for an option that is not allowed.
 */
export async function weightsFrom(path: string, model: Model, options?: WeightsFromOptions): Promise<TakenWeights> {
  checkText("weightsFrom: the file or folder", path, '"model"');
  return (await models()).weightsFrom(path, model, options);
}

/**
 * Saves a point of a run's trajectory in a folder, which is made if needed: a safetensors file with a tensor for each parameter, which
 * `weightsFrom` reads, too. Saved again, a point replaces itself. Returns the file's path.
 *
 *     const points: TrajectoryPoint[] = [];
 *     await fit({ model, data, optimizer: adam(), trajectory: { every: 50 }, onPoint: (point) => points.push(point) });
 *     for (const point of points) await savePoint(point, model, "way");
 *
 * Throws a RangeError for a point of another model, and a DataError if the file cannot be written.
 */
export async function savePoint(point: TrajectoryPoint, model: Model, folder: string): Promise<string> {
  if (!(isOptions(point) && "step" in point && "w" in point))
    throw new TypeError(`savePoint: the point is ${quoteValue(point)}; give what onPoint gets`);
  checkText("savePoint: the folder", folder, '"way"');
  return (await trajectories()).keepPoint(point, model, folder);
}

/**
 * The points that a run has kept, in the order of their steps: in a folder of `savePoint`, or in that of a run of
 * `downhill train --trajectory`. Throws a DataError if there are none or one cannot be read, and a MismatchError if they are another
 * model's.
 */
export async function loadTrajectory(
  folder: string,
  model: Model,
  options?: TrajectoryOptions,
): Promise<readonly SavedPoint[]> {
  checkText("loadTrajectory: the folder", folder, '"way"');
  return (await trajectories()).readTrajectory(folder, model, options);
}
