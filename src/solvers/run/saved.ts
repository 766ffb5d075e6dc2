import { quoteValue } from "../../arguments/index.ts";
import { textOfVector, vectorOfText } from "../../files/index.ts";
import type { SearchState } from "./state.ts";

/** Writes a search as JSON, which `readSearch` restores to the bit on any machine. Numbers that JSON lacks become strings. */
export const writeSearch = (state: SearchState): string => JSON.stringify(state, encoded);

/** Reads a search that `writeSearch` wrote. Throws a SyntaxError if the text is not JSON, or not a search. */
export function readSearch(text: string): SearchState {
  const state: unknown = JSON.parse(text, decoded);
  if (!isSearch(state))
    throw new SyntaxError(`readSearch: ${quoteValue(text)} is not a search; pass a text that writeSearch wrote`);
  return state;
}

type Entries = Readonly<Record<string, unknown>>;

/**
 * A search as named vectors, for records of numbers and vectors such as `saveState` writes. The search's own vectors appear once each,
 * without a copy; `text` holds the JSON around them, one byte of UTF-8 in each element.
 */
export function packSearch(state: SearchState): Record<string, Float32Array | Float64Array> {
  const vectors: Float64Array[] = [];
  const text = JSON.stringify(state, (key, value: unknown) => {
    if (!(value instanceof Float64Array)) return encoded(key, value);
    if (!vectors.includes(value)) vectors.push(value);
    return { vector: vectors.indexOf(value) };
  });
  return { text: vectorOfText(text), ...Object.fromEntries(vectors.entries()) };
}

/** The search that `packSearch` packed, with copies of the vectors. Throws a SyntaxError if it is not a search or is incomplete. */
export const unpackSearch = (packed: Entries): SearchState => unpack(packed, {});

/** A copy that the next step does not change. It reuses the vectors of a spare search that fit: allocating takes far longer than copying. */
export const copySearch = (state: SearchState, spare?: SearchState): SearchState =>
  unpack(packSearch(state), spare === undefined ? {} : packSearch(spare));

function unpack({ text, ...packed }: Entries, room: Entries): SearchState {
  const vectors = new Map(Object.entries(packed).map(([name, value]) => [name, copied(value, room[name])]));
  const written = textOfVector(text) ?? "null";
  const state: unknown = JSON.parse(written, (key, value: unknown) =>
    isPlace(value) ? (vectors.get(String(value.vector)) ?? copied(undefined)) : decoded(key, value),
  );
  if (!isSearch(state)) throw new SyntaxError("unpackSearch: this is not a search; pass the result of packSearch");
  return state;
}

function copied(vector: unknown, to?: unknown): Float64Array {
  if (!(vector instanceof Float64Array))
    throw new SyntaxError(`unpackSearch: expected a Float64Array, but found ${quoteValue(vector)}`);
  if (!(to instanceof Float64Array && to.length === vector.length)) return vector.slice();
  to.set(vector);
  return to;
}

const isPlace = (value: unknown): value is { readonly vector: unknown } =>
  typeof value === "object" && value !== null && "vector" in value;

function encoded(_: string, value: unknown): unknown {
  if (value instanceof Float64Array) return { float64: Array.from(value, (x) => (isInJson(x) ? x : wordOf(x))) };
  if (value instanceof Int32Array) return { int32: [...value] };
  return typeof value === "number" && !isInJson(value) ? { number: wordOf(value) } : value;
}

function decoded(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("float64" in value && Array.isArray(value.float64)) return Float64Array.from(value.float64, Number);
  if ("int32" in value && Array.isArray(value.int32)) return Int32Array.from(value.int32, Number);
  return "number" in value ? Number(value.number) : value;
}

/** JSON writes 0 for −0, and null for infinities and NaN; all other numbers survive a round trip. */
const isInJson = (x: number): boolean => Number.isFinite(x) && !Object.is(x, -0);
const wordOf = (x: number): string => (Object.is(x, -0) ? "-0" : String(x));

function isSearch(state: unknown): state is SearchState {
  if (typeof state !== "object" || state === null) return false;
  if (!("solver" in state && "here" in state && "steps" in state && "counts" in state)) return false;
  const { here } = state;
  return typeof here === "object" && here !== null && "x" in here && here.x instanceof Float64Array;
}
