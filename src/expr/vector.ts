import type { DType } from "./node.ts";

/** Parameters, gradients and optimizer state: flat vectors of one float type. */
export type Vector = Float32Array | Float64Array;

/** Whether a value is a Float32Array or a Float64Array. */
export const isVector = (value: unknown): value is Vector =>
  value instanceof Float64Array || value instanceof Float32Array;

/** The type of a vector's elements. */
export const dtypeOf = (vector: Vector): DType => (vector instanceof Float32Array ? "f32" : "f64");

/** A vector of zeros of the same type, and by default of the same length. */
export const zerosLike = (vector: Vector, length = vector.length): Vector =>
  vector instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
