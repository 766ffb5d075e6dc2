import { bfloatsOfFloats, floatsOfBfloats, floatsOfHalfs, halfsOfFloats } from "./half.ts";

/** A tensor's elements, row-major. */
export type TensorData =
  | BigUint64Array
  | BigInt64Array
  | Float64Array
  | Float32Array
  | Uint32Array
  | Int32Array
  | Uint16Array
  | Int16Array
  | Int8Array
  | Uint8Array;

/** A type's representation in a file, and its array in memory. */
export interface Storage {
  readonly bits: number;
  /** The array's class. */
  readonly array: TensorData[typeof Symbol.toStringTag];
  /** Decodes bytes that nobody else uses. */
  readonly decode: (bytes: ArrayBuffer) => TensorData;
  /** The bytes, without a copy if they are the same. Throws a RangeError for the first number that the type cannot represent. */
  readonly encode: (data: TensorData) => Uint8Array;
  /** The problem with values that the array can hold but the type does not allow. */
  readonly fault?: (data: TensorData) => string | undefined;
}

const bytesOf = (data: TensorData): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** A type whose array has the same bytes as the file. Both are little-endian, like WebAssembly's memory. */
const plain = (bits: number, array: Storage["array"], decode: Storage["decode"]): Storage => ({
  bits,
  array,
  decode,
  encode: bytesOf,
});

const half = (decode: Storage["decode"], encode: (floats: Float32Array) => Uint8Array): Storage => ({
  bits: 16,
  array: "Float32Array",
  decode,
  encode: (data) => encode(new Float32Array(data.buffer, data.byteOffset, data.length)),
});

function untrue(data: TensorData): string | undefined {
  const at = data.findIndex((each) => each > 1);
  return at < 0 ? undefined : `${data[at]} at ${at} is not a boolean; give 0 or 1`;
}

/** The types that JavaScript can represent exactly, in the order in which the reference writer sorts tensors. */
const STORAGES = {
  U64: plain(64, "BigUint64Array", (bytes) => new BigUint64Array(bytes)),
  I64: plain(64, "BigInt64Array", (bytes) => new BigInt64Array(bytes)),
  F64: plain(64, "Float64Array", (bytes) => new Float64Array(bytes)),
  F32: plain(32, "Float32Array", (bytes) => new Float32Array(bytes)),
  U32: plain(32, "Uint32Array", (bytes) => new Uint32Array(bytes)),
  I32: plain(32, "Int32Array", (bytes) => new Int32Array(bytes)),
  BF16: half(floatsOfBfloats, bfloatsOfFloats),
  F16: half(floatsOfHalfs, halfsOfFloats),
  U16: plain(16, "Uint16Array", (bytes) => new Uint16Array(bytes)),
  I16: plain(16, "Int16Array", (bytes) => new Int16Array(bytes)),
  I8: plain(8, "Int8Array", (bytes) => new Int8Array(bytes)),
  U8: plain(8, "Uint8Array", (bytes) => new Uint8Array(bytes)),
  BOOL: { ...plain(8, "Uint8Array", (bytes) => new Uint8Array(bytes)), fault: untrue },
};

/** The format's name of an element type. F16 and BF16 are read as Float32Array, BOOL as Uint8Array of 0 and 1. */
export type Dtype = keyof typeof STORAGES;

export const isDtype = (name: string): name is Dtype => Object.hasOwn(STORAGES, name);

/** The names, in the order in which the reference writer sorts tensors. */
export const DTYPES: readonly Dtype[] = Object.keys(STORAGES).filter(isDtype);

const byName: ReadonlyMap<string, Dtype> = new Map(DTYPES.map((dtype) => [dtype, dtype]));

/** The dtype of this name, one shared string per type; undefined for types without a JavaScript array. */
export const dtypeOf = (name: string): Dtype | undefined => byName.get(name);

export const storageOf = (dtype: Dtype): Storage => STORAGES[dtype];

/** A type of the format without a JavaScript array. */
interface OtherType {
  readonly bits: number;
  /** What to do with its tensors. */
  readonly advice: string;
}

const inPython = (how: string): string =>
  `convert it first: python -c 'import torch; from safetensors.torch import load_file, save_file; save_file({k: ${how} for k, v in load_file("model.safetensors").items()}, "converted.safetensors")'`;

const FLOAT = inPython("v.float() if v.is_floating_point() and v.itemsize == 1 else v");
const PARTS = inPython("torch.view_as_real(v).contiguous() if v.is_complex() else v");
const ANEW = "save it as F32 with the program that made it";

const OTHERS: ReadonlyMap<string, OtherType> = new Map([
  ["C64", { bits: 64, advice: PARTS }],
  ["F8_E5M2FNUZ", { bits: 8, advice: FLOAT }],
  ["F8_E4M3FNUZ", { bits: 8, advice: FLOAT }],
  ["F8_E8M0", { bits: 8, advice: FLOAT }],
  ["F8_E4M3", { bits: 8, advice: FLOAT }],
  ["F8_E5M2", { bits: 8, advice: FLOAT }],
  ["F6_E3M2", { bits: 6, advice: ANEW }],
  ["F6_E2M3", { bits: 6, advice: ANEW }],
  ["F4", { bits: 4, advice: ANEW }],
]);

const BITS: ReadonlyMap<string, number> = new Map(
  [...Object.entries(STORAGES), ...OTHERS].map(([name, { bits }]) => [name, bits]),
);

/** Bits per element for any type of the format; undefined for other names. */
export const bitsOf = (name: string): number | undefined => BITS.get(name);

/** What to do with tensors of a type that cannot be read here. */
export const conversionOf = (name: string): string => OTHERS.get(name)?.advice ?? ANEW;
