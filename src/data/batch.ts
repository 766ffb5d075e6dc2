import type { Examples, Vector } from "./dataset.ts";

/** Rows shorter than this are copied faster by a loop than by `set`. */
const SHORT_ROW = 32;

/**
 * Copies the examples with the given indices, one after another, to the front of `inputs` (indices × input size) and
 * `targets` (indices × target size). The vectors may be views of a WebAssembly memory, and longer than needed.
 *
 * @throws RangeError when a vector is too short or an index is not an example's
 */
export function gatherBatch(examples: Examples, indices: Uint32Array, inputs: Vector, targets: Vector): void {
  for (let row = 0; row < indices.length; row++)
    if (indices[row] >= examples.count)
      throw new RangeError(`there is no example ${indices[row]} among ${examples.count}`);
  gatherRows(examples.inputs, examples.count, indices, inputs, "inputs");
  gatherRows(examples.targets, examples.count, indices, targets, "targets");
}

function gatherRows(from: Vector, count: number, indices: Uint32Array, to: Vector, what: string): void {
  const size = from.length / count;
  const needed = indices.length * size;
  if (to.length < needed) {
    throw new RangeError(`${what} has room for ${to.length} values, but ${indices.length} examples need ${needed}`);
  }
  if (size >= SHORT_ROW) {
    for (let row = 0; row < indices.length; row++) {
      const start = indices[row] * size;
      to.set(from.subarray(start, start + size), row * size);
    }
    return;
  }
  for (let row = 0, out = 0; row < indices.length; row++) {
    const start = indices[row] * size;
    for (let i = 0; i < size; i++) to[out++] = from[start + i];
  }
}
