import { quoteValue } from "../../expr/quote.ts";
import type { SearchState } from "./state.ts";

/**
 * A search as text, from which `readSearch` makes the same to the bit, here or elsewhere: vectors are written as the bytes of their
 * numbers, in base64, and numbers that JSON lacks as words.
 */
export const writeSearch = (state: SearchState): string => JSON.stringify(state, encoded);

/** The search that `writeSearch` wrote. Throws a SyntaxError where the text is not JSON, or no search. */
export function readSearch(text: string): SearchState {
  const state: unknown = JSON.parse(text, decoded);
  if (!isSearch(state))
    throw new SyntaxError(`readSearch: ${quoteValue(text)} is no search; give what writeSearch wrote`);
  return state;
}

function encoded(_: string, value: unknown): unknown {
  if (value instanceof Float64Array) return { float64: base64(value) };
  if (value instanceof Int32Array) return { int32: base64(value) };
  return typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0))
    ? { number: Object.is(value, -0) ? "-0" : String(value) }
    : value;
}

function decoded(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("float64" in value && typeof value.float64 === "string") return new Float64Array(bytesOf(value.float64));
  if ("int32" in value && typeof value.int32 === "string") return new Int32Array(bytesOf(value.int32));
  return "number" in value && typeof value.number === "string" ? Number(value.number) : value;
}

/** Characters that are made of bytes at a time: a call takes only so many arguments. */
const PIECE = 4096;

function base64(numbers: Float64Array | Int32Array): string {
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  let characters = "";
  for (let at = 0; at < bytes.length; at += PIECE) characters += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(characters);
}

const bytesOf = (text: string): ArrayBuffer =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0)).buffer;

const isSearch = (state: unknown): state is SearchState => {
  if (typeof state !== "object" || state === null || !("here" in state && "steps" in state && "counts" in state))
    return false;
  const { here } = state;
  return (
    typeof here === "object" && here !== null && "x" in here && here.x instanceof Float64Array && "solver" in state
  );
};
