import { DAMAGED, SafetensorsError } from "./error.ts";
import { foreignFormat } from "./foreign.ts";
import { MOST_HEADER_BYTES } from "./header.ts";

/** A file begins with eight bytes: the length of its header in bytes, little-endian. */
export const PREFACE = 8;

/**
 * The length of a file's header. Throws a SafetensorsError if the first bytes cannot be safetensors, with the name of the
 * actual format if it is known.
 *
 * @param start the first bytes, up to `TELLING` of them
 * @param size the file's size in bytes
 * @param where the file's name in errors
 */
export function headerLength(start: Uint8Array, size: number, where: string): number {
  const length = size < PREFACE ? 0n : lengthIn(start);
  const problem = problemOf(length, start, size);
  if (problem === undefined) return Number(length);
  const foreign = foreignFormat(start);
  if (foreign !== undefined)
    throw new SafetensorsError(where, `it is ${foreign.name}, not safetensors`, foreign.advice);
  throw new SafetensorsError(where, problem, DAMAGED);
}

function problemOf(length: bigint, start: Uint8Array, size: number): string | undefined {
  if (size === 0) return "it is empty";
  if (size < PREFACE) return `it has ${size} bytes, fewer than the ${PREFACE} with which safetensors begin`;
  if (length === 0n) return "its header is empty; safetensors have at least {}";
  if (length > MOST_HEADER_BYTES)
    return `its header would have ${length} bytes, at most ${MOST_HEADER_BYTES} are allowed`;
  if (length > size - PREFACE) return `its header would have ${length} bytes, but only ${size - PREFACE} follow`;
  return beginsWithBrace(start.subarray(PREFACE)) ? undefined : "its header does not begin with {";
}

const lengthIn = (start: Uint8Array): bigint =>
  new DataView(start.buffer, start.byteOffset, PREFACE).getBigUint64(0, true);

/** The format requires the brace first, but the reference reader allows white space before it, with which some writers fill a page. */
function beginsWithBrace(header: Uint8Array): boolean {
  const first = header.find((byte) => byte !== 32 && byte !== 10 && byte !== 13 && byte !== 9);
  return first === undefined || first === 123;
}
