import { quote, quoteList, quoteValue } from "../../arguments/index.ts";
import { DTYPES, isDtype, storageOf } from "./dtype.ts";
import { METADATA, MOST_HEADER_BYTES } from "./header.ts";
import { PREFACE } from "./preface.ts";
import { countOf, MOST_AXES, type Tensor } from "./tensor.ts";

/**
 * Tensors as the bytes of a file, the same as from the format's reference writer. Tensors are sorted by type, the widest
 * first, so that each is aligned to its elements' size, and then by name. Values are written bit for bit, NaNs too. F16 and
 * BF16 come from a Float32Array with values that they can represent exactly, BOOL from a Uint8Array of 0 and 1. For files
 * larger than the largest array, use `safetensorsPieces`.
 *
 * @param metadata texts by name, sorted by name in the file; left out if empty
 *
 * Throws a RangeError for a name that is empty, `__metadata__`, not valid Unicode or not unique, for data that do not fit
 * their dtype and shape, and for metadata that are not texts.
 */
export function writeSafetensors(
  tensors: Iterable<Tensor>,
  metadata: ReadonlyMap<string, string> = new Map(),
): Uint8Array {
  const pieces = [...safetensorsPieces(tensors, metadata)];
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/**
 * The same in pieces: the header, then the bytes of each tensor, without a copy where possible. So a file can be larger than
 * the largest array. Everything is checked first, except the values of F16 and BF16, which are checked when written.
 */
export function safetensorsPieces(
  tensors: Iterable<Tensor>,
  metadata: ReadonlyMap<string, string> = new Map(),
): Iterable<Uint8Array> {
  const sorted = [...tensors].map(checked).sort(inOrder);
  refuseTwins(sorted);
  return inPieces(headerOf(sorted, metadata), sorted);
}

function* inPieces(header: Uint8Array, tensors: readonly Tensor[]): Iterable<Uint8Array> {
  yield header;
  for (const { name, dtype, data } of tensors) yield named(name, () => storageOf(dtype).encode(data));
}

function headerOf(tensors: readonly Tensor[], metadata: ReadonlyMap<string, string>): Uint8Array {
  let begin = 0;
  const members = tensors.map(({ name, dtype, shape, data }) => {
    const end = begin + (data.length * storageOf(dtype).bits) / 8;
    const offsets = [begin, end];
    begin = end;
    return `${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets: offsets })}`;
  });
  const texts = metadataOf(metadata);
  const text = `{${[...(texts === undefined ? [] : [texts]), ...members].join(",")}}`;
  return withLength(new TextEncoder().encode(text));
}

/** The header with its length in eight bytes before it, and padded with spaces so that the data begin at a multiple of eight. */
function withLength(json: Uint8Array): Uint8Array {
  const length = Math.ceil(json.length / 8) * 8;
  if (length > MOST_HEADER_BYTES)
    throw new RangeError(
      `the header has ${length} bytes, at most ${MOST_HEADER_BYTES} are allowed; write several files`,
    );
  const bytes = new Uint8Array(PREFACE + length).fill(32);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(json, PREFACE);
  return bytes;
}

function metadataOf(metadata: ReadonlyMap<string, string>): string | undefined {
  if (!(metadata instanceof Map)) throw new RangeError(`metadata are ${quoteValue(metadata)}; give a Map of texts`);
  for (const [key, value] of metadata)
    for (const text of [key, value])
      if (typeof text !== "string" || !isText(text))
        throw new RangeError(
          `metadata ${quoteValue(key)} has ${quoteValue(text)}, which is not valid Unicode text; give texts only`,
        );
  if (metadata.size === 0) return undefined;
  const members = [...metadata].sort(([a], [b]) => byCodePoint(a, b));
  return `"${METADATA}":{${members.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(",")}}`;
}

function checked(tensor: Tensor): Tensor {
  const { name, dtype, shape, data } = tensor;
  if (typeof name !== "string" || name === "" || name === METADATA || !isText(name))
    throw new RangeError(`a tensor is named ${quoteValue(name)}; give a Unicode text, not empty, nor ${METADATA}`);
  return named(name, () => {
    if (!isDtype(dtype)) throw new RangeError(`its dtype is ${quoteValue(dtype)}; allowed: ${DTYPES.join(", ")}`);
    const count = shapeCount(shape);
    const { array, fault } = storageOf(dtype);
    const given = ArrayBuffer.isView(data) ? data[Symbol.toStringTag] : quoteValue(data);
    if (given !== array) throw new RangeError(`its data are ${given}; ${dtype} needs a ${array}`);
    if (data.length !== count)
      throw new RangeError(`it has ${data.length} elements; its shape ${quoteList(shape)} needs ${count}`);
    const problem = fault?.(data);
    if (problem !== undefined) throw new RangeError(problem);
    return tensor;
  });
}

function shapeCount(shape: readonly number[]): number {
  const isShape =
    Array.isArray(shape) &&
    shape.length <= MOST_AXES &&
    shape.every((length) => Number.isSafeInteger(length) && length >= 0);
  const count = isShape ? countOf(shape) : undefined;
  if (count !== undefined) return count;
  throw new RangeError(`its shape is ${quoteValue(shape)}; give a list of at most ${MOST_AXES} whole numbers from 0`);
}

function refuseTwins(sorted: readonly Tensor[]): void {
  const names = new Set<string>();
  for (const { name } of sorted) {
    if (names.has(name)) throw new RangeError(`two tensors are named ${quote(name)}; give each its own name`);
    names.add(name);
  }
}

/** Adds the tensor's name to errors. */
function named<T>(name: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw error instanceof RangeError
      ? new RangeError(`tensor ${quote(name)}: ${error.message}`, { cause: error })
      : error;
  }
}

const inOrder = (a: Tensor, b: Tensor): number =>
  DTYPES.indexOf(a.dtype) - DTYPES.indexOf(b.dtype) || byCodePoint(a.name, b.name);

/** UTF-8's order: JavaScript would sort a code point above 0xffff, which is two surrogates, before 0xe000. */
function byCodePoint(a: string, b: string): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++)
    if (a[i] !== b[i]) return rank(a.charCodeAt(i)) - rank(b.charCodeAt(i));
  return a.length - b.length;
}

const rank = (unit: number): number => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit);

/** UTF-8 cannot encode a lone surrogate. */
const isText = (text: string): boolean => !/\p{Cs}/u.test(text);
