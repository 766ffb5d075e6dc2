import { isOptions } from "../../arguments/index.ts";
import { checkPreprocessing, type Preprocessing } from "../../data/table/index.ts";
import { DataError, parseJson } from "../../files/index.ts";
import { readOnnx } from "../../files/onnx/index.ts";
import { readSafetensors, type Safetensors } from "../../files/safetensors/index.ts";
import { modelKept } from "../saved.ts";
import { isOfWhitening, withWhitening } from "../whitening-tensors.ts";

/** A tensor of a file, which may become one of a model's. */
export interface FoundTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
  /** Whether a matrix is stored as [outputs, inputs]; undefined where the file does not say. */
  readonly isTransposed?: boolean;
}

/** The tensors of a file. */
export interface FoundTensors {
  /** Its name in messages. */
  readonly where: string;
  /** Those of numbers with a fraction. */
  readonly tensors: readonly FoundTensor[];
  /** Whether the tensors stand in the order in which the file's net uses them. */
  readonly isInOrder: boolean;
  /** Names of tensors of other types. */
  readonly others: readonly string[];
  /** Constants, which are taken by name alone; nothing need become of them. */
  readonly constants: readonly FoundTensor[];
  /** The preprocessing of the net, where Downhill wrote the file. */
  readonly preprocessing?: Preprocessing | undefined;
}

/** A model's ONNX file begins with the field ir_version, a varint. */
const IR_VERSION = 8;

/** Whether a file that begins with these bytes is an ONNX one and not safetensors, whose first eight bytes are a length below 2³². */
export const isOnnx = (start: Uint8Array): boolean =>
  start[0] === IR_VERSION && start.subarray(4, 8).some((byte) => byte !== 0);

/** The weights of a safetensors file. */
export function foundInSafetensors({ tensors, metadata }: Safetensors, where: string): FoundTensors {
  const all = [...tensors.values()].filter(({ name }) => !isOfWhitening(name));
  const found = all.flatMap(({ name, shape, data }) =>
    data instanceof Float32Array || data instanceof Float64Array ? [{ name, shape, data }] : [],
  );
  const names = new Set(found.map(({ name }) => name));
  const others = all.filter(({ name }) => !names.has(name)).map(({ name }) => name);
  const kept = preprocessingIn(modelKept(metadata, where));
  const preprocessing = kept && withWhitening(kept, tensors, where);
  return { where, tensors: found, isInOrder: false, others, constants: [], preprocessing };
}

const preprocessingIn = (json: unknown): Preprocessing | undefined =>
  isOptions(json) && "preprocessing" in json ? checkPreprocessing(json.preprocessing) : undefined;

/** The weights of an ONNX file: the tensors that products of the graph use, in its order. The rest are constants of the graph. */
export function foundInOnnx(bytes: Uint8Array, where: string): FoundTensors {
  const { tensors, uses, metadata } = readOnnx(bytes, where);
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const used = [...uses].flatMap(([name, use]) => {
    const tensor = byName.get(name);
    if (tensor === undefined) return [];
    return [use === "added" ? tensor : { ...tensor, isTransposed: use === "transposed matrix" }];
  });
  const constants = tensors.filter(({ name }) => !uses.has(name));
  const kept = metadata.get(PREPROCESSING);
  const preprocessing = kept === undefined ? undefined : checkPreprocessing(parsed(kept, where));
  return { where, tensors: used, isInOrder: true, others: [], constants, preprocessing };
}

/** The metadata key of a net's preprocessing in an ONNX file. */
const PREPROCESSING = "downhill.preprocessing";

function parsed(text: string, where: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    throw new DataError(where, "its preprocessing is not JSON", "the file was changed or damaged", { cause });
  }
}

/** The weights of a file's bytes, ONNX or safetensors. Throws a DataError for bytes that are neither. */
export const foundInBytes = (bytes: Uint8Array, where: string): FoundTensors =>
  isOnnx(bytes) ? foundInOnnx(bytes, where) : foundInSafetensors(readSafetensors(bytes, { name: where }), where);
