import { quote } from "../../arguments/index.ts";
import { storageOf, type TensorData } from "./dtype.ts";
import { DAMAGED, SafetensorsError } from "./error.ts";
import { TELLING } from "./foreign.ts";
import { type Entry, type Header, parseHeader } from "./header.ts";
import { headerLength, PREFACE } from "./preface.ts";
import type { Tensor } from "./tensor.ts";

/** A file's contents, in the order of its header. */
export interface Safetensors {
  readonly tensors: Map<string, Tensor>;
  /** The texts under `__metadata__`; empty if there are none. */
  readonly metadata: Map<string, string>;
}

export interface ReadOptions {
  /** The file's name in errors. */
  readonly name?: string;
  /** Called with the header before any tensor is read; it may throw to end the reading. */
  readonly check?: (header: Header) => void;
}

/** Bytes that can be read in any order. */
export interface Source {
  /** The size in bytes. */
  readonly size: number;
  /** A copy of the bytes from `begin` up to, but not including, `end`, both within the size. */
  copy(begin: number, end: number): ArrayBuffer;
}

/**
 * Reads safetensors. Every element keeps the file's bits, NaNs too; each tensor gets its own array, so the bytes may change
 * afterwards. F16 and BF16 become Float32Array, which holds their values exactly, BOOL becomes Uint8Array of 0 and 1.
 *
 * It is stricter than the reference reader: names and fields must be unique, whole numbers at most 2⁵³ − 1, axes at most 64,
 * and unknown fields are refused. Names such as `__proto__` and the empty name are allowed. It does not check whether values
 * are finite; see `nonFinite`.
 *
 * Throws a SafetensorsError for anything else, before it allocates any array that the bytes do not fill.
 *
 * Source: the format's text, https://github.com/huggingface/safetensors#format
 */
export function readSafetensors(bytes: Uint8Array, options: ReadOptions = {}): Safetensors {
  return readFrom({ size: bytes.length, copy: (begin, end) => copied(bytes.subarray(begin, end)) }, options);
}

/** The same from a source that is read piece by piece: the header, then one tensor after the other. */
export function readFrom(source: Source, { name: where = "safetensors data", check }: ReadOptions = {}): Safetensors {
  const start = new Uint8Array(source.copy(0, Math.min(TELLING, source.size)));
  const dataAt = PREFACE + headerLength(start, source.size, where);
  const header = parseHeader(new Uint8Array(source.copy(PREFACE, dataAt)), source.size - dataAt, where);
  check?.(header);
  const tensors = new Map<string, Tensor>();
  for (const entry of header.tensors.values()) {
    const { name, dtype, shape } = entry;
    tensors.set(name, { name, dtype, shape, data: dataOf(entry, dataAt, source, where) });
  }
  return { tensors, metadata: new Map(header.metadata) };
}

function dataOf({ name, dtype, begin, end }: Entry, dataAt: number, source: Source, where: string): TensorData {
  const { decode, fault } = storageOf(dtype);
  const data = arrayOf(name, end - begin, where, () => decode(source.copy(dataAt + begin, dataAt + end)));
  const problem = fault?.(data);
  if (problem !== undefined) throw new SafetensorsError(where, `tensor ${quote(name)}: ${problem}`, DAMAGED);
  return data;
}

/** JavaScript engines throw a RangeError for arrays that are too large for them or for the memory. */
function arrayOf(name: string, bytes: number, where: string, make: () => TensorData): TensorData {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const problem = `tensor ${quote(name)} has ${bytes} bytes, more than an array can have here`;
    throw new SafetensorsError(where, problem, "save it in parts, or give the machine more memory", { cause: error });
  }
}

function copied(bytes: Uint8Array): ArrayBuffer {
  const buffer = new ArrayBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  return buffer;
}
