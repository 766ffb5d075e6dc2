import type { Examples, Vector } from "./dataset.ts";

/** The same examples in memory that threads share: one copy for any number of them. */
export const sharedExamples = ({ count, inputs, targets, weights }: Examples): Examples => ({
  count,
  inputs: sharedVector(inputs),
  targets: sharedVector(targets),
  ...(weights && { weights: sharedVector(weights) }),
});

/** A copy in memory that threads share. */
export function sharedVector(vector: Float32Array): Float32Array;
export function sharedVector(vector: Float64Array): Float64Array;
export function sharedVector(vector: Vector): Vector;
export function sharedVector(vector: Vector): Vector {
  const memory = new SharedArrayBuffer(vector.byteLength);
  const copy = vector instanceof Float32Array ? new Float32Array(memory) : new Float64Array(memory);
  copy.set(vector);
  return copy;
}
