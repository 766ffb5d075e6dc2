import type { DType, Vector } from "../../expr/index.ts";
import type { Views } from "../device.ts";

/**
 * The common length of the vectors of these names. Throws if one is missing or has another type (TypeError), or if lengths
 * differ or two overlap (RangeError).
 */
export function checkVectors(names: readonly string[], dtype: DType, vectors: Views): number {
  const buffers: ArrayBufferLike[] = [];
  for (let i = 0; i < names.length; i++) {
    const vector = vectors[names[i]];
    checkType(names[i], dtype, vector);
    if (vector.length !== vectors[names[0]].length) throw new RangeError(differ(vectors, names[0], names[i]));
    const { buffer } = vector;
    if (buffers.includes(buffer)) checkApart(names.slice(0, i), names[i], vectors);
    buffers.push(buffer);
  }
  return names.length === 0 ? 0 : vectors[names[0]].length;
}

/** Its name in errors; no name in a program contains a space. */
const SPARE = "to spare";

/**
 * The name of the spare vector, if it is one of the kernel's. Throws if it has another type (TypeError) or length, or
 * overlaps another vector (RangeError).
 */
export function checkSpare(names: readonly string[], vectors: Views, spare: Vector, dtype: DType): string | undefined {
  checkType(SPARE, dtype, spare);
  const { buffer, byteOffset, length } = spare;
  const of = names.find((name) => vectors[name].buffer === buffer && vectors[name].byteOffset === byteOffset);
  const [first] = names;
  if (first !== undefined && vectors[first].length !== length)
    throw new RangeError(`kernel: vector ${first} has ${vectors[first].length} numbers, that ${SPARE} has ${length}`);
  if (of === undefined) checkApart(names, SPARE, { ...vectors, [SPARE]: spare });
  return length === 0 ? undefined : of;
}

function checkType(name: string, dtype: DType, vector: Vector | undefined): void {
  if (dtype === "f32" ? vector instanceof Float32Array : vector instanceof Float64Array) return;
  throw new TypeError(
    `kernel: vector ${name} must be a ${dtype === "f32" ? "Float32Array" : "Float64Array"}, not ${typeName(vector)}`,
  );
}

const typeName = (value: unknown): string =>
  typeof value === "object" && value !== null ? value.constructor.name : `${value}`;

const differ = (vectors: Views, a: string, b: string): string =>
  `kernel: vector ${a} has ${vectors[a].length} numbers, vector ${b} has ${vectors[b].length}`;

/** Throws if a vector shares memory with one of the others. */
function checkApart(others: readonly string[], name: string, vectors: Views): void {
  const a = vectors[name];
  for (const other of others) {
    const b = vectors[other];
    const apart = a.byteOffset + a.byteLength <= b.byteOffset || b.byteOffset + b.byteLength <= a.byteOffset;
    if (a.buffer === b.buffer && !apart) throw new RangeError(`kernel: vectors ${other} and ${name} overlap in memory`);
  }
}
