import { DataError } from "../error.ts";

/** A field of a message in protobuf's binary form: a whole number, or bytes, by its wire type. */
export type Field =
  | { readonly number: number; readonly kind: "varint"; readonly value: bigint }
  | { readonly number: number; readonly kind: "bytes" | "four" | "eight"; readonly value: Uint8Array };

/** What to do with a file that breaks the format's rules. */
const DAMAGED = "the file is damaged or not an ONNX model: get it again from a source that you trust";

/** An error about an ONNX file. */
export function refuse(where: string, problem: string, advice = DAMAGED): never {
  throw new DataError(where, problem, advice);
}

/** Wire types: https://protobuf.dev/programming-guides/encoding */
const [VARINT, EIGHT, DELIMITED, FOUR] = [0, 1, 2, 5];

/** Bits of a varint: more do not fit into 64. */
const MOST_BITS = 63n;

/**
 * The fields of a message, in their order. They are views of its bytes, so a length that is too large is an error and allocates
 * nothing. Throws a DataError for bytes that are no message.
 */
export function* fieldsOf(bytes: Uint8Array, where: string): Generator<Field, void> {
  const reader = new Reader(bytes, where);
  while (!reader.isAtEnd()) {
    const tag = reader.varint();
    const [number, wire] = [Number(tag >> 3n), Number(tag & 7n)];
    if (number < 1 || number > 2 ** 29 - 1) refuse(where, `a field has the number ${number}`);
    if (wire === VARINT) yield { number, kind: "varint", value: reader.varint() };
    else if (wire === EIGHT) yield { number, kind: "eight", value: reader.take(8n) };
    else if (wire === FOUR) yield { number, kind: "four", value: reader.take(4n) };
    else if (wire === DELIMITED) yield { number, kind: "bytes", value: reader.take(reader.varint()) };
    else refuse(where, `a field has the wire type ${wire}`);
  }
}

/** The varints of a packed field. */
export function* varintsOf(bytes: Uint8Array, where: string): Generator<bigint, void> {
  const reader = new Reader(bytes, where);
  while (!reader.isAtEnd()) yield reader.varint();
}

class Reader {
  readonly #bytes: Uint8Array;
  readonly #where: string;
  #at = 0;

  constructor(bytes: Uint8Array, where: string) {
    this.#bytes = bytes;
    this.#where = where;
  }

  isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift <= MOST_BITS; shift += 7n) {
      if (this.isAtEnd()) refuse(this.#where, "it ends in the middle of a number");
      const byte = this.#bytes[this.#at++];
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asUintN(64, value);
    }
    return refuse(this.#where, "a number has more than 64 bits");
  }

  take(length: bigint): Uint8Array {
    const left = this.#bytes.length - this.#at;
    if (length > BigInt(left)) refuse(this.#where, `a field has ${length} bytes, but only ${left} are left`);
    const begin = this.#at;
    this.#at += Number(length);
    return this.#bytes.subarray(begin, this.#at);
  }
}

/** A text. Throws a DataError if it is not UTF-8. */
export function textOf(bytes: Uint8Array, where: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refuse(where, "a name is not UTF-8 text");
  }
}
