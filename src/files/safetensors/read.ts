import { quote } from "../../arguments/index.ts";
import { storageOf, type TensorData } from "./dtype.ts";
import { DAMAGED, SafetensorsError } from "./error.ts";
import { TELLING } from "./foreign.ts";
import { type Entry, type Header, parseHeader } from "./header.ts";
import { headerLength, PREFACE } from "./preface.ts";
import type { Tensor } from "./tensor.ts";

/** What a file holds, in the order of its header. */
export interface Safetensors {
  readonly tensors: Map<string, Tensor>;
  /** What it says of itself, under `__metadata__`; empty where it says nothing. */
  readonly metadata: Map<string, string>;
}

export interface ReadOptions {
  /** What errors call the file. */
  readonly name?: string;
  /** Is told all that the header says before any number is read; what it throws ends the reading. */
  readonly check?: (header: Header) => void;
}

/** Bytes that can be read in any order. */
export interface Source {
  /** In bytes. */
  readonly size: number;
  /** A copy of the bytes from `begin` up to before `end`, both within the size. */
  copy(begin: number, end: number): ArrayBuffer;
}

/**
 * Reads safetensors. Every number has the file's bits, NaNs too; each tensor has an array of its own, so the bytes may
 * change afterwards. F16 and BF16 come as Float32Array, which has their values exactly, BOOL as Uint8Array of 0 and 1.
 *
 * It is stricter than the format's own reader: no name or field may stand twice, whole numbers end at 2⁵³ − 1 and axes at
 * 64, and fields that the format does not have are refused. Names such as `__proto__` are names like others; the empty
 * one is, too. Whether values are finite is not looked at: `nonFinite` tells.
 *
 * Throws a SafetensorsError for anything else, before any array is made that the bytes do not fill.
 *
 * Source: the format's text, https://github.com/huggingface/safetensors#format
 */
export function readSafetensors(bytes: Uint8Array, options: ReadOptions = {}): Safetensors {
  return readFrom({ size: bytes.length, copy: (begin, end) => copied(bytes.subarray(begin, end)) }, options);
}

/** The same of bytes that are read as they are asked for: the header, then one tensor after the other. */
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

/** An engine refuses arrays that are too large for it, or for the memory, with a RangeError. */
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
