import { quote, quoteList } from "../../arguments/index.ts";
import { countOf, floatsOfBfloats, floatsOfHalfs, MOST_AXES } from "../safetensors/index.ts";
import { type Field, fieldsOf, refuse, textOf, varintsOf } from "./wire.ts";

/** A tensor of numbers with a fraction, from an ONNX file. */
export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** float64 for double; float32 for float, and for float16 and bfloat16, whose values it holds exactly. */
  readonly data: Float32Array | Float64Array;
}

/** Numbers of TensorProto.DataType (onnx.proto). */
const [FLOAT, FLOAT16, DOUBLE, BFLOAT16] = [1, 10, 11, 16];

/** Numbers of the fields of TensorProto (onnx.proto). */
const FIELDS = {
  dims: 1,
  type: 2,
  segment: 3,
  floats: 4,
  ints: 5,
  name: 8,
  raw: 9,
  doubles: 10,
  outside: 13,
  place: 14,
};

/** A message's fields by their numbers. */
export type Fields = ReadonlyMap<number, readonly Field[]>;

/** All fields of a message. */
export function byNumber(bytes: Uint8Array, where: string): Fields {
  const fields = new Map<number, Field[]>();
  for (const field of fieldsOf(bytes, where)) {
    const known = fields.get(field.number);
    if (known === undefined) fields.set(field.number, [field]);
    else known.push(field);
  }
  return fields;
}

/** The bytes of all fields with this number. */
export const bytesIn = (fields: Fields, number: number): Uint8Array[] =>
  (fields.get(number) ?? []).flatMap(({ kind, value }) => (kind === "bytes" ? [value] : []));

/** The last text with this number; "" if there is none. */
export const textIn = (fields: Fields, number: number, where: string): string => {
  const last = bytesIn(fields, number).at(-1);
  return last === undefined ? "" : textOf(last, where);
};

/** The whole numbers of a repeated field, packed or not. */
export const numbersIn = (fields: Fields, number: number, where: string): bigint[] =>
  (fields.get(number) ?? []).flatMap((field) => {
    if (field.kind === "varint") return [field.value];
    return field.kind === "bytes" ? [...varintsOf(field.value, where)] : [];
  });

/**
 * Reads a TensorProto. Undefined for types without a fraction, such as int64. Throws a DataError for data that lie in another file,
 * and for a tensor that does not have as many values as its shape says.
 */
export function readTensor(bytes: Uint8Array, where: string): OnnxTensor | undefined {
  const fields = byNumber(bytes, where);
  const name = textIn(fields, FIELDS.name, where);
  const what = `tensor ${quote(name)}`;
  const type = Number(numbersIn(fields, FIELDS.type, where).at(-1) ?? 0n);
  const isOutside = fields.has(FIELDS.outside) || numbersIn(fields, FIELDS.place, where).some((place) => place !== 0n);
  if (isOutside)
    refuse(where, `${what} has its values in another file`, "save the model in one file: onnx.save(model, path)");
  if (![FLOAT, FLOAT16, DOUBLE, BFLOAT16].includes(type)) return undefined;
  if (fields.has(FIELDS.segment)) refuse(where, `${what} is one of several segments`, "save it whole");
  const shape = numbersIn(fields, FIELDS.dims, where).map(Number);
  const count = shape.length <= MOST_AXES ? countOf(shape) : undefined;
  const isShape = shape.every((length) => Number.isSafeInteger(length));
  if (count === undefined || !isShape) return refuse(where, `${what} of shape ${quoteList(shape)} is too large`);
  const data = valuesOf(fields, type, where);
  if (data.length !== count)
    refuse(where, `${what} of shape ${quoteList(shape)} needs ${count} values, and has ${data.length}`);
  return { name, shape, data };
}

/** The values, from the bytes of `raw_data` or from the field of their type. */
function valuesOf(fields: Fields, type: number, where: string): OnnxTensor["data"] {
  const [raw] = bytesIn(fields, FIELDS.raw).slice(-1);
  if (raw !== undefined) return fromRaw(raw, type, where);
  if (type === FLOAT) return new Float32Array(aligned(joined(fields, FIELDS.floats), 4, where));
  if (type === DOUBLE) return new Float64Array(aligned(joined(fields, FIELDS.doubles), 8, where));
  const halfs = Uint16Array.from(numbersIn(fields, FIELDS.ints, where), (bits) => Number(bits & 0xffffn));
  return fromRaw(new Uint8Array(halfs.buffer), type, where);
}

function fromRaw(raw: Uint8Array, type: number, where: string): OnnxTensor["data"] {
  if (type === DOUBLE) return new Float64Array(aligned(raw, 8, where));
  if (type === FLOAT) return new Float32Array(aligned(raw, 4, where));
  const halfs = aligned(raw, 2, where);
  return type === FLOAT16 ? floatsOfHalfs(halfs) : floatsOfBfloats(halfs);
}

/** A copy, which begins where an array may. Both files and WebAssembly are little-endian. */
function aligned(bytes: Uint8Array, size: number, where: string): ArrayBuffer {
  if (bytes.length % size !== 0) refuse(where, `a tensor has ${bytes.length} bytes, no multiple of ${size}`);
  const copy = new ArrayBuffer(bytes.length);
  new Uint8Array(copy).set(bytes);
  return copy;
}

/** The bytes of a repeated field of floats or doubles, packed or not. */
function joined(fields: Fields, number: number): Uint8Array {
  const parts = (fields.get(number) ?? []).flatMap(({ kind, value }) => (kind === "varint" ? [] : [value]));
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
