import { closeSync, existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { checkOptions } from "../../arguments/index.ts";
import { DataError } from "../../files/index.ts";
import { openFile, readBytes, readStretch } from "../../files/node/index.ts";
import { readSafetensorsFile } from "../../files/safetensors/node/index.ts";
import type { Model } from "../model.ts";
import type { Registry } from "../registry.ts";
import { type Restored, tensorsOf } from "../saved.ts";
import {
  type FoundTensors,
  foundInOnnx,
  foundInSafetensors,
  isOnnx,
  type TakenWeights,
  takeWeights,
  WEIGHTS_OPTIONS,
  type WeightsOptions,
} from "../weights/index.ts";
import { readTrained } from "./save.ts";

/** How weights are taken from a file or a saved model. */
export interface WeightsFromOptions extends WeightsOptions {
  /** Names layers, losses and functions of your own. Default: the built-in ones. */
  readonly registry?: Registry;
}

/** The most bytes of an ONNX file in protobuf's form. */
const LARGEST = 2 ** 31 - 1;

/** A model's folder, as `save` writes it: the one that is named, or `model` in a run's folder; undefined if it has none. */
export const savedFolder = (path: string): string | undefined =>
  [path, join(path, "model")].find((folder) => existsSync(join(folder, "model.json")));

/**
 * Weights for a model to start from: of a saved model or a run (its folder, with the model's state), a safetensors or an ONNX file.
 * Tensors are matched by name (`layer1.weight` is layer1_weight) or, where no name fits, by the order of the layers; matrices may be
 * stored as [outputs, inputs], as PyTorch does. Values are taken bit for bit; float16 and bfloat16 become float32.
 *
 *     const model = mlp([4, 16, 3]);
 *     const initial = await weightsFrom("torch-net.safetensors", model);
 *     const net = await fit({ model, initial, data, optimizer: adam({ lr: 1e-4 }) });
 *
 * @throws MismatchError with all differences if the tensors are not those of the model; DataError for a file that cannot be read, for
 * tensors that cannot be matched without doubt, and for values that are not finite; RangeError for an option that is not allowed
 */
export async function weightsFrom(
  path: string,
  model: Model,
  { registry, ...options }: WeightsFromOptions = {},
): Promise<TakenWeights> {
  checkOptions("weightsFrom", options, WEIGHTS_OPTIONS, 'weightsFrom("model", model, { partial: true })');
  return takeWeights(foundIn(path, registry), model, options);
}

/** The tensors of a saved model, or of a file. */
export function foundIn(path: string, registry?: Registry): FoundTensors {
  const folder = savedFolder(path);
  if (folder !== undefined) return foundInModel(readTrained(folder, registry), folder);
  if (existsSync(path) && statSync(path).isDirectory())
    throw new DataError(
      path,
      "it has no model.json, nor has a folder model in it",
      "give a saved model's folder, a run's folder, or a .safetensors or .onnx file",
    );
  return isOnnx(startOf(path))
    ? foundInOnnx(readBytes(path, LARGEST), path)
    : foundInSafetensors(readSafetensorsFile(path), path);
}

/** The first bytes of a file. */
function startOf(file: string): Uint8Array {
  const { descriptor, size } = openFile(file);
  try {
    return new Uint8Array(readStretch(descriptor, 0, Math.min(8, size)) ?? new ArrayBuffer(0));
  } finally {
    closeSync(descriptor);
  }
}

/** The tensors of a model that has been read. */
export function foundInModel(trained: Restored, where: string): FoundTensors {
  const tensors = tensorsOf(trained).flatMap(({ name, shape, data }) =>
    data instanceof Float32Array || data instanceof Float64Array ? [{ name, shape, data }] : [],
  );
  const { preprocessing } = trained;
  return { where, tensors, isInOrder: true, others: [], constants: [], preprocessing };
}
