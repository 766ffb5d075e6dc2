import type { DType, Vector } from "../../expr/index.ts";
import { type Arena, bytesPerNumber } from "../memory.ts";
import { compileModule, instantiate } from "../webassembly.ts";
import { type Code, f32, f32x4, f64x2, get, i32, i32x4, i64x2, repeatWhile, set, v128 } from "./instructions.ts";
import { assemble, type Func, Locals } from "./wasm.ts";

/**
 * Fills a dropout mask that lies in the arena: element i is 0 where `bits32(key, counter + i)` is below rate·2³², else
 * 1/(1 − rate). The same key and counter always give the same mask.
 * Throws a RangeError for a rate outside [0, 1], and for a mask in another memory.
 */
export type FillMask = (mask: Vector, rate: number, key: number, counter?: number) => void;

/** Compiles the loops that fill masks in an arena, four elements at a time. */
export function maskFiller(arena: Arena): FillMask {
  const module = compileModule(assemble([], [filler("f32"), filler("f64")]));
  const { f32, f64 } = instantiate(module, { memory: { memory: arena.memory } }).exports;
  return (mask, rate, key, counter = 0) => {
    if (!(rate >= 0 && rate <= 1)) throw new RangeError(`dropout: the rate must lie in [0, 1], not ${rate}`);
    const address = arena.address(mask);
    const fill = mask instanceof Float32Array ? f32 : f64;
    // Every 32-bit number is below 2³², which is not itself a 32-bit number.
    if (rate === 1) mask.fill(0);
    else fill(address, mask.length, key, counter, Math.floor(rate * 2 ** 32), 1 / (1 - rate));
  };
}

const parameters = ["i32", "i32", "i32", "i32", "i32", "f64"] as const;
const [ADDRESS, LENGTH, KEY, COUNTER, BELOW, KEPT] = [0, 1, 2, 3, 4, 5] as const;

function filler(dtype: DType): Func {
  const locals = new Locals(...parameters);
  const [counters, keys, below, kept, hash] = Array.from({ length: 5 }, () => locals.add("v128"));
  const begin = [
    [get(COUNTER), i32x4.splat, i32x4.const(0, 1, 2, 3), i32x4.add, set(counters)],
    [get(KEY), i32x4.splat, set(keys)],
    [get(BELOW), i32x4.splat, set(below)],
    [get(KEPT), dtype === "f32" ? [f32.fromFloat64, f32x4.splat] : f64x2.splat, set(kept)],
  ];
  const bits = [get(counters), every(GOLDEN), i32x4.add, mix(hash), get(keys), i32x4.add, mix(hash)];
  const dropped = [bits, get(below), i32x4.lessUnsigned, set(hash)];
  const turns = (count: number, store: Code): Code =>
    repeatWhile(
      [get(LENGTH), i32.const(count), i32.greaterEqual],
      [
        [dropped, store],
        [get(ADDRESS), i32.const(count * bytesPerNumber[dtype]), i32.add, set(ADDRESS)],
        [get(LENGTH), i32.const(count), i32.sub, set(LENGTH)],
        [get(counters), every(count), i32x4.add, set(counters)],
      ],
    );
  const { four, one } = stores(kept, hash)[dtype];
  return { name: dtype, locals, body: [begin, turns(4, four), turns(1, one)] };
}

/** Stores `kept` in the lanes that are kept and 0 in those that are dropped: four elements of the mask, or one. */
function stores(kept: number, dropped: number) {
  const value = (widened: Code): Code => [get(ADDRESS), get(kept), get(dropped), widened, v128.andNot];
  return {
    f32: { four: [value([]), v128.store(0)], one: [value([]), v128.store32(0)] },
    f64: {
      four: [value(i64x2.lowerHalf), v128.store(0), value(i64x2.upperHalf), v128.store(16)],
      one: [value(i64x2.lowerHalf), v128.store64(0)],
    },
  } as const;
}

const every = (value: number): Code => i32x4.const(value, value, value, value);

// bits32 of src/random, in four lanes: mix32(key + mix32(counter + GOLDEN)).
const GOLDEN = 0x9e3779b9;

/** mix32 of the value on the stack. */
const mix = (hash: number): Code => {
  const xorShift = (bits: number): Code => [
    set(hash),
    [get(hash), get(hash), i32.const(bits), i32x4.shiftRightUnsigned, v128.xor],
  ];
  const multiply = (factor: number): Code => [every(factor), i32x4.mul];
  return [xorShift(16), multiply(0x7feb352d), xorShift(15), multiply(0x846ca68b), xorShift(16)];
};
