import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { checkOptions } from "../../arguments/index.ts";
import { checkDType, type DeviceOptions } from "../../device/index.ts";
import { nodeDevice } from "../../device/node/index.ts";
import { dtypeOf } from "../../expr/index.ts";
import { DataError, JsonError, parseJson } from "../../files/index.ts";
import { makeFolder, readText, writeWhole } from "../../files/node/index.ts";
import { readSafetensorsFile, writeSafetensorsFile } from "../../files/safetensors/node/index.ts";
import { modelFromJson } from "../model-data.ts";
import { Net } from "../net.ts";
import { registry as builtIn, type Registry } from "../registry.ts";
import { keptModel, modelKept, type ReadModel, type Restored, type Trained, toSave, trainedFrom } from "../saved.ts";

const [MODEL, WEIGHTS] = ["model.json", "weights.safetensors"];

/** The most bytes of a model's JSON; a layer takes a line. */
const LARGEST = 2 ** 20;

/** Options of `save`: the names of your own layers, losses and functions. */
export interface SaveOptions {
  /** Names layers, losses and functions of your own. Default: the built-in ones. */
  readonly registry?: Registry;
}

/** Options of `load`: the names of your own layers, losses and functions, and the device for predictions. */
export interface LoadModelOptions extends SaveOptions, DeviceOptions {}

/** The metadata key for the fingerprint of the old model.json, which the new one is to replace. */
const REPLACED = "downhill.replaced";

/**
 * Saves a model with its weights in a folder, which is made if needed: model.json and weights.safetensors. An earlier save stays
 * readable until the new one is complete: the new weights are written first, and name their model and the model.json that is out
 * of date from then on. Throws a TypeError for a model that JSON cannot hold, before anything is written, a RangeError if the
 * vectors do not have the model's length, and a DataError if the folder cannot be written.
 */
export function writeModel(trained: Trained, folder: string, options: SaveOptions = {}): void {
  checkOptions("save", options, ["registry"], 'save(trained, "model", { registry })');
  const { registry = builtIn } = options;
  const { tensors, json } = toSave(trained, registry);
  makeFolder(folder);
  const file = join(folder, MODEL);
  const replaced = existsSync(file) ? [[REPLACED, fingerprint(readText(file, LARGEST))] as const] : [];
  writeSafetensorsFile(join(folder, WEIGHTS), tensors, new Map([keptModel(json), ...replaced]));
  writeWhole(file, `${JSON.stringify(json, null, 1)}\n`);
}

const fingerprint = (text: string): string => createHash("sha256").update(text).digest("hex");

const LOAD = ["registry", "device", "backend", "threads", "onWarning"];

/**
 * Loads the net that `writeModel` saved in a folder, bit for bit. Throws a DataError or SafetensorsError if a file cannot be read or
 * belongs to another model, and a TypeError or RangeError for a file that is not a model and for unknown options.
 */
export async function load(folder: string, options: LoadModelOptions = {}): Promise<Net> {
  checkOptions("load", options, LOAD, 'load("model", { device: "cpu" })');
  const { registry = builtIn, ...compute } = options;
  const trained = readTrained(folder, registry);
  const device = await nodeDevice(compute);
  checkDType(device, dtypeOf(trained.w));
  return new Net(trained, device);
}

/** The same without a device, for what does not predict. */
export const readTrained = (folder: string, registry: Registry = builtIn): Restored =>
  again(() => read(folder, registry));

/** Tries again if it fails: a save may have happened between reading one file and the other. */
function again<T>(read: () => T): T {
  try {
    return read();
  } catch {
    return read();
  }
}

function read(folder: string, registry: Registry): Restored {
  const [file, weights] = [join(folder, MODEL), join(folder, WEIGHTS)];
  const text = readText(file, LARGEST);
  const modelFrom = (metadata: ReadonlyMap<string, string>): ReadModel => {
    const isReplaced = metadata.get(REPLACED) === fingerprint(text);
    return inFile(isReplaced ? weights : file, () => {
      const json = (isReplaced ? modelKept(metadata, weights) : undefined) ?? parseJson(text);
      return { json, model: modelFromJson(json, { registry }) };
    });
  };
  return trainedFrom(modelFrom, (options) => readSafetensorsFile(weights, options), weights);
}

/** Adds to an error which file it is about. */
function inFile<T>(file: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    if (cause instanceof JsonError)
      throw new DataError(
        `${file}, line ${cause.line}`,
        `it is not JSON: ${cause.detail}`,
        "the file was changed or damaged",
        { cause },
      );
    if (cause instanceof TypeError) throw new TypeError(`${file}: ${cause.message}`, { cause });
    if (cause instanceof RangeError) throw new RangeError(`${file}: ${cause.message}`, { cause });
    throw cause;
  }
}
