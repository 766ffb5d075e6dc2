import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { checkOptions } from "../../arguments/index.ts";
import { checkDType, type DeviceOptions } from "../../device/index.ts";
import { nodeDevice } from "../../device/node/index.ts";
import { dtypeOf } from "../../expr/index.ts";
import { DataError, JsonError, parseJson } from "../../files/index.ts";
import { makeFolder, readText, writeWhole } from "../../files/node/index.ts";
import { SafetensorsError } from "../../files/safetensors/index.ts";
import { readSafetensorsFile, writeSafetensorsFile } from "../../files/safetensors/node/index.ts";
import { modelFromJson, modelToJson } from "../model-data.ts";
import { Net } from "../net.ts";
import { registry as house, type Registry } from "../registry.ts";
import { keptModel, modelKept, type Told, type Trained, tensorsOf, trainedFrom } from "../saved.ts";

const [MODEL, WEIGHTS] = ["model.json", "weights.safetensors"];

/** Bytes of a model's JSON: a layer takes a line. */
const LARGEST = 2 ** 20;

export interface SaveOptions {
  /** Knows layers, losses and functions of your own by name. */
  readonly registry?: Registry;
}

export interface LoadModelOptions extends SaveOptions, DeviceOptions {}

/** The name under which a file of weights keeps the fingerprint of the model.json that its own is to replace. */
const REPLACED = "downhill.replaced";

/**
 * Saves a model with its numbers in a folder, which is made where it is not there: model.json and weights.safetensors. What was
 * there before is there until all of the new is: the weights, which take their place first, say whose they are and which
 * model.json is out of date from then on. Throws a TypeError for a model that JSON cannot hold, before anything is written, a
 * RangeError where the numbers are not as many as the model's, and a DataError where the folder cannot be written.
 */
export function writeModel(trained: Trained, folder: string, options: SaveOptions = {}): void {
  checkOptions("save", options, ["registry"], 'save(trained, "model", { registry })');
  const { registry = house } = options;
  const [tensors, json] = [tensorsOf(trained), modelToJson(trained.model, registry)];
  makeFolder(folder);
  const file = join(folder, MODEL);
  const replaced = existsSync(file) ? [[REPLACED, fingerprint(readText(file, LARGEST))] as const] : [];
  writeSafetensorsFile(join(folder, WEIGHTS), tensors, new Map([keptModel(json), ...replaced]));
  writeWhole(file, `${JSON.stringify(json, null, 1)}\n`);
}

const fingerprint = (text: string): string => createHash("sha256").update(text).digest("hex");

const LOAD = ["registry", "device", "backend", "threads", "onWarning"];

/**
 * The net that `writeModel` has left in a folder, to the bit. Throws a DataError or SafetensorsError where a file cannot be read or
 * is another model's, a TypeError or RangeError for what is no model and for options that there are not.
 */
export async function load(folder: string, options: LoadModelOptions = {}): Promise<Net> {
  checkOptions("load", options, LOAD, 'load("model", { device: "cpu" })');
  const { registry = house, ...compute } = options;
  const trained = again(() => read(folder, registry));
  const device = await nodeDevice(compute);
  checkDType(device, dtypeOf(trained.w));
  return new Net(trained, device);
}

/** Once more where it fails: a save may have come between the reading of one file and that of the other. */
function again<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof SafetensorsError) return read();
    throw error;
  }
}

function read(folder: string, registry: Registry): Required<Trained> {
  const [file, weights] = [join(folder, MODEL), join(folder, WEIGHTS)];
  const text = readText(file, LARGEST);
  const told = (metadata: ReadonlyMap<string, string>): Told => {
    const isReplaced = metadata.get(REPLACED) === fingerprint(text);
    return inFile(isReplaced ? weights : file, () => {
      const json = (isReplaced ? modelKept(metadata, weights) : undefined) ?? parseJson(text);
      return { json, model: modelFromJson(json, { registry }) };
    });
  };
  return trainedFrom(told, (options) => readSafetensorsFile(weights, options), weights);
}

/** Says of an error which file it is about. */
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
