import { quoteValue } from "../../expr/quote.ts";
import type { SearchState } from "./state.ts";

/** A search as text, from which `readSearch` makes the same to the bit, here or elsewhere. Numbers that JSON lacks are words. */
export const writeSearch = (state: SearchState): string => JSON.stringify(state, encoded);

/** The search that `writeSearch` wrote. Throws a SyntaxError where the text is not JSON, or no search. */
export function readSearch(text: string): SearchState {
  const state: unknown = JSON.parse(text, decoded);
  if (!isSearch(state))
    throw new SyntaxError(`readSearch: ${quoteValue(text)} is no search; give what writeSearch wrote`);
  return state;
}

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

/** JSON writes 0 for −0, and null for infinities and NaN; all other numbers come back as they were. */
const isInJson = (x: number): boolean => Number.isFinite(x) && !Object.is(x, -0);
const wordOf = (x: number): string => (Object.is(x, -0) ? "-0" : String(x));

function isSearch(state: unknown): state is SearchState {
  if (typeof state !== "object" || state === null) return false;
  if (!("solver" in state && "here" in state && "steps" in state && "counts" in state)) return false;
  const { here } = state;
  return typeof here === "object" && here !== null && "x" in here && here.x instanceof Float64Array;
}
