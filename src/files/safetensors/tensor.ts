import type { Dtype, TensorData } from "./dtype.ts";

/** A tensor's type and shape. */
export interface TensorType {
  readonly dtype: Dtype;
  /** The length of each axis, row-major; `[]` is a scalar. */
  readonly shape: readonly number[];
}

/** A tensor in a file. */
export interface Tensor extends TensorType {
  readonly name: string;
  /** As many elements as the shape has, in the type's array: F32 in a Float32Array, and so on. */
  readonly data: TensorData;
}

/** NumPy's limit, which is more than any net's parameter has. */
export const MOST_AXES = 64;

/** The number of elements of a shape; undefined if the product of its axes, except those of 0, is not exact. */
export function countOf(shape: readonly number[]): number | undefined {
  let [count, isEmpty] = [1, false];
  for (const length of shape) {
    if (length === 0) isEmpty = true;
    else count *= length;
    if (count > Number.MAX_SAFE_INTEGER) return undefined;
  }
  return isEmpty ? 0 : count;
}
