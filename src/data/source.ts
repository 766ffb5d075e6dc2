import { gatherBatch } from "./batch.ts";
import type { Examples, Vector } from "./dataset.ts";

/** Where examples come from, a batch at a time: from memory, from files that are larger, from elsewhere. */
export interface Source {
  readonly count: number;
  /** Numbers in one example's inputs. */
  readonly inputSize: number;
  /** Numbers in one example's target: 1 for a class index. */
  readonly targetSize: number;
  /**
   * Copies the examples with the given indices (from 0), one after another, to the front of `inputs` (indices × input
   * size) and `targets` (indices × target size), which may be longer than needed; at once, or by the time that the
   * promise is kept. The same index gives the same example.
   */
  gather(indices: Uint32Array, inputs: Vector, targets: Vector): void | Promise<void>;
}

/** Examples in memory as a source; a source is one. */
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

/** The indices of all of `count` examples in order, `size` at a time; the last may be fewer. */
export function* inOrderOf(count: number, size: number): Generator<Uint32Array> {
  for (let start = 0; start < count; start += size) {
    const indices = new Uint32Array(Math.min(size, count - start));
    for (let i = 0; i < indices.length; i++) indices[i] = start + i;
    yield indices;
  }
}
