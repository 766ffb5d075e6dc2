import { quote, quoteList } from "../../arguments/index.ts";
import { bitsOf, conversionOf, dtypeOf } from "./dtype.ts";
import { DAMAGED, SafetensorsError } from "./error.ts";
import { refuseGaps } from "./gaps.ts";
import { Scanner } from "./scanner.ts";
import { countOf, MOST_AXES, type TensorType } from "./tensor.ts";

/** The most bytes of a header, as in the reference reader. */
export const MOST_HEADER_BYTES = 100_000_000;

/** The header's entry for metadata. */
export const METADATA = "__metadata__";

/** A tensor's location: from `begin` up to, but not including, `end`, in bytes after the header. */
export interface Entry extends TensorType {
  readonly name: string;
  readonly begin: number;
  readonly end: number;
}

/** A file's header. */
export interface Header {
  readonly tensors: ReadonlyMap<string, Entry>;
  readonly metadata: ReadonlyMap<string, string>;
}

/** A tensor's entry in the header, before validation. */
interface Stated {
  dtype?: string;
  shape?: readonly number[];
  data_offsets?: readonly number[];
}

/**
 * Parses a header and checks it against the data's size. Throws a SafetensorsError.
 *
 * @param dataBytes the number of bytes after the header
 * @param where the file's name in errors
 */
export function parseHeader(bytes: Uint8Array, dataBytes: number, where: string): Header {
  const scanner = new Scanner(textOf(bytes, where), where);
  const tensors = new Map<string, Entry>();
  let metadata: Map<string, string> | undefined;
  scanner.members((name) => {
    if (name === METADATA) {
      const isNew = metadata === undefined;
      metadata = texts(scanner);
      return isNew;
    }
    const before = tensors.size;
    return tensors.set(name, entryOf(readTensorEntry(scanner), name, where)).size > before;
  });
  scanner.end();
  refuseGaps(tensors, dataBytes, where);
  return { tensors, metadata: metadata ?? new Map() };
}

function textOf(bytes: Uint8Array, where: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new SafetensorsError(where, "its header is not UTF-8 text", DAMAGED);
  }
}

function texts(scanner: Scanner): Map<string, string> {
  const read = new Map<string, string>();
  scanner.members((name) => {
    const before = read.size;
    return read.set(name, scanner.string()).size > before;
  });
  return read;
}

/** `{"dtype": …, "shape": …, "data_offsets": …}`, in any order. */
function readTensorEntry(scanner: Scanner): Stated {
  const fields: Stated = {};
  scanner.members((field) => {
    if (field === "dtype") return put(fields, "dtype", scanner.string());
    if (field === "shape") return put(fields, "shape", scanner.wholeNumbers(MOST_AXES));
    if (field === "data_offsets") return put(fields, "data_offsets", scanner.wholeNumbers(2));
    return scanner.fail(`a tensor has ${quote(field)}; it may have dtype, shape and data_offsets alone`);
  });
  return fields;
}

/** Sets a field; returns whether it was new. */
function put<K extends keyof Stated>(fields: Stated, field: K, value: Stated[K]): boolean {
  const isNew = fields[field] === undefined;
  fields[field] = value;
  return isNew;
}

function entryOf({ dtype, shape, data_offsets: offsets }: Stated, name: string, where: string): Entry {
  if (dtype === undefined) return refuse(name, "has no dtype", where);
  if (shape === undefined) return refuse(name, "has no shape", where);
  if (offsets?.length !== 2) return refuse(name, "has no data_offsets of two numbers", where);
  const [begin, end] = offsets;
  if (end < begin) return refuse(name, `ends at byte ${end}, before it begins at ${begin}`, where);
  const bits = bitsOf(dtype);
  if (bits === undefined)
    return refuse(name, `is of type ${quote(dtype)}, which the format does not have`, where, conversionOf(dtype));
  const bytes = ((countOf(shape) ?? Number.NaN) * bits) / 8;
  if (!(bytes <= Number.MAX_SAFE_INTEGER)) return refuse(name, `of shape ${quoteList(shape)} is too large`, where);
  if (bytes !== end - begin) {
    const needs = `of type ${dtype} and shape ${quoteList(shape)} takes ${bytes} bytes`;
    return refuse(name, `${needs}, its data_offsets ${end - begin}`, where);
  }
  const known = dtypeOf(dtype);
  if (known === undefined)
    return refuse(name, `is of type ${dtype}, for which JavaScript has no array`, where, conversionOf(dtype));
  return { name, dtype: known, shape, begin, end };
}

function refuse(name: string, problem: string, where: string, advice = DAMAGED): never {
  throw new SafetensorsError(where, `tensor ${quote(name)} ${problem}`, advice);
}
