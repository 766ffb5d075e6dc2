import { readOnnx } from "../../files/onnx/index.ts";
import { readSafetensors, type Safetensors } from "../../files/safetensors/index.ts";

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
}

/** A model's ONNX file begins with the field ir_version, a varint. */
const IR_VERSION = 8;

/** Whether a file that begins with these bytes is an ONNX one and not safetensors, whose first eight bytes are a length below 2³². */
export const isOnnx = (start: Uint8Array): boolean =>
  start[0] === IR_VERSION && start.subarray(4, 8).some((byte) => byte !== 0);

/** The weights of a safetensors file. */
export function foundInSafetensors({ tensors }: Pick<Safetensors, "tensors">, where: string): FoundTensors {
  const all = [...tensors.values()];
  const found = all.flatMap(({ name, shape, data }) =>
    data instanceof Float32Array || data instanceof Float64Array ? [{ name, shape, data }] : [],
  );
  const names = new Set(found.map(({ name }) => name));
  const others = all.filter(({ name }) => !names.has(name)).map(({ name }) => name);
  return { where, tensors: found, isInOrder: false, others };
}

/**
 * The weights of an ONNX file: the tensors that products of the graph use, in its order, and others of two or more axes. The rest are
 * constants of the graph.
 */
export function foundInOnnx(bytes: Uint8Array, where: string): FoundTensors {
  const { tensors, uses } = readOnnx(bytes, where);
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const used = [...uses].flatMap(([name, use]) => {
    const tensor = byName.get(name);
    if (tensor === undefined) return [];
    return [use === "added" ? tensor : { ...tensor, isTransposed: use === "transposed matrix" }];
  });
  const unused = tensors.filter(({ name, shape }) => !uses.has(name) && shape.length > 1);
  return { where, tensors: [...used, ...unused], isInOrder: unused.length === 0, others: [] };
}

/** The weights of a file's bytes, ONNX or safetensors. Throws a DataError for bytes that are neither. */
export const foundInBytes = (bytes: Uint8Array, where: string): FoundTensors =>
  isOnnx(bytes) ? foundInOnnx(bytes, where) : foundInSafetensors(readSafetensors(bytes, { name: where }), where);
