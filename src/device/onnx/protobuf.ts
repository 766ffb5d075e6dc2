/**
 * A message in protobuf's binary form (https://protobuf.dev/programming-guides/encoding). A field is its number and wire
 * type, then the value: a varint, four bytes, or a length and that many bytes.
 *
 * A nested message begins with its length, so everything is written twice: the first pass only counts bytes.
 */
export interface Message {
  /** An int64, an int32 or an enum. Throws a RangeError for a number that is not exact or needs more than 64 bits. */
  integer(field: number, value: number | bigint): void;
  /** A float: the number rounded to float32. */
  float(field: number, value: number): void;
  /** A string. */
  text(field: number, value: string): void;
  bytes(field: number, value: Uint8Array): void;
  /** A message, with the fields that `write` gives it. */
  message(field: number, write: () => void): void;
}

/** Writes a message's fields. It is called twice, and must write the same fields each time. */
export type Write = (message: Message) => void;

/** The message's bytes. Before they are allocated, `check` is called with their number, and may throw. */
export function encode(write: Write, check: (size: number) => void): Uint8Array<ArrayBuffer> {
  const count = new Writer([], undefined);
  write(count);
  check(count.size);
  const bytes = new Uint8Array(count.size);
  write(new Writer(count.lengths, bytes));
  return bytes;
}

/** The wire types in an ONNX model. */
const VARINT = 0;
const DELIMITED = 2;
const FOUR_BYTES = 5;

/** Texts whose UTF-8 is one byte per character. */
const ASCII = /^[ -~]*$/;
const UTF8 = new TextEncoder();

class Writer implements Message {
  /** Bytes written, or counted. */
  size = 0;
  /** The lengths of nested messages, in the order in which they begin: collected by the first pass. */
  readonly lengths: number[];
  readonly #to: Uint8Array | undefined;
  #begun = 0;

  constructor(lengths: number[], to: Uint8Array | undefined) {
    this.lengths = lengths;
    this.#to = to;
  }

  integer(field: number, value: number | bigint): void {
    this.#start(field, VARINT);
    this.#varint(value);
  }

  float(field: number, value: number): void {
    this.#start(field, FOUR_BYTES);
    this.#bytes(new Uint8Array(Float32Array.of(value).buffer));
  }

  text(field: number, value: string): void {
    if (ASCII.test(value)) this.#ascii(field, value);
    else this.bytes(field, UTF8.encode(value));
  }

  bytes(field: number, value: Uint8Array): void {
    this.#start(field, DELIMITED);
    this.#varint(value.length);
    this.#bytes(value);
  }

  message(field: number, write: () => void): void {
    const which = this.#begun++;
    this.#start(field, DELIMITED);
    if (this.#to !== undefined) this.#varint(this.lengths[which]);
    const before = this.size;
    write();
    if (this.#to !== undefined) return;
    this.lengths[which] = this.size - before;
    this.#varint(this.lengths[which]);
  }

  /** A large model is mostly names, and encoding each with TextEncoder would take ten times as long. */
  #ascii(field: number, value: string): void {
    this.#start(field, DELIMITED);
    this.#varint(value.length);
    for (let i = 0; i < value.length; i++) this.#byte(value.charCodeAt(i));
  }

  #start(field: number, form: number): void {
    this.#varint(field * 8 + form);
  }

  /** Seven bits per byte, lowest first; the eighth bit means that more follow. Negative numbers have all 64 bits. */
  #varint(value: number | bigint): void {
    let rest = value >= 0 && Number.isSafeInteger(value) ? Number(value) : int64(value);
    if (typeof rest === "bigint") for (; rest > 127n; rest >>= 7n) this.#byte(Number(rest & 127n) + 128);
    else for (; rest > 127; rest = Math.floor(rest / 128)) this.#byte((rest % 128) + 128);
    this.#byte(Number(rest));
  }

  #byte(value: number): void {
    if (this.#to !== undefined) this.#to[this.size] = value;
    this.size += 1;
  }

  #bytes(value: Uint8Array): void {
    this.#to?.set(value, this.size);
    this.size += value.length;
  }
}

/** The bits of a signed 64-bit integer, as an unsigned one. */
function int64(value: number | bigint): bigint {
  if (typeof value === "number" && !Number.isSafeInteger(value))
    throw new RangeError(`${value} is not a whole number that is exact, one within ±(2^53 − 1)`);
  const whole = BigInt(value);
  if (BigInt.asIntN(64, whole) !== whole) throw new RangeError(`${value} does not fit into 64 bits with a sign`);
  return BigInt.asUintN(64, whole);
}
