import type { DType, LaneComparison, LaneInstruction } from "../../expr/index.ts";
import { type Code, f32, f32x4, f64, f64x2, select, v128 } from "./instructions.ts";
import type { ValueType } from "./wasm.ts";

/** WebAssembly's arithmetic on one number, or on several lanes. Operands are on the stack, in order. */
export interface Arithmetic extends Readonly<Record<LaneInstruction | LaneComparison, Code>> {
  /** The number of lanes. */
  readonly lanes: number;
  /** Bytes per element. */
  readonly size: number;
  readonly type: ValueType;
  /** The result type of comparisons. */
  readonly truth: ValueType;
  /** Converts a boolean to 1 or 0. */
  readonly fromTruth: Code;
  /** From two numbers and a boolean: the first if it is true, else the second. */
  readonly choose: Code;
  readonly const: (value: number) => Code;
  readonly load: (offset: number) => Code;
  readonly store: (offset: number) => Code;
  /** A float64 number in every lane, rounded once. */
  readonly splat: Code;
  /** A lane as a float64 number. */
  readonly extract: (lane: number) => Code;
  /** A float64 number into a lane. */
  readonly replace: (lane: number) => Code;
  /** The same numbers in float64x2 vectors. */
  readonly widen: (x: Code) => readonly Code[];
}

export const float64: Arithmetic = {
  ...f64,
  lanes: 1,
  size: 8,
  type: "f64",
  truth: "i32",
  fromTruth: f64.fromInteger,
  choose: select,
  splat: [],
  extract: () => [],
  replace: () => [],
  widen: (x) => [[x, f64x2.splat]],
};

export const float64x2: Arithmetic = {
  ...f64x2,
  lanes: 2,
  size: 8,
  type: "v128",
  truth: "v128",
  fromTruth: [f64x2.const(1), v128.and],
  choose: v128.bitselect,
  load: v128.load,
  store: v128.store,
  widen: (x) => [x],
};

// Moves lanes 2 and 3 to lanes 0 and 1.
const upperHalf = v128.shuffle([8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15]);

const float32x4: Arithmetic = {
  ...f32x4,
  lanes: 4,
  size: 4,
  type: "v128",
  truth: "v128",
  fromTruth: [f32x4.const(1), v128.and],
  choose: v128.bitselect,
  load: v128.load,
  store: v128.store,
  splat: [f32.fromFloat64, f32x4.splat],
  extract: (lane) => [f32x4.extract(lane), f64.fromFloat32],
  replace: (lane) => [f32.fromFloat64, f32x4.replace(lane)],
  widen: (x) => [
    [x, f64x2.fromFloat32],
    [x, x, upperHalf, f64x2.fromFloat32],
  ],
};

/** For most of a vector. */
export const wholeLanes: Readonly<Record<DType, Arithmetic>> = { f64: float64x2, f32: float32x4 };

/** One element at a time, in lane 0: for the rest of a vector whose length is not a multiple of the lanes. */
export const singleLane: Readonly<Record<DType, Arithmetic>> = {
  f64: { ...float64x2, lanes: 1, load: v128.load64, store: v128.store64 },
  f32: { ...float32x4, lanes: 1, load: v128.load32, store: v128.store32 },
};
