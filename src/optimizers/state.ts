import { checkNumber, isOptions, quoteValue, whole } from "../arguments/index.ts";
import type { Vector } from "../expr/index.ts";
import { dtypeOf, isVector } from "../expr/index.ts";

/** An optimizer's state: the number of steps taken, vectors like w, and scalars. */
export interface State {
  /** Steps taken. */
  t: number;
  [slot: string]: number | Vector;
}

/** Throws a TypeError unless w is a vector. */
export function checkWeights(name: string, w: unknown): void {
  if (!isVector(w)) throw new TypeError(`${name}: w must be a Float32Array or Float64Array`);
}

/** Throws if a vector differs from w in type or length. */
export function checkAlike(what: string, given: Vector, w: Vector): void {
  if (!isVector(given)) throw new TypeError(`${what} must be a Float32Array or Float64Array`);
  if (given.length !== w.length || dtypeOf(given) !== dtypeOf(w))
    throw new RangeError(
      `${what} is a ${given.constructor.name} of length ${given.length}; w is a ${w.constructor.name} of length ${w.length}`,
    );
}

const STEPS = whole(0);

/**
 * Throws for a state from which no step can be taken. To be called before a step writes anything: it changes the state last.
 *
 * @param scalars names of the numbers that the rule keeps in the state
 */
export function checkState(name: string, state: State, scalars: readonly string[] = []): void {
  const counts = typeof state === "object" && state !== null && Number.isSafeInteger(state.t) && state.t >= 0;
  if (!counts || Object.isFrozen(state)) throw refusalOf(name, state);
  for (const scalar of scalars)
    if (typeof state[scalar] !== "number")
      throw new TypeError(
        `${name}: state.${scalar} is ${quoteValue(state[scalar])}; it must be a number, as init(w) makes it`,
      );
}

function refusalOf(name: string, state: State): Error {
  if (!isOptions(state)) return new TypeError(`${name}: the state is ${quoteValue(state)}; make it with init(w)`);
  checkNumber(`${name}: state.t, the number of steps taken,`, state.t, STEPS);
  return new TypeError(`${name}: the state is frozen, and a step changes it; step on a copy, { ...state }`);
}

/** Throws if vectors of a step share memory, since it would write to one while it reads the other. */
export function checkApart(name: string, slots: readonly string[], w: Vector, g: Vector, state: State): void {
  if (overlap(w, g)) throw shared(name, "w", "g");
  for (const [i, slot] of slots.entries()) {
    const vector = state[slot];
    if (!isVector(vector)) continue; // another check's error
    if (overlap(vector, w)) throw shared(name, "w", slot);
    if (overlap(vector, g)) throw shared(name, "g", slot);
    for (let k = 0; k < i; k++) {
      const other = state[slots[k]];
      if (isVector(other) && overlap(vector, other)) throw shared(name, slots[k], slot);
    }
  }
}

const shared = (name: string, one: string, other: string): RangeError =>
  new RangeError(`${name}: ${one} and ${other} share memory; give each a vector of its own, such as ${other}.slice()`);

const overlap = (a: Vector, b: Vector): boolean =>
  a.buffer === b.buffer && a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;

const FORMAT = "downhill-state 1";

/** The state as bytes: a line of JSON that names what follows, then the vectors' elements, little-endian. */
export function saveState(state: State): Uint8Array {
  const numbers: Record<string, number> = {};
  const vectors: { name: string; dtype: string; length: number }[] = [];
  const parts: Uint8Array[] = [];
  for (const [name, value] of Object.entries(state))
    if (isVector(value)) {
      vectors.push({ name, dtype: dtypeOf(value), length: value.length });
      parts.push(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    } else numbers[name] = value;
  const head = new TextEncoder().encode(`${JSON.stringify({ format: FORMAT, numbers: exact(numbers), vectors })}\n`);
  return concatBytes([head, ...parts]);
}

/** Numbers as text that reads back to the same bits, including numbers that are not finite. */
const exact = (numbers: Readonly<Record<string, number>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(numbers).map(([name, value]) => [name, Object.is(value, -0) ? "-0" : String(value)]),
  );

function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Reads what `saveState` wrote. Throws a RangeError if the bytes are not a complete state. */
export function loadState(bytes: Uint8Array): State {
  const end = bytes.indexOf(10);
  const head = readHead(new TextDecoder().decode(bytes.subarray(0, Math.max(0, end))));
  const state: State = { t: 0 };
  for (const [name, value] of Object.entries(head.numbers)) state[name] = Number(value);
  let at = end + 1;
  for (const { name, dtype, length } of head.vectors) {
    const size = length * (dtype === "f32" ? 4 : 8);
    if (at + size > bytes.length) throw new RangeError(`saved state: ${name} is cut short; the file is incomplete`);
    // Copies; slice would not copy a Node Buffer.
    const copy = new Uint8Array(bytes.subarray(at, at + size)).buffer;
    state[name] = dtype === "f32" ? new Float32Array(copy) : new Float64Array(copy);
    at += size;
  }
  checkNumber("saved state: t, the number of steps taken,", state.t, STEPS);
  if (at !== bytes.length) throw new RangeError(`saved state: ${bytes.length - at} bytes too many`);
  return state;
}

interface Head {
  readonly numbers: Readonly<Record<string, string>>;
  readonly vectors: readonly { name: string; dtype: string; length: number }[];
}

function readHead(text: string): Head {
  const head: unknown = tryParse(text);
  if (!isHead(head))
    throw new RangeError(`saved state: the first line does not say "${FORMAT}"; this is not a saved state`);
  return head;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isHead(head: unknown): head is Head {
  return (
    typeof head === "object" &&
    head !== null &&
    "format" in head &&
    head.format === FORMAT &&
    "numbers" in head &&
    typeof head.numbers === "object" &&
    head.numbers !== null &&
    Object.values(head.numbers).every((value) => typeof value === "string") &&
    "vectors" in head &&
    Array.isArray(head.vectors) &&
    head.vectors.every(
      (v: unknown) =>
        typeof v === "object" &&
        v !== null &&
        "name" in v &&
        typeof v.name === "string" &&
        "dtype" in v &&
        (v.dtype === "f32" || v.dtype === "f64") &&
        "length" in v &&
        Number.isSafeInteger(v.length) &&
        Number(v.length) >= 0,
    )
  );
}
