// The few WebAssembly instructions that the loops use, as bytes: sections 5.2 and 5.4 of the specification,
// https://www.w3.org/TR/wasm-core-2/

/** Instructions and operands, nested like the program; flattened from left to right they are its bytes. */
export type Code = number | readonly Code[];

/** An unsigned number in LEB128: seven bits a byte, lowest first. */
export function unsigned(value: number): Code {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) + 0x80);
  return [...bytes, rest];
}

/** A signed number in LEB128: the last byte's bit 6 is the sign. */
export function signed(value: number): Code {
  const bytes: number[] = [];
  let rest = value;
  for (; rest < -0x40 || rest >= 0x40; rest >>= 7) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest & 0x7f];
}

const float = (value: number, dtype: "f32" | "f64"): readonly number[] => [
  ...new Uint8Array((dtype === "f32" ? Float32Array : Float64Array).of(value).buffer),
];

/** Control. Blocks take and leave nothing on the stack. */
const NO_VALUE = 0x40;
export const END = 0x0b;
export const when = (body: Code): Code => [0x04, NO_VALUE, body, END];
/** A while loop: tests the condition before each pass through the body. */
export const repeatWhile = (condition: Code, body: Code): Code => [
  condition,
  when([0x03, NO_VALUE, body, condition, 0x0d, 0, END]),
];
export const leave = 0x0f;
export const call = (index: number): Code => [0x10, unsigned(index)];
export const select = 0x1b;

export const get = (local: number): Code => [0x20, unsigned(local)];
export const set = (local: number): Code => [0x21, unsigned(local)];

/** A memory operand: the address on the stack plus an offset. The alignment, one byte, is only a hint. */
const at = (offset: number): Code => [0, unsigned(offset)];

export const i32 = {
  const: (value: number): Code => [0x41, signed(value)],
  greaterEqual: 0x4f,
  add: 0x6a,
  sub: 0x6b,
} as const;

export const f64 = {
  load: (offset: number): Code => [0x2b, at(offset)],
  store: (offset: number): Code => [0x39, at(offset)],
  const: (value: number): Code => [0x44, float(value, "f64")],
  eq: 0x61,
  ne: 0x62,
  lt: 0x63,
  gt: 0x64,
  le: 0x65,
  ge: 0x66,
  abs: 0x99,
  neg: 0x9a,
  ceil: 0x9b,
  floor: 0x9c,
  nearest: 0x9e,
  sqrt: 0x9f,
  add: 0xa0,
  sub: 0xa1,
  mul: 0xa2,
  div: 0xa3,
  min: 0xa4,
  max: 0xa5,
  fromInteger: 0xb8,
  fromFloat32: 0xbb,
} as const;

export const f32 = { fromFloat64: 0xb6 } as const;

const simd = (opcode: number): Code => [0xfd, unsigned(opcode)];

export const v128 = {
  load: (offset: number): Code => [simd(0x00), at(offset)],
  store: (offset: number): Code => [simd(0x0b), at(offset)],
  /** Loads one element into lane 0, and zeros into the rest. */
  load32: (offset: number): Code => [simd(0x5c), at(offset)],
  load64: (offset: number): Code => [simd(0x5d), at(offset)],
  /** Stores lane 0 only. */
  store32: (offset: number): Code => [simd(0x5a), at(offset), 0],
  store64: (offset: number): Code => [simd(0x5b), at(offset), 0],
  const: (bytes: readonly number[]): Code => [simd(0x0c), bytes],
  /** Picks 16 bytes by their indices in the two concatenated operands. */
  shuffle: (places: readonly number[]): Code => [simd(0x0d), places],
  and: simd(0x4e),
  /** The first operand's bits where the second's are 0, else 0. */
  andNot: simd(0x4f),
  xor: simd(0x51),
  bitselect: simd(0x52),
} as const;

export const i32x4 = {
  const: (a: number, b: number, c: number, d: number): Code =>
    v128.const([...new Uint8Array(Int32Array.of(a, b, c, d).buffer)]),
  splat: simd(0x11),
  lessUnsigned: simd(0x3a),
  shiftRightUnsigned: simd(0xad),
  add: simd(0xae),
  mul: simd(0xb5),
} as const;

/** Two of the four 32-bit lanes, with their signs, as 64-bit lanes. */
export const i64x2 = { lowerHalf: simd(0xc7), upperHalf: simd(0xc8) } as const;

export const f32x4 = {
  const: (value: number): Code => v128.const(Array(4).fill(float(value, "f32")).flat()),
  splat: simd(0x13),
  extract: (lane: number): Code => [simd(0x1f), lane],
  replace: (lane: number): Code => [simd(0x20), lane],
  eq: simd(0x41),
  ne: simd(0x42),
  lt: simd(0x43),
  gt: simd(0x44),
  le: simd(0x45),
  ge: simd(0x46),
  ceil: simd(0x67),
  floor: simd(0x68),
  nearest: simd(0x6a),
  abs: simd(0xe0),
  neg: simd(0xe1),
  sqrt: simd(0xe3),
  add: simd(0xe4),
  sub: simd(0xe5),
  mul: simd(0xe6),
  div: simd(0xe7),
  min: simd(0xe8),
  max: simd(0xe9),
} as const;

export const f64x2 = {
  const: (value: number): Code => v128.const(Array(2).fill(float(value, "f64")).flat()),
  splat: simd(0x14),
  extract: (lane: number): Code => [simd(0x21), lane],
  replace: (lane: number): Code => [simd(0x22), lane],
  eq: simd(0x47),
  ne: simd(0x48),
  lt: simd(0x49),
  gt: simd(0x4a),
  le: simd(0x4b),
  ge: simd(0x4c),
  /** The two lower float32 lanes. */
  fromFloat32: simd(0x5f),
  ceil: simd(0x74),
  floor: simd(0x75),
  nearest: simd(0x94),
  abs: simd(0xec),
  neg: simd(0xed),
  sqrt: simd(0xef),
  add: simd(0xf0),
  sub: simd(0xf1),
  mul: simd(0xf2),
  div: simd(0xf3),
  min: simd(0xf4),
  max: simd(0xf5),
} as const;
