import type { TiedKernel } from "../kernel.ts";
import type { Arena } from "../memory.ts";
import { compileModule, instantiate, type WasmCall, type WasmFunction } from "../webassembly.ts";
import { type Code, call, f64, get, i32, leave, repeatWhile, set, when } from "./instructions.ts";
import { assemble, type Func, Locals, type Signature } from "./wasm.ts";

/** A part of a round: kernels, one after the other, and numbers that must then be finite. */
export interface Part {
  readonly kernels: readonly TiedKernel[];
  readonly finite: Float64Array;
}

/** One round of a loop. All numbers lie in its arena, and all kernels are bound there. */
export interface Round {
  /** Cells to which the round's number is written at its beginning. */
  readonly counters: readonly Float64Array[];
  readonly parts: readonly Part[];
  /** The record of complete rounds: `from` becomes a row of `rows`; each call of the loop begins at the first row. */
  readonly record: readonly { readonly from: Float64Array; readonly rows: Float64Array }[];
}

/** Where a loop ended: its last complete round, and the part of the next one that produced a number that is not finite. */
export interface Ending {
  readonly round: number;
  readonly part: number | undefined;
}

/** The loop's parameters: the last round before it, and its own last round. */
const [ROUND, LAST] = [0, 1];
const next: Code = [get(ROUND), f64.const(1), f64.add];
const ALL_DONE = -1;

/**
 * A WebAssembly loop over bound kernels, for kernels over a few numbers: a call between modules costs next to nothing, a
 * call from JavaScript more than such a kernel. Its arguments are the rounds taken before, and the total to take by its end.
 */
export function loopOver(arena: Arena, round: Round): (taken: number, last: number) => Ending {
  const end = arena.vector("f64", 2);
  const calls = round.parts.flatMap(({ kernels }) => kernels.map((kernel) => kernel.call));
  const signatures = new Map(calls.map((each): [WasmFunction, Signature] => [each.function, signatureOf(each)]));
  const functions = [...signatures.keys()];
  const module = compileModule(assemble([...signatures.values()], [loopFunction(round, end, functions)]));
  const { loop } = instantiate(module, {
    memory: { memory: arena.memory },
    functions: Object.fromEntries(functions.map((f, i) => [`${i}`, f])),
  }).exports;
  return (taken, last) => {
    loop(taken, last);
    return { round: end[0], part: end[1] === ALL_DONE ? undefined : end[1] };
  };
}

const signatureOf = ({ values }: WasmCall): Signature => ({ params: values.map(() => "i32"), results: [] });

function loopFunction({ counters, parts, record }: Round, end: Float64Array, functions: readonly WasmFunction[]): Func {
  const locals = new Locals("f64", "f64");
  const ending = (part: number): Code => [store(end, 0, get(ROUND)), store(end, 1, f64.const(part))];
  const kept = record.map(({ from, rows }) => ({ from, rows, row: locals.add("i32") }));
  const count = counters.map((counter) => store(counter, 0, next));
  const work = parts.map(({ kernels, finite }, part) => [
    kernels.map(({ call: { values, function: f } }) => [values.map(i32.const), call(functions.indexOf(f))]),
    [isAnyNotFinite(finite), when([ending(part), leave])],
  ]);
  const keep = kept.map(({ from, row }) => [
    Array.from(from, (_, i) => [get(row), load(from, i), f64.store(8 * i)]),
    [get(row), i32.const(from.byteLength), i32.add, set(row)],
  ]);
  const begin = kept.map(({ rows, row }) => [i32.const(rows.byteOffset), set(row)]);
  const turns = repeatWhile([get(ROUND), get(LAST), f64.lt], [count, work, keep, next, set(ROUND)]);
  return { name: "loop", locals, body: [begin, turns, ending(ALL_DONE)] };
}

const load = (numbers: Float64Array, i: number): Code => [i32.const(numbers.byteOffset + 8 * i), f64.load(0)];

const store = (numbers: Float64Array, i: number, value: Code): Code => [
  i32.const(numbers.byteOffset + 8 * i),
  value,
  f64.store(0),
];

/** x − x is 0 if x is finite, and NaN otherwise; the sum of these shows whether any is NaN. */
const isAnyNotFinite = (numbers: Float64Array): Code => [
  f64.const(0),
  Array.from(numbers, (_, i) => [load(numbers, i), load(numbers, i), f64.sub, f64.add]),
  [f64.const(0), f64.ne],
];
