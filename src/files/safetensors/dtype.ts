import { bfloatsOfFloats, floatsOfBfloats, floatsOfHalfs, halfsOfFloats } from "./half.ts";

/** A tensor's numbers, row-major. */
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

/** How the numbers of a type are kept in a file, and which array has them in memory. */
export interface Storage {
  readonly bits: number;
  /** The array's class. */
  readonly array: TensorData[typeof Symbol.toStringTag];
  /** The numbers of bytes that nobody else has. */
  readonly decode: (bytes: ArrayBuffer) => TensorData;
  /** The bytes, in place where they are the same. Throws a RangeError for the first number that the type does not have. */
  readonly encode: (data: TensorData) => Uint8Array;
  /** What is wrong with numbers that the array can have and the type cannot. */
  readonly fault?: (data: TensorData) => string | undefined;
}

const bytesOf = (data: TensorData): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** A type whose array in memory has the file's bytes. Both are little-endian, as WebAssembly's memory is. */
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
  return at < 0 ? undefined : `${data[at]} at ${at} is no truth value, which is 0 or 1`;
}

/** The types that JavaScript has exactly, in the order in which the reference writer sorts tensors. */
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

/** A type of numbers, by the name that the format has for it. F16, BF16: as Float32Array; BOOL: as Uint8Array of 0 and 1. */
export type Dtype = keyof typeof STORAGES;

export const isDtype = (name: string): name is Dtype => Object.hasOwn(STORAGES, name);

/** The names, in the order in which the reference writer sorts tensors. */
export const DTYPES: readonly Dtype[] = Object.keys(STORAGES).filter(isDtype);

const byName: ReadonlyMap<string, Dtype> = new Map(DTYPES.map((dtype) => [dtype, dtype]));

/** The name itself, one text for all tensors of the type; undefined for types that JavaScript has no array for. */
export const dtypeOf = (name: string): Dtype | undefined => byName.get(name);

export const storageOf = (dtype: Dtype): Storage => STORAGES[dtype];

/** A type of the format that JavaScript has no array for. */
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

/** Bits of one number of any type of the format; undefined for what is none. */
export const bitsOf = (name: string): number | undefined => BITS.get(name);

/** What to do with tensors of a type that is read by nobody here. */
export const conversionOf = (name: string): string => OTHERS.get(name)?.advice ?? ANEW;
