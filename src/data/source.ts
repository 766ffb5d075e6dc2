import { gatherBatch } from "./batch.ts";
import type { Examples, Vector } from "./dataset.ts";

/** Supplies examples a batch at a time: from memory, from larger files, from elsewhere. */
export interface Source {
  /** The number of examples. */
  readonly count: number;
  /** The number of input values of one example. */
  readonly inputSize: number;
  /** The number of values in one example's target: 1 for a class label. */
  readonly targetSize: number;
  /**
   * Copies the examples with the given indices (from 0), one after another, to the front of `inputs` (indices × input
   * size) and `targets` (indices × target size), which may be longer than needed: at once, or before the promise resolves. The
   * same index always gives the same example.
   */
  gather(indices: Uint32Array, inputs: Vector, targets: Vector): void | Promise<void>;
}

/** Examples in memory as a source; a source stays itself. */
export function sourceOf(examples: Examples | Source): Source {
  if ("gather" in examples) return examples;
  const { count, inputs, targets } = examples;
  return {
    count,
    inputSize: inputs.length / count,
    targetSize: targets.length / count,
    gather: (indices, toInputs, toTargets) => gatherBatch(examples, indices, toInputs, toTargets),
  };
}

/** The indices of `count` examples in order, `size` at a time; the last batch may be smaller. */
export function* inOrderOf(count: number, size: number): Generator<Uint32Array> {
  for (let start = 0; start < count; start += size) {
    const indices = new Uint32Array(Math.min(size, count - start));
    for (let i = 0; i < indices.length; i++) indices[i] = start + i;
    yield indices;
  }
}
