import type { Dtype, TensorData } from "./dtype.ts";

/** What is said of a tensor without its numbers. */
export interface TensorType {
  readonly dtype: Dtype;
  /** Numbers along each axis, the last one running fastest; `[]` is a single number. */
  readonly shape: readonly number[];
}

/** A tensor in a file. */
export interface Tensor extends TensorType {
  readonly name: string;
  /** As many numbers as the shape has, in the array that the type asks for: F32 in a Float32Array, and so on. */
  readonly data: TensorData;
}

/** As NumPy has it; more axes than any net's parameter. */
export const MOST_AXES = 64;

/** How many numbers a shape has; undefined where axes other than those of 0 have more than can be counted exactly. */
export function countOf(shape: readonly number[]): number | undefined {
  let [count, isEmpty] = [1, false];
  for (const length of shape) {
    if (length === 0) isEmpty = true;
    else count *= length;
    if (count > Number.MAX_SAFE_INTEGER) return undefined;
  }
  return isEmpty ? 0 : count;
}
