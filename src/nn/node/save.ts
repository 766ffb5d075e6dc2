import { join } from "node:path";
import type { DeviceOptions } from "../../device/choice.ts";
import { checkDType } from "../../device/device.ts";
import { nodeDevice } from "../../device/node/device.ts";
import { parseJson } from "../../files/index.ts";
import { makeFolder, readText, writeWhole } from "../../files/node/index.ts";
import { readSafetensorsFile, writeSafetensorsFile } from "../../files/node/safetensors.ts";
import { modelToJson } from "../model-data.ts";
import { Net } from "../net.ts";
import { registry as house, type Registry } from "../registry.ts";
import { type Trained, tensorsOf, trainedFrom } from "../saved.ts";

const [MODEL, WEIGHTS] = ["model.json", "weights.safetensors"];

/** Bytes of a model's JSON: a layer takes a line. */
const LARGEST = 2 ** 20;

export interface SaveOptions {
  /** Knows layers, losses and functions of your own by name. */
  readonly registry?: Registry;
}

export interface LoadModelOptions extends SaveOptions, DeviceOptions {}

/**
 * Saves a model with its numbers in a folder, which is made where it is not there: model.json and weights.safetensors, each
 * written whole or not at all. Throws a TypeError for a model that JSON cannot hold, before anything is written, a
 * RangeError where the numbers are not as many as the model's, and a DataError where the folder cannot be written.
 */
export function writeModel(trained: Trained, folder: string, { registry = house }: SaveOptions = {}): void {
  const [tensors, json] = [tensorsOf(trained), modelToJson(trained.model, registry)];
  makeFolder(folder);
  writeSafetensorsFile(join(folder, WEIGHTS), tensors);
  writeWhole(join(folder, MODEL), `${JSON.stringify(json, null, 1)}\n`);
}

/**
 * The net that `writeModel` has left in a folder, to the bit. Throws a DataError or SafetensorsError where a file cannot be read or
 * is another model's, a JsonError, TypeError or RangeError for what is no model.
 */
export async function load(folder: string, { registry = house, ...compute }: LoadModelOptions = {}): Promise<Net> {
  const json = parseJson(readText(join(folder, MODEL), LARGEST));
  const weights = join(folder, WEIGHTS);
  const trained = trainedFrom(json, (options) => readSafetensorsFile(weights, options), weights, registry);
  const device = await nodeDevice(compute);
  checkDType(device, trained.w instanceof Float32Array ? "f32" : "f64");
  return new Net(trained, device);
}
