import type { Examples, Vector } from "./dataset.ts";

/** Fewer values than these are copied faster by a loop than by `set`. */
const SHORT = 32;

/**
 * Copies the examples with the given indices, one after another, to the front of `inputs` (indices × input size) and
 * `targets` (indices × target size). The vectors may be views of a WebAssembly memory, and longer than needed.
 *
 * @throws RangeError when a vector is too short or an index is not an example's
 */
export function gatherBatch(examples: Examples, indices: Uint32Array, inputs: Vector, targets: Vector): void {
  const { count } = examples;
  const sizes = { count, inputSize: examples.inputs.length / count, targetSize: examples.targets.length / count };
  checkBatch(sizes, indices, inputs, targets);
  gatherRows(examples.inputs, sizes.inputSize, indices, inputs);
  gatherRows(examples.targets, sizes.targetSize, indices, targets);
}

/** How many examples there are, and how many values each has. */
interface Sizes {
  readonly count: number;
  readonly inputSize: number;
  readonly targetSize: number;
}

/** @throws RangeError when a vector is too short or an index is not an example's */
export function checkBatch(
  { count, inputSize, targetSize }: Sizes,
  indices: Uint32Array,
  inputs: Vector,
  targets: Vector,
): void {
  for (let row = 0; row < indices.length; row++)
    if (indices[row] >= count) throw new RangeError(`there is no example ${indices[row]} among ${count}`);
  checkRoom("inputs", inputs, indices.length, inputSize);
  checkRoom("targets", targets, indices.length, targetSize);
}

function checkRoom(what: string, { length }: Vector, rows: number, size: number): void {
  if (length < rows * size)
    throw new RangeError(`${what} has room for ${length} values, but ${rows} examples need ${rows * size}`);
}

/** Examples that follow each other, as in the evaluation of a whole set and in full batches, are copied at once. */
function gatherRows(from: Vector, size: number, indices: Uint32Array, to: Vector): void {
  for (let row = 0, out = 0; row < indices.length; ) {
    const first = row;
    const begin = indices[first];
    do row++;
    while (row < indices.length && indices[row] === begin + (row - first));
    const start = begin * size;
    const length = (row - first) * size;
    if (length >= SHORT) {
      to.set(from.subarray(start, start + length), out);
      out += length;
    } else for (let i = 0; i < length; i++) to[out++] = from[start + i];
  }
}
